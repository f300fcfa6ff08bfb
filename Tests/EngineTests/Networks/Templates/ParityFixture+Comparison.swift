import COpenBLAS
@testable import Execution
import Testing

/// Comparisons of a step with the fixture's, each relative to the largest value of what is compared.
extension ParityFixture {
  func compare(_ values: [Float], withHead index: Int) {
    let head = heads[index], tolerance = Self.tolerance(float32)
    let largest = head.values.reduce(0) { max($0, abs($1)) }
    for (place, value) in zip(places(head.values.count, of: values.count), head.values) {
      expect(Double(values[place]), value, unit: largest, tolerance, "\(head.name)[\(place)]")
    }
    let (sum, magnitudes) = sums(values)
    expect(sum, head.sum, unit: head.absoluteSum, tolerance, "the sum of \(head.name)")
    expect(
      magnitudes, head.absoluteSum, unit: head.absoluteSum, tolerance, "magnitudes of \(head.name)")
  }

  func compareGradients(_ gradients: FlatTensors) throws {
    let largest = parameters.reduce(0) { max($0, $1.largest) }
    for parameter in parameters {
      // A bias before a norm has a gradient of nothing but rounding.
      compare(
        try gradients.tensor(parameter.name), withGradientOf: parameter,
        least: largest * (parameter.largest > 0 ? 1e-3 : 1e-2))
    }
  }

  private func compare(
    _ gradient: UnsafeMutableBufferPointer<Float>, withGradientOf parameter: Parameter,
    least: Double
  ) {
    let tolerance = Self.tolerance(parameter.float32)
    let what = "of the gradient of \(parameter.name)"
    let unit = max(parameter.largest, least), unitOfAll = max(parameter.norm, unit)
    for (place, value) in zip(places(parameter.values.count, of: gradient.count), parameter.values)
    {
      expect(Double(gradient[place]), value, unit: unit, tolerance, "value \(place) \(what)")
    }
    let count = Int32(gradient.count), values = gradient.baseAddress
    let largest = Double(abs(gradient[Int(cblas_isamax(count, values, 1))]))
    expect(largest, parameter.largest, unit: unit, tolerance, "largest \(what)")
    let norm = cblas_dsdot(count, values, 1, values, 1).squareRoot()
    expect(norm, parameter.norm, unit: unitOfAll, tolerance, "norm \(what)")
    let sum = cblas_dsdot(count, values, 1, [1], 0)
    let magnitudes = Double(cblas_sasum(count, values, 1))
    // A sum may add up errors of one sign.
    expect(sum, parameter.sum, unit: max(magnitudes, unitOfAll), 10 * tolerance, "sum \(what)")
  }

  func compareStatistics(_ statistics: FlatTensors) throws {
    let tolerance = Self.tolerance(float32)
    for norm in self.statistics {
      let mean = sums(Array(try statistics.tensor("\(norm.name).mean")))
      let unit = norm.meanMagnitudes
      expect(mean.sum, norm.meanSum, unit: unit, tolerance, "the sum of \(norm.name).mean")
      expect(mean.magnitudes, unit, unit: unit, tolerance, "magnitudes of \(norm.name).mean")
      let variance = sums(Array(try statistics.tensor("\(norm.name).variance")))
      expect(
        variance.sum, norm.varianceSum, unit: norm.varianceSum, tolerance,
        "the sum of \(norm.name).variance")
    }
  }

  /// The largest difference that is allowed; more where PyTorch's own float32 is far from its float64.
  private static func tolerance(_ float32: Double) -> Double { max(1e-4, 4 * float32) }

  private func expect(
    _ value: Double, _ reference: Double, unit: Double, _ tolerance: Double, _ what: String
  ) {
    let difference = abs(value - reference) / unit
    #expect(
      difference <= tolerance, "\(what): \(value) is not \(reference), off by \(difference)")
  }

  /// As many indices, evenly spread, of so many values.
  private func places(_ places: Int, of count: Int) -> [Int] {
    (0..<places).map { (2 * $0 + 1) * count / (2 * places) }
  }

  private func sums(_ values: [Float]) -> (sum: Double, magnitudes: Double) {
    values.reduce((0, 0)) { ($0.0 + Double($1), $0.1 + abs(Double($1))) }
  }
}
