@testable import Datasets
@testable import Groundwork

/// A sample whose image tells where each pixel comes from: channel 0 is x, channel 1 is y, channel 2
/// is 0. Bilinear interpolation keeps both exact, so that every label can be checked.
func coordinateScene(size: Size = Size(height: 24, width: 30), mirrored: Bool = false) -> Sample {
  let places = (0..<size.area).map { place in
    let (y, x) = place.quotientAndRemainder(dividingBy: size.width)
    return mirrored ? (y: size.height - 1 - y, x: size.width - 1 - x) : (y: y, x: x)
  }
  return Sample(
    size: size, channels: 3,
    image: places.map { Float($0.x) } + places.map { Float($0.y) } + places.map { _ in 0 },
    labels: places.map { coordinateLabel(y: $0.y, x: $0.x) }, fill: [-1e6, -1e6, -1e6])
}

func coordinateLabel(y: Int, x: Int) -> Label { Label((y / 6 * 3 + x / 5) % 7) }

extension Sample {
  /// The sample itself; of a sample mixed from two scenes both, each as it is without the other.
  func parts(of first: Sample, and second: Sample) -> [Sample] {
    guard lambda < 1 else { return [self] }
    func without(_ other: Sample, lambda: Float, labels: [Label]) -> Sample {
      Sample(
        size: size, channels: channels,
        image: zip(image, other.image).map { ($0 - (1 - lambda) * $1) / lambda }, labels: labels,
        fill: fill)
    }
    return [
      without(second, lambda: lambda, labels: labels),
      without(first, lambda: 1 - lambda, labels: otherLabels),
    ]
  }

  /// Labels that are not those of where their pixels come from. Places between two pixels and at the
  /// very edge of what is filled may go either way.
  func misplacedLabels(of original: Size) -> Int {
    (0..<size.area).count { place in
      let (x, y) = (image[place], image[size.area + place])
      let label = labels[place]
      if label == Labels.ignoreIndex { return false }
      // Nearer to the image than half a pixel the label is known, and the fill shines through.
      guard x >= 0, y >= 0 else { return x == fill[0] }
      func candidates(_ value: Float, _ extent: Int) -> Set<Int> {
        Set([-0.02, 0.02].map { min(max(Int((value + 0.5 + $0).rounded(.down)), 0), extent - 1) })
      }
      return !candidates(y, original.height).contains { y in
        candidates(x, original.width).contains { coordinateLabel(y: y, x: $0) == label }
      }
    }
  }
}
