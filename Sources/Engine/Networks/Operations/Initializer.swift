internal import CKernels
internal import Groundwork

/// How a parameter begins.
package enum Initializer: Sendable, Hashable {
  case constant(Float)
  /// As many equal parts of the values, each of one number.
  case parts([Float])
  case normal(deviation: Float)
  /// Between −limit and limit.
  case uniform(limit: Float)
  /// A matrix of that many rows, the rest of the values being its columns, whose rows or columns,
  /// whichever are fewer, are orthogonal and of length `gain` (Saxe, McClelland & Ganguli 2014).
  case orthogonal(rows: Int, gain: Float)
  /// Kernels `[inputs, outputs, …extents]` that interpolate linearly from each input to the output of
  /// the same number, and are zero elsewhere (Long, Shelhamer & Darrell 2015).
  case linear(outputs: Int, extents: [Int])

  /// Fills the values; the draws depend on the seed and the parameter's name alone.
  package func fill(_ values: UnsafeMutableBufferPointer<Float>, name: String, seed: UInt64) {
    let purpose = RandomStream.Purpose("initializer:\(name)").code
    switch self {
    case .constant(let value):
      values.update(repeating: value)
    case .parts(let numbers):
      let count = values.count / numbers.count
      for (part, number) in numbers.enumerated() {
        values[part * count..<(part + 1) * count].update(repeating: number)
      }
    case .normal(let deviation):
      ck_random_normal(values.baseAddress, values.count, deviation, seed, purpose)
    case .uniform(let limit):
      ck_random_uniform(values.baseAddress, values.count, limit, seed, purpose)
    case .orthogonal(let rows, let gain):
      ck_random_normal(values.baseAddress, values.count, 1, seed, purpose)
      ck_orthogonalize(values.baseAddress, rows, values.count / rows, gain)
    case .linear(let outputs, let extents):
      values.update(repeating: 0)
      let kernel = Self.linearKernel(extents)
      let inputs = values.count / (outputs * kernel.count)
      for channel in 0..<min(inputs, outputs) {
        let start = (channel * outputs + channel) * kernel.count
        for (index, value) in kernel.enumerated() { values[start + index] = value }
      }
    }
  }

  /// The product over the axes of 1 − |i − c| / f, where f is half the extent, rounded up, and c the
  /// middle.
  private static func linearKernel(_ extents: [Int]) -> [Float] {
    extents.reduce([1]) { products, extent in
      let half = Float((extent + 1) / 2)
      let middle = half - (extent.isMultiple(of: 2) ? 0.5 : 1)
      let weights = (0..<extent).map { 1 - abs(Float($0) - middle) / half }
      return products.flatMap { product in weights.map { product * $0 } }
    }
  }
}
