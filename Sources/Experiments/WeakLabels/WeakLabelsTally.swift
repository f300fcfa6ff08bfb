internal import Groundwork

/// How much weak labels say, and how far they are right, against the full masks that they were made of.
struct WeakLabelsTally {
  private(set) var images = 0
  private(set) var objects = 0
  private var pixels = 0
  private var labelled = 0
  /// `[K]`, over pixels that both label.
  private var intersections: [Int]
  private var unions: [Int]

  init(classes: Int) {
    intersections = Array(repeating: 0, count: classes)
    unions = intersections
  }

  mutating func add(_ drawn: WeakLabels.Drawn, of full: [Label]) {
    images += 1
    objects += drawn.objects
    pixels += full.count
    for (weak, truth) in zip(drawn.labels, full) where weak != Labels.ignoreIndex {
      labelled += 1
      guard truth != Labels.ignoreIndex else { continue }
      if weak == truth {
        intersections[Int(weak)] += 1
        unions[Int(weak)] += 1
      } else {
        unions[Int(weak)] += 1
        unions[Int(truth)] += 1
      }
    }
  }

  /// The share of pixels that have a label.
  var labelledShare: Double { Double(labelled) / Double(max(1, pixels)) }

  /// The mean over classes of intersection over union with the full masks, where there is one to compare with.
  var meanIoU: Double? {
    let values = zip(intersections, unions).filter { $1 > 0 }.map { Double($0) / Double($1) }
    return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}
