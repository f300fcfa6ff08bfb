internal import Execution
internal import Groundwork
internal import Measurements

/// What the parameters of a network look like after an evaluation's steps, one parameter tensor after the
/// other: how their values are distributed, and how large their gradients were in the last step.
struct WeightHistograms {
  /// Equal bins between the least and the greatest value of a tensor.
  static let bins = 64

  private let names: [String]

  /// - Parameter names: of the tensors, in their order.
  init(names: [String]) { self.names = names }

  /// - Parameters:
  ///   - parameters: as they are evaluated.
  ///   - gradients: of the last step, before they are clipped.
  func measurements(_ parameters: FlatTensors, gradients: FlatTensors) -> [Measurement] {
    var counts: [UInt64] = []
    var (lowest, highest, norms): ([Double], [Double], [Double]) = ([], [], [])
    for index in names.indices {
      let values = parameters[index]
      let (least, greatest) = Self.range(values)
      lowest.append(Double(least))
      highest.append(Double(greatest))
      counts += Self.histogram(values, least, greatest)
      norms.append(Self.norm(gradients[index]))
    }
    let tensors = SeriesAxis("parameter", labels: names)
    let bins = SeriesAxis("bin", labels: (1...Self.bins).map(String.init))
    return [
      Measurement(.weightHistogram([tensors, bins]), .counts(counts)),
      Measurement(.lowestWeight([tensors]), .numbers(lowest)),
      Measurement(.highestWeight([tensors]), .numbers(highest)),
      Measurement(.gradientNorm([tensors]), .numbers(norms)),
    ]
  }

  private static func range(_ values: UnsafeMutableBufferPointer<Float>) -> (Float, Float) {
    values.reduce((Float.infinity, -Float.infinity)) { (min($0.0, $1), max($0.1, $1)) }
  }

  /// Where all values are the same they are in the first bin.
  static func histogram(
    _ values: some Sequence<Float>, _ least: Float, _ greatest: Float
  ) -> [UInt64] {
    var counts = [UInt64](repeating: 0, count: bins)
    let width = (Double(greatest) - Double(least)) / Double(bins)
    for value in values where value.isFinite {
      let place = width > 0 ? Int((Double(value) - Double(least)) / width) : 0
      counts[min(max(place, 0), bins - 1)] += 1
    }
    return counts
  }

  /// The root of the sum of squares, added up in order.
  private static func norm(_ values: UnsafeMutableBufferPointer<Float>) -> Double {
    values.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
  }
}

extension SeriesDescription {
  fileprivate static func weightHistogram(_ axes: [SeriesAxis]) -> SeriesDescription {
    SeriesDescription(
      "weights.histogram", title: "weight histogram", format: .count,
      about:
        "How many values of a parameter lie in each of the equal bins between its least and its greatest "
        + "value.", axes: axes)
  }

  fileprivate static func lowestWeight(_ axes: [SeriesAxis]) -> SeriesDescription {
    SeriesDescription(
      "weights.lowest", title: "least weight", format: .significant(4),
      about: "The least value of a parameter.", axes: axes)
  }

  fileprivate static func highestWeight(_ axes: [SeriesAxis]) -> SeriesDescription {
    SeriesDescription(
      "weights.highest", title: "greatest weight", format: .significant(4),
      about: "The greatest value of a parameter.", axes: axes)
  }

  fileprivate static func gradientNorm(_ axes: [SeriesAxis]) -> SeriesDescription {
    SeriesDescription(
      "gradients.norm", title: "gradient norm", format: .significant(4),
      about: "The L2 norm of a parameter's gradient in the last step before the evaluation, before "
        + "clipping.", axes: axes)
  }
}
