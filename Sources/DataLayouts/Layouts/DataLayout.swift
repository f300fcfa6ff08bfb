/// How another tool or data set lays images and their truth out in a folder: a file of `Layouts` and a line
/// of ``DataLayouts``.
package protocol DataLayout: Sendable {
  /// As `experiments import` names it.
  static var name: String { get }
  /// What is read, in a few words.
  static var about: String { get }
  /// What lies where, and what becomes of it, as the help shows it.
  static var description: String { get }

  /// The options that mean something to it; every other is refused.
  static var options: Set<LayoutOption> { get }

  /// Why a folder looks like this layout; `nil` where it does not. Nothing but names and the beginnings of
  /// files are looked at.
  static func recognize(_ folder: SourceFolder) -> String?

  /// - Throws: ``DataError`` with everything that is missing or wrong.
  static func read(
    _ folder: SourceFolder, _ options: LayoutOptions
  ) throws(LayoutError) -> AnnotatedDataSet
}

extension DataLayout {
  package static var options: Set<LayoutOption> { [] }
}

/// What a person may say of a layout besides the folder, as it is typed.
package enum LayoutOption: String, Sendable {
  case attribute = "--attribute"
  case order = "--order"
  case instances = "--instances"
  case boxes = "--boxes"
}

package struct LayoutOptions: Sendable, Hashable {
  /// The attribute of regions that is their class.
  package var attribute: String?
  /// How run lengths number the pixels.
  package var order = PixelOrder.columns
  /// Asks for masks of ids of objects.
  package var tellsObjects = false
  /// Asks for boxes around objects in place of their pixels.
  package var takesBoxes = false

  package init() {}
}

/// The layouts, in the order of the help and in which a folder is compared with them.
package enum DataLayouts {
  package static let all: [any DataLayout.Type] = [
    VOCLayout.self, CityscapesLayout.self, CamVidLayout.self, ADE20KLayout.self, COCOLayout.self,
    LabelMeLayout.self, CVATLayout.self, VIALayout.self, SuperviselyLayout.self,
    KaggleLayout.self, ObjectMasksLayout.self, DecathlonLayout.self, NNUNetLayout.self,
  ]

  package static func named(_ name: String) -> (any DataLayout.Type)? {
    all.first { $0.name == name }
  }

  /// The layouts that a folder looks like, with the reasons.
  package static func recognized(
    _ folder: SourceFolder
  ) -> [(layout: any DataLayout.Type, reason: String)] {
    all.compactMap { layout in layout.recognize(folder).map { (layout, $0) } }
  }
}
