import CKernels
@testable import Datasets
import Foundation
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Border weights")
struct BorderWeightedTests {
  func weights(_ map: LabelMap, sigma: Float, reach: Int32, everywhere: Bool) -> [Float] {
    var weights = [Float](repeating: 0.5, count: map.labels.count)
    var scratch = [Int32](repeating: 0, count: 5 * map.labels.count)
    ck_border_weights(
      map.labels, 1, Int32(map.height), Int32(map.width), 10, sigma, reach, everywhere ? 1 : 0,
      &weights, &scratch, 1)
    return weights
  }

  @Test(
    "follow the distances to the two nearest objects", arguments: LabelMap.samples.indices,
    [false, true])
  func twoNearest(sample: Int, everywhere: Bool) {
    let map = LabelMap.samples[sample]
    let objects = map.objects
    let (sigma, reach) = (3.0, 13)
    let weights = weights(map, sigma: Float(sigma), reach: Int32(reach), everywhere: everywhere)
    for (pixel, label) in map.labels.enumerated() {
      var expected = 0.5
      let squares = objects.compactMap { map.squaredDistance(from: pixel, where: $0.contains) }
        .sorted()
      let counts = label == 0 || (everywhere && label != Labels.ignoreIndex)
      if counts, squares.count >= 2, squares[1] <= reach * reach {
        let distance = Double(squares[0]).squareRoot() + Double(squares[1]).squareRoot()
        expected += 10 * exp(-distance * distance / (2 * sigma * sigma))
      }
      #expect(isClose(weights[pixel], expected), "pixel \(pixel)")
    }
  }

  @Test("without a second object only the classes' weights count")
  func oneObject() throws {
    var bench = LossBench(Shape(1, 2, 6, 8))
    bench.labels = (0..<48).map { $0 % 8 < 3 ? 1 : 0 }
    for weights in [FieldValue.name("none"), .numbers([0.5, 2])] {
      let fields = ["class_weights": weights]
      let bordered = try #require(
        Registry.losses.makeDefault("border_weighted", fields) as? any Loss)
      let plain = try #require(Registry.losses.makeDefault("cross_entropy", fields) as? any Loss)
      #expect(try bench.evaluate(bordered) == bench.evaluate(plain))
    }
  }
}
