package import Groundwork
package import Networks

/// What computes: memory, kernels for the operations of a plan, and what a solver and the losses ask
/// for.
///
/// Its memory is opaque: outside of the device's own kernels, values are reached by uploads and
/// downloads alone. Where a device shares the memory of the host, these cost nothing
/// (``DeviceMemory/shared``).
package protocol Device: Sendable {
  /// As a spec writes it, e.g. `onednn`.
  var name: String { get }
  /// The ways that were chosen between several to compute the same, by a description of what is
  /// computed; a repetition is told to choose them again.
  var choices: [String: String] { get }

  // MARK: Memory

  /// Zeroed memory that begins on a cache line.
  func allocate(bytes: Int) -> any DeviceMemory
  /// Zeroes a whole number of `f32` values.
  func clear(_ place: DevicePlace, bytes: Int, threads: Int)
  /// Returns once everything that was asked for has been done.
  func synchronize()

  // MARK: Kernels

  /// How an activation of this shape should lie in memory.
  func layout(for shape: Shape) -> TensorLayout
  /// Which tensors of an operation may be strided views: ranges of channels of a wider tensor.
  func stridedViews(of operation: Operation) -> StridedViews
  /// Says whether a kernel for the operation can end with the activation.
  func fuses(_ activation: Activation, into operation: Operation) -> Bool
  /// Says whether a kernel that only predicts can take in the batch norm behind the operation.
  func foldsNorm(into operation: Operation) -> Bool
  /// Called before kernels are made or run on the calling thread.
  func begin(threads: Int)
  /// - Throws: ``DeviceError`` where the device refuses.
  func makeKernel(for request: KernelRequest) throws -> any Kernel

  // MARK: Solvers and losses

  /// Applies a solver's rule to the flat buffers of a step, which lie in this device's memory.
  ///
  /// - Returns: whether the device has that rule; where it has not, nothing was done, and the host
  ///   applies it to copies.
  func update(_ step: SolverStep, by rule: UpdateRule) -> Bool
  /// Changes a flat buffer by another one; returns as ``update(_:by:)`` does.
  func update(
    _ target: FlatTensors, from source: FlatTensors, by rule: BufferRule, threads: Int
  ) -> Bool
  /// The Euclidean norm of a step's gradients, each limited to ±`limit`; `nil` where the device does
  /// not compute it.
  func gradientNorm(of step: SolverStep, limit: Float) -> Double?
  /// A kernel for a loss and its gradient; `nil` where the device does not have it, and the host
  /// computes the loss on copies of the heads.
  func makeLossKernel(for request: LossRequest) -> (any DeviceLossKernel)?
}

/// A device that leaves the solvers and the losses to the host has to say nothing about them.
extension Device {
  package var choices: [String: String] { [:] }
  package func synchronize() {}
  package func begin(threads: Int) {}
  package func update(_ step: SolverStep, by rule: UpdateRule) -> Bool { false }
  package func update(
    _ target: FlatTensors, from source: FlatTensors, by rule: BufferRule, threads: Int
  ) -> Bool { false }
  package func gradientNorm(of step: SolverStep, limit: Float) -> Double? { nil }
  package func makeLossKernel(for request: LossRequest) -> (any DeviceLossKernel)? { nil }
}

/// Which of an operation's tensors, and their gradients, its kernel can find at any distance from
/// sample to sample.
package struct StridedViews: Sendable, Hashable {
  package var inputs = false
  package var outputs = false
}

/// A device's refusal, with the message of its library.
package struct DeviceError: Error, CustomStringConvertible, Sendable {
  package let description: String
  package init(_ description: String) { self.description = description }
}
