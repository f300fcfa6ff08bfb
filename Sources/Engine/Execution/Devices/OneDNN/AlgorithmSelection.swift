internal import Synchronization

/// Ways to compute one convolution. They agree within rounding, not to the bit.
package enum ConvolutionAlgorithm: String, Sendable, Codable, Hashable, CaseIterable {
  /// As it is defined: multiply and add.
  case direct
  /// The same, with the channels that fill a block of a blocked layout computed too: more to
  /// multiply, nothing to rearrange.
  case directInWholeBlocks = "direct_whole_blocks"
  /// The same in `bf16` with all channels of a place together, as the tile instructions of AMX read
  /// them: many times as many multiplications a second, for which both maps are rearranged.
  case directInTiles = "direct_tiles"
  /// Minimal filtering, F(4×4, 3×3) (Winograd 1980; Lavin & Gray 2016): 3×3 windows at a stride of
  /// 1 with a quarter of the multiplications.
  case winograd
  /// The same on tensors of `bf16`, computed in `f32` and rounded once at the end.
  case winogradInF32 = "winograd_f32"
}

/// Chooses the algorithm of every convolution of a plan where a device has several, and remembers
/// what was chosen, so that a repetition can be told to choose the same.
package final class AlgorithmSelection: Sendable {
  package enum Rule: Sendable, Hashable {
    /// The first of these that the device has; `direct` where it has none.
    case preferring([ConvolutionAlgorithm])
    /// The fastest, measured where it is not known. `direct` unless another takes less than nine
    /// tenths of its time, so that noise decides little, and for convolutions too small to matter.
    case fastest

    /// What is mostly the fastest.
    package static let unmeasured = preferring([.directInTiles, .winograd])

    /// This one, where the device has it.
    package static func always(_ algorithm: ConvolutionAlgorithm) -> Self {
      preferring([algorithm])
    }
  }

  /// FLOPs: a millisecond or so of one thread.
  private static let leastMeasured = 1 << 26

  private let rule: Rule
  private let known: [String: ConvolutionAlgorithm]
  private let made = Mutex<[String: ConvolutionAlgorithm]>([:])

  /// - Parameter known: choices made before, by the convolution's description.
  package init(_ rule: Rule, known: [String: ConvolutionAlgorithm] = [:]) {
    self.rule = rule
    self.known = known
  }

  /// What the convolutions of a training choose by.
  ///
  /// - Parameter measures: whether it is worth measuring what is fastest.
  package convenience init(_ computation: Computation, measures: Bool) {
    guard measures, computation.determinism != .portable else {
      self.init(.unmeasured)
      return
    }
    self.init(
      .fastest, known: computation.knownAlgorithms.compactMapValues(ConvolutionAlgorithm.init))
  }

  /// Every choice between several algorithms so far, by the convolution's description.
  package var choices: [String: ConvolutionAlgorithm] { made.withLock { $0 } }

  /// - Parameters:
  ///   - convolution: describes everything that the choice may depend on.
  ///   - flops: the FLOPs of its definition.
  ///   - candidates: what the device has; `direct` is always there.
  ///   - seconds: measures one; called only where nothing is known.
  package func choose(
    for convolution: String, flops: Int,
    among candidates: some Collection<ConvolutionAlgorithm>,
    seconds: (ConvolutionAlgorithm) -> Double
  ) -> ConvolutionAlgorithm {
    guard candidates.count > 1 else { return .direct }
    // Plans differ in how much scratch memory an algorithm may take: what the first of them chose,
    // another may not have.
    if let choice = choices[convolution] { return candidates.contains(choice) ? choice : .direct }
    let choice: ConvolutionAlgorithm
    if let known = known[convolution], candidates.contains(known) {
      choice = known
    } else {
      let ordered = ConvolutionAlgorithm.allCases.filter(candidates.contains)
      choice = ruled(ordered, flops, seconds)
    }
    made.withLock { $0[convolution] = choice }
    return choice
  }

  private func ruled(
    _ candidates: [ConvolutionAlgorithm], _ flops: Int,
    _ seconds: (ConvolutionAlgorithm) -> Double
  ) -> ConvolutionAlgorithm {
    switch rule {
    case .preferring(let algorithms):
      return algorithms.first(where: candidates.contains) ?? .direct
    case .fastest:
      guard flops >= Self.leastMeasured else { return .direct }
      var best = (algorithm: ConvolutionAlgorithm.direct, seconds: seconds(.direct) * 0.9)
      for algorithm in candidates where algorithm != .direct {
        let needed = seconds(algorithm)
        if needed < best.seconds { best = (algorithm, needed) }
      }
      return best.algorithm
    }
  }
}
