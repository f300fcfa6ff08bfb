package import Groundwork

/// Fills what objects enclose.
package struct FillHoles: Postprocessing {
  package static let name = "fill_holes"
  package static let about = "Fills holes of class 0 that pixels of one class enclose."
  package static let definition =
    "A hole is a set of 4-connected pixels of class 0 that does not reach the border of the image and has "
    + "pixels of a single class beside it."
  package static let fields = [area.declaration]
  package static let example = "evaluation: {postprocessing: [fill_holes]}"

  static let area = Field.integer(
    "area", default: 1_000_000_000, 1...1_000_000_000, unit: "pixels",
    "Larger holes stay.")

  let area: Int

  package init(_ values: FieldValues) throws(ComponentError) { area = values[Self.area] }

  package func apply(to predictions: inout ImageLabels) {
    for start in predictions.planes { fill(&predictions, planeAt: start) }
  }

  private func fill(_ predictions: inout ImageLabels, planeAt start: Int) {
    let size = predictions.size
    var isSeen = [Bool](repeating: false, count: size.area)
    for first in 0..<size.area where !isSeen[first] && predictions.labels[start + first] == 0 {
      isSeen[first] = true
      var hole = [first]
      var beside: Set<Label> = []
      var reachesBorder = false
      var next = 0
      while next < hole.count {
        let pixel = hole[next]
        next += 1
        let neighbours = ImageLabels.neighbours(of: pixel, size)
        if neighbours.count < 4 { reachesBorder = true }
        for neighbour in neighbours {
          let label = predictions.labels[start + neighbour]
          if label != 0 { beside.insert(label) }
          guard label == 0, !isSeen[neighbour] else { continue }
          isSeen[neighbour] = true
          hole.append(neighbour)
        }
      }
      guard !reachesBorder, hole.count <= area, beside.count == 1, let label = beside.first else {
        continue
      }
      for pixel in hole { predictions.labels[start + pixel] = label }
    }
  }
}
