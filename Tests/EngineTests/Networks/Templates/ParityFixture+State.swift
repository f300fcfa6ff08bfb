import CKernels
@testable import Execution
@testable import Groundwork
import Testing

/// What goes into the step follows from its place in the fixture, so that no fixture stores a parameter:
/// `Fixtures/parity/formula.py` computes the same bits.
extension ParityFixture {
  /// By their seeds.
  private enum Stream: UInt64 {
    case parameters = 1
    case statistics, images, gradients

    func fill(_ values: UnsafeMutableBufferPointer<Float>, index: Int, limit: Float) {
      ck_random_uniform(values.baseAddress, values.count, limit, rawValue, UInt32(index))
    }

    func values(_ count: Int, index: Int, limit: Float) -> [Float] {
      Array(unsafeUninitializedCapacity: count) { buffer, initialized in
        fill(.init(rebasing: buffer[..<count]), index: index, limit: limit)
        initialized = count
      }
    }
  }

  /// Noise, each image brighter than the one before it by 1.
  var imageValues: [Float] {
    let batch = input[0], values = input.dropFirst().reduce(1, *)
    var noise = Stream.images.values(batch * values, index: images, limit: Float(3).squareRoot())
    for index in noise.indices { noise[index] += Float(index / values) - Float(batch - 1) / 2 }
    return noise
  }

  /// What the loss would say about a head: `[N, C, H, W]`.
  func gradient(ofHead index: Int) -> [Float] {
    Stream.gradients.values(heads[index].shape.reduce(1, *), index: index, limit: 1)
  }

  func fill(_ state: NetworkState) throws {
    for (index, parameter) in parameters.enumerated() {
      let values = try state.parameters.tensor(parameter.name)
      Stream.parameters.fill(values, index: index, limit: parameter.limit)
      move(values, by: parameter.centre)
    }
    for (index, norm) in statistics.enumerated() {
      let mean = try state.statistics.tensor("\(norm.name).mean")
      Stream.statistics.fill(mean, index: 2 * index, limit: 0.1)
      let variance = try state.statistics.tensor("\(norm.name).variance")
      Stream.statistics.fill(variance, index: 2 * index + 1, limit: 0.5)
      move(variance, by: 1)
    }
    state.parameters.upload()
    state.statistics.upload()
  }

  private func move(_ values: UnsafeMutableBufferPointer<Float>, by centre: Float) {
    guard centre != 0 else { return }
    for index in values.indices { values[index] += centre }
  }
}

extension FlatTensors {
  /// The tensor of that name, as the host sees it.
  func tensor(_ name: String) throws -> UnsafeMutableBufferPointer<Float> {
    self[try #require(entries.firstIndex { $0.name == name }, "\(name)")]
  }
}
