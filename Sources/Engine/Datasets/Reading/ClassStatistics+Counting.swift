package import Groundwork

extension ClassStatistics {
  package init(classes: Int) {
    let zeros = [UInt64](repeating: 0, count: classes)
    self.init(pixels: zeros, pixelsOfImagesWithClass: zeros)
  }

  /// - Parameter names: of the classes, in the order of their ids.
  package init(classes names: [String]) {
    self.init(classes: names.count)
    self.names = names
  }

  /// - Parameter labels: of one image; ignored pixels do not count, and one of several classes counts
  ///   for each of them.
  package mutating func add(_ labels: [UInt8], _ labelling: Labelling = .exclusive) {
    let values = histogram(of: labels)[..<labelling.values(classes: pixels.count)]
    let labelled = values.reduce(0, +)
    for id in pixels.indices {
      let count: UInt64 =
        switch labelling {
        case .exclusive: values[id]
        case .multiple:
          values.indices.reduce(0) { $1 >> id & 1 == 1 ? $0 + values[$1] : $0 }
        }
      guard count > 0 else { continue }
      pixels[id] += count
      pixelsOfImagesWithClass[id] += labelled
    }
  }

  package mutating func add(_ other: ClassStatistics) {
    for id in pixels.indices {
      pixels[id] += other.pixels[id]
      pixelsOfImagesWithClass[id] += other.pixelsOfImagesWithClass[id]
    }
  }
}
