import ArgumentParser
internal import DataLayouts

/// What a person may say of the import of a data set besides its layout and folder.
struct DataImportOptions: ParsableArguments {
  @Option(
    name: .customLong("attribute"),
    help: ArgumentHelp(
      "VIA: the attribute of regions that is their class, where they have several.",
      valueName: "name"))
  var attribute: String?

  @Option(
    help: ArgumentHelp(
      "Kaggle: how run lengths number the pixels, by columns or by rows; columns if not given.",
      valueName: "order"))
  var order: String?

  @Flag(
    help:
      "Tell objects apart: lists name masks of ids too, and the spec is of the task instances."
  )
  var instances = false

  @Flag(
    help:
      "COCO: read boxes in place of polygons and run lengths; masks are drawn of them, and lists name the boxes."
  )
  var boxes = false

  func validate() throws {
    if boxes, instances {
      throw ValidationError(
        "--boxes and --instances exclude each other: boxes tell no pixels of objects")
    }
    if let order, PixelOrder(rawValue: order) == nil {
      throw ValidationError("--order \(order): write columns or rows")
    }
  }

  /// - Throws: where an option means nothing to the layout.
  func layoutOptions(for layout: any DataLayout.Type) throws -> LayoutOptions {
    let given: [LayoutOption] =
      (attribute == nil ? [] : [.attribute]) + (order == nil ? [] : [.order])
      + (instances ? [.instances] : []) + (boxes ? [.boxes] : [])
    if let other = given.first(where: { !layout.options.contains($0) }) {
      throw ValidationError("\(other.rawValue) means nothing to \(layout.name): leave it out")
    }
    var options = LayoutOptions()
    options.attribute = attribute
    options.tellsObjects = instances
    options.takesBoxes = boxes
    options.order = order.flatMap(PixelOrder.init) ?? .columns
    return options
  }
}
