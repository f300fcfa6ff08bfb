import Foundation
import Sampling

/// A function whose minimum is known, with the space that it is searched in.
struct TestFunction {
  let name: String
  let space: Space
  let minimum: Double
  let value: @Sendable (Point) -> Double

  init(
    _ name: String, _ dimensions: [SearchDimension], minimum: Double,
    _ value: @escaping @Sendable (Point) -> Double
  ) throws {
    (self.name, self.minimum, self.value) = (name, minimum, value)
    space = try Space(dimensions)
  }

  static func all() throws -> [TestFunction] {
    [try branin(), try hartmann6(), try ackley10(), try segmentation()]
  }

  private static func numbers(_ point: Point) -> [Double] { point.values.map { $0 ?? .nan } }

  private static func branin() throws -> TestFunction {
    try TestFunction(
      "branin",
      [
        SearchDimension("x", .real(lower: -5, upper: 10)),
        SearchDimension("y", .real(lower: 0, upper: 15)),
      ], minimum: 0.39788735772973816
    ) { point in
      let (x, y) = (numbers(point)[0], numbers(point)[1])
      let valley = y - 5.1 * x * x / (4 * .pi * .pi) + 5 * x / .pi - 6
      return valley * valley + 10 * (1 - 1 / (8 * .pi)) * cos(x) + 10
    }
  }

  private static func hartmann6() throws -> TestFunction {
    let heights = [1.0, 1.2, 3.0, 3.2]
    let widths: [[Double]] = [
      [10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8],
      [17, 8, 0.05, 10, 0.1, 14],
    ]
    let centres: [[Double]] = [
      [1312, 1696, 5569, 124, 8283, 5886], [2329, 4135, 8307, 3736, 1004, 9991],
      [2348, 1451, 3522, 2883, 3047, 6650], [4047, 8828, 8732, 5743, 1091, 381],
    ]
    return try TestFunction(
      "hartmann6", (0..<6).map { SearchDimension("x\($0)", .real(lower: 0, upper: 1)) },
      minimum: -3.322368011415515
    ) { point in
      let x = numbers(point)
      var sum = 0.0
      for k in 0..<4 {
        var exponent = 0.0
        for j in 0..<6 {
          let distance = x[j] - centres[k][j] * 1e-4
          exponent += widths[k][j] * distance * distance
        }
        sum -= heights[k] * exp(-exponent)
      }
      return sum
    }
  }

  /// Shifted, so that neither the middle of the cube nor a symmetry helps.
  private static func ackley10() throws -> TestFunction {
    let shift = [2.1, -1.3, 0.7, -2.9, 1.7, -0.4, 3.1, -1.9, 0.2, 2.6]
    return try TestFunction(
      "ackley10",
      (0..<10).map { SearchDimension("x\($0)", .real(lower: -5, upper: 5)) }, minimum: 0
    ) { point in
      let z = zip(numbers(point), shift).map { $0 - $1 }
      let squares = z.reduce(0) { $0 + $1 * $1 } / 10
      let waves = z.reduce(0) { $0 + cos(2 * .pi * $1) } / 10
      return -20 * exp(-0.2 * squares.squareRoot()) - exp(waves) + 20 + exp(1)
    }
  }

  /// The shape of a search over a segmentation's settings: mixed, and some active only with others.
  private static func segmentation() throws -> TestFunction {
    let dimensions = [
      SearchDimension("opt", .choice(count: 2)),
      SearchDimension("lr", .logReal(lower: 1e-5, upper: 1)),
      SearchDimension("width", .lattice(lower: 16, step: 16, count: 16)),
      SearchDimension("depth", .lattice(lower: 2, step: 1, count: 5)),
      SearchDimension("dropout", .real(lower: 0, upper: 0.6)),
      SearchDimension("wd", .logReal(lower: 1e-6, upper: 1e-1)),
      SearchDimension("loss", .choice(count: 4)),
      SearchDimension(
        "momentum", .real(lower: 0.5, upper: 0.99), when: [.init(0, .among([0]))]),
      SearchDimension(
        "beta2", .real(lower: 0.9, upper: 0.9999), when: [.init(0, .among([1]))]),
      SearchDimension(
        "gamma", .lattice(lower: 0, step: 0.25, count: 21), when: [.init(6, .among([2]))]),
    ]
    return try TestFunction("segmix", dimensions, minimum: 0.2) { point in
      let v = numbers(point)
      let (rate, width, depth) = (log10(v[1]), log2(v[2] / 128), v[3] - 4)
      let isSGD = v[0] == 0
      var loss = 0.02 * width * width + 0.015 * depth * depth + 0.01 * depth * width
      if isSGD {
        let momentum = v[7]
        let effective = rate - log10(1 - momentum) - log10(0.2)
        loss += 0.06 * effective * effective + 0.5 * (momentum - 0.9) * (momentum - 0.9)
      } else {
        let effective = rate + 3 + 0.3 * width
        loss += 0.03 + 0.06 * effective * effective + 0.02 * abs(log10(1 - v[8]) + 2)
      }
      let decay = log10(v[5]) + 4
      loss += 0.6 * (v[4] - 0.2) * (v[4] - 0.2) + 0.01 * decay * decay
      switch v[6] {
      case 0: loss += 0.04
      case 1: loss += isSGD ? 0.06 : 0.03
      case 2: loss += 0.015 + 0.006 * (v[9] - 2) * (v[9] - 2)
      default: break
      }
      return 0.2 + 0.8 * (1 - exp(-loss))
    }
  }
}
