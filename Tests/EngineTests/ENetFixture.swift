@testable import Datasets
import Foundation

extension Fixture {
  /// The parameters of the `enet` fixture, computed as its manifest says, in the order of its
  /// gradients.
  func enetParameters() -> [(name: String, tensor: Tensor)] {
    manifest.sampledGradients.enumerated().map { index, entry in
      let amplitude = Self.amplitude(entry.name, entry.shape)
      let centre = Self.centre(entry.name)
      let values = (0..<entry.shape.reduce(1, *)).map {
        Float(centre + amplitude * sin(Double($0 * $0 + index)))
      }
      return (entry.name, Tensor(shape: entry.shape, values: values))
    }
  }

  private static func centre(_ name: String) -> Double {
    if name.hasSuffix(".scale") { return 1 }
    return name.hasSuffix(".slope") ? 0.25 : 0
  }

  private static func amplitude(_ name: String, _ shape: [Int]) -> Double {
    if name.hasSuffix(".scale") { return 0.25 }
    guard name.hasSuffix(".weight") else { return 0.1 }
    let transposed = ["fullconv.weight", "bottleneck4_0.main.weight", "bottleneck5_0.main.weight"]
    let inputs = transposed.contains(name) ? shape[0] : shape[1]
    return 2 / Double(inputs * shape[2] * shape[3]).squareRoot()
  }
}
