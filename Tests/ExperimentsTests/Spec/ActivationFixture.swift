@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

/// What a framework makes of one image with published weights; `Fixtures/activations/make.py` writes
/// it.
struct ActivationFixture: Decodable {
  /// The folder with the files of weights; `nil` where nobody named one.
  static let weights = ProcessInfo.processInfo.environment["EXPERIMENTS_WEIGHTS"]

  /// The weights.
  let file: String
  let height, width: Int
  let depths: [Depth]

  /// A feature map.
  struct Depth: Decodable {
    /// C, H, W.
    let shape: [Int]
    /// Of the magnitudes.
    let largest: Double
    let absoluteSum: Double
    /// Flat indices, and the values there.
    let places: [Int]
    let values: [Double]
  }

  init(_ name: String) throws {
    let folder = try #require(Bundle.module.resourceURL)
    let url = folder.appending(path: "Fixtures/activations/\(name).json")
    self = try JSONDecoder().decode(ActivationFixture.self, from: Data(contentsOf: url))
  }

  /// The script's image, normalized: `[3, H, W]`.
  func image(_ normalizer: Normalizer) -> [Float] {
    (0..<3).flatMap { channel in
      (0..<height * width).map { place in
        let (y, x) = place.quotientAndRemainder(dividingBy: width)
        let byte = (x * x + y * y + channel * (17 * x + 29 * y)) / 8 % 256
        return Float(byte) * normalizer.scale[channel] + normalizer.offset[channel]
      }
    }
  }

  /// Compares a map of one image, relative to its largest value.
  func compare(_ values: UnsafePointer<Float>, _ layout: TensorLayout, withDepth index: Int) {
    let depth = depths[index], shape = layout.shape
    #expect([shape.channels, shape.height, shape.width] == depth.shape)
    let own = (0..<shape.channels * shape.area).map { flat in
      let (channel, place) = flat.quotientAndRemainder(dividingBy: shape.area)
      let block = channel / layout.block * shape.area
      return Double(values[(block + place) * layout.block + channel % layout.block])
    }
    let differences = zip(depth.places, depth.values).map { abs(own[$0] - $1) }
    let largest = own.reduce(0) { max($0, abs($1)) }
    let worst = max(differences.max() ?? .infinity, abs(largest - depth.largest))
    #expect(worst <= 1e-4 * depth.largest, "depth \(index): off by \(worst / depth.largest)")
    let sum = own.reduce(0) { $0 + abs($1) }
    #expect(abs(sum - depth.absoluteSum) <= 1e-4 * depth.absoluteSum, "depth \(index): \(sum)")
  }
}
