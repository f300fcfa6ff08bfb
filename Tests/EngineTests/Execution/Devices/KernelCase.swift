@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Networks
import Testing

/// An operation on tensors of given shapes, for which a kernel is to be checked.
struct KernelCase: Sendable, CustomTestStringConvertible {
  let operation: Operation
  var activation = Activation.none
  let inputs: [Shape]
  let outputs: [Shape]
  /// Values of each parameter and of each state.
  var parameters: [Int] = []
  var state: [Int] = []

  var testDescription: String {
    let shapes = inputs.map(\.description).joined(separator: ", ")
    return "\(operation), \(activation), of \(shapes)"
  }

  /// Tells whether the input or output of that index holds positions.
  func isPositions(input index: Int) -> Bool {
    if case .maxUnpool = operation { index == 1 } else { false }
  }
  func isPositions(output index: Int) -> Bool {
    if case .maxPool = operation { index == 1 } else { false }
  }
}

/// What a kernel is run on.
struct KernelValues: Sendable {
  var inputs: [PlainTensor]
  var parameters: [[Double]]
  var state: [[Double]]
  var outputGradient: PlainTensor
}

extension KernelCase {
  /// Values drawn for a seed: odd multiples of 1/128 where they must be exact in bf16 and not zero,
  /// any `Float` otherwise. Positions lie in their windows, batch norm's variances are positive.
  func values(seed: UInt64 = 1, of precision: Precision = .f32) -> KernelValues {
    var stream = RandomStream(seed: seed, purpose: RandomStream.Purpose("kernel case"))
    func draw(_ count: Int, _ lower: Float = -1, _ upper: Float = 1) -> [Double] {
      (0..<count).map { _ in
        let value = Double(stream.uniform(lower, upper))
        return precision == .f32 ? value : ((value * 64).rounded(.down) + 0.5) / 64
      }
    }
    // No two of a window may be equal: up to 768 numbers of bf16 in an order that is drawn.
    func drawDistinct(_ count: Int) -> [Double] {
      var numbers = (0..<768).map { index -> Double in
        let magnitude = Double(128 + index / 6) / Double(256 << (index / 2 % 3))
        return index % 2 == 0 ? magnitude : -magnitude
      }
      for last in numbers.indices.reversed() { numbers.swapAt(last, stream.below(last + 1)) }
      return Array(numbers[..<count])
    }
    return KernelValues(
      inputs: inputs.enumerated().map { index, shape in
        if case .maxPool = operation, precision == .bf16 {
          return PlainTensor(shape, values: drawDistinct(shape.count))
        }
        guard case .maxUnpool(let unpool) = operation, isPositions(input: index) else {
          return PlainTensor(shape, values: draw(shape.count))
        }
        let positions = (0..<shape.count).map { _ in
          Double(stream.below(unpool.size.count))
        }
        return PlainTensor(shape, values: positions)
      },
      parameters: parameters.map { draw($0, 0.1, 1) },
      state: state.map { draw($0, 0.5, 1.5) },
      outputGradient: PlainTensor(outputs[0], values: draw(outputs[0].count)))
  }
}
