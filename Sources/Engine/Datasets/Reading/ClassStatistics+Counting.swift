package import Groundwork

extension ClassStatistics {
  package init(classes: Int) {
    let zeros = [UInt64](repeating: 0, count: classes)
    self.init(pixels: zeros, pixelsOfImagesWithClass: zeros)
  }

  /// - Parameter names: the names of the classes, in the order of their ids.
  package init(classes names: [String]) {
    self.init(classes: names.count)
    self.names = names
  }

  /// - Parameter tally: the labels of one image, counted.
  package mutating func add(_ tally: LabelTally) {
    for id in pixels.indices where tally.pixels[id] > 0 {
      pixels[id] += tally.pixels[id]
      pixelsOfImagesWithClass[id] += tally.labelled
    }
  }

  package mutating func add(_ other: ClassStatistics) {
    for id in pixels.indices {
      pixels[id] += other.pixels[id]
      pixelsOfImagesWithClass[id] += other.pixelsOfImagesWithClass[id]
    }
  }
}
