/// What a trial's worker takes of memory, within a few percent of what the system counts. Bytes.
struct TrialMemory: Sendable, Hashable, Encodable {
  /// Both plans, parameters, gradients and the state of the optimizer.
  let tensors: Int
  /// Decoded images that are kept.
  let images: Int
  /// The program and its libraries, the lists, the batches that are prepared ahead, a checkpoint that is
  /// being written.
  let program: Int
  let total: Int

  /// - Parameters:
  ///   - images: decoded images that are kept.
  ///   - passing: lists, batches and checkpoint.
  init(tensors: Int, images: Int, passing: Int) {
    (self.tensors, self.images) = (tensors, images)
    program = Self.programAlone + passing
    total = tensors + images + program
  }

  /// The program, its libraries and the code that they generate for a network; measured.
  private static let programAlone = 95_000_000
}
