import Testing

@testable import Engine

/// A backend that the conformance suite runs over, and in which block: its own choice, or one that
/// is forced upon it to try the shared kernels on layouts that it would not choose.
struct BackendUnderTest: Sendable, CustomTestStringConvertible {
  let backend: any Backend
  var block: Int?

  var testDescription: String {
    type(of: backend).name + (block.map { " in blocks of \($0)" } ?? "")
  }

  func layout(for shape: Shape) -> TensorLayout {
    block.map { TensorLayout(shape, block: $0) } ?? backend.layout(for: shape)
  }
}

enum BackendsUnderTest {
  /// Every backend that a spec can name; one that this machine cannot make stops the tests.
  static let all = TrainingConfiguration.BackendChoice.allCases.map { try! $0.make() }

  /// Every backend in its own layouts: what the convolutions are tested on.
  static let native = all.map { BackendUnderTest(backend: $0) }

  /// And the shared kernels in blocks that OpenBLAS would not choose: those of the processors, and
  /// one that does not divide a vector.
  static let inAllBlocks =
    native + [3, 8, 16].map { BackendUnderTest(backend: OpenBLASBackend(), block: $0) }
}
