internal import Datasets
internal import Tracking

/// What the masks of a data set hold: pixels and images of each class, to train on and to validate.
struct LabelsTable {
  let classes: [String]
  let labels: DataInspection.LabelsFound

  /// A line for each class, and one for what is ignored where anything is.
  func text(style: Style) -> String {
    var table = TableLayout([
      ("class", .left), ("train pixels", .right), ("share", .right), ("images", .right),
      ("validation pixels", .right), ("share", .right), ("images", .right),
    ])
    let both = [labels.train, labels.validation]
    for (id, name) in classes.enumerated() {
      table.add(
        [name]
          + both.flatMap { list in
            [
              Units.count(Int(list.pixels[id])),
              Self.share(list.pixels[id], of: list.labelledPixels), Units.count(list.images[id]),
            ]
          })
    }
    if both.contains(where: { $0.ignoredPixels > 0 }) {
      table.add(
        ["ignored"]
          + both.flatMap { list in
            [
              Units.count(Int(list.ignoredPixels)),
              Self.share(list.ignoredPixels, of: list.allPixels),
              "",
            ]
          })
    }
    return table.text(style: style)
  }

  private static func share(_ part: UInt64, of all: UInt64) -> String {
    all == 0 ? "–" : "\(Units.decimals(100 * Double(part) / Double(all), 2)) %"
  }
}
