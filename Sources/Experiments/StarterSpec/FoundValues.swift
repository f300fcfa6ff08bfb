internal import Datasets

/// What the masks of all sets hold, before anybody says what it means.
struct FoundValues {
  /// Ascending, with the pixels of each in the first set and in all.
  let values: [(value: Int, trained: UInt64, pixels: UInt64)]
  /// How many different ones there are, also where not all are kept.
  let count: Int
  let isOfColours: Bool
  /// Masks whose edges are smooth, as antialiasing and JPEG leave them.
  let smooth: Int
  /// Masks that hold the same as their images.
  let copies: Int
  let masks: Int
  /// True where each mask numbers its objects: 1, 2, 3, … each one object.
  let areNumbers: Bool
  /// True where the values are those of two classes, which shades were told apart to be.
  let areShades: Bool
}

extension FoundValues {
  init(_ overview: DataOverview, areShades: Bool) {
    self.areShades = areShades
    values = overview.classes.enumerated().map { index, meaning in
      let totals = overview.sets.map { $0.labels[index].pixels }
      return (meaning.value, totals[0], totals.reduce(0, +))
    }
    count = overview.values
    let facts = overview.sets.flatMap { $0.overviews.compactMap { $0?.mask } }
    masks = facts.count
    isOfColours = facts.contains(where: \.isOfColours)
    smooth = facts.count { $0.census.edges != .sharp }
    copies = facts.count(where: \.isImage)
    areNumbers = !facts.contains(where: \.isOfColours) && Self.areNumbers(facts)
  }

  /// Classes have several objects in an image, and not every image has the first few of them.
  private static func areNumbers(_ facts: [SampleOverview.MaskFacts]) -> Bool {
    var (images, most, objects, numbers) = (0, 0, 0, 0)
    for fact in facts {
      let labels = fact.census.labels.filter { $0.value > 0 && $0.value != 255 }
      guard !labels.isEmpty else { continue }
      images += 1
      most = max(most, labels.count)
      objects += labels.reduce(0) { $0 + $1.objects }
      numbers += labels.count
    }
    return most > 12 && images > 0 && Double(objects) < 1.2 * Double(numbers)
  }
}
