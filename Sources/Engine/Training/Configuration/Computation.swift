package import Execution
package import Groundwork

/// How a training is computed: what decides its speed, its memory and its last bits, but not what
/// is learned.
package struct Computation: Sendable, Hashable {
  package var backend = BackendChoice.onednn
  /// Of activations and of the products that convolutions are made of.
  package var precision = Precision.f32
  /// Computes `bf16` even where the processor has no instructions for it: slowly, but alike.
  package var emulatesPrecision = false
  /// Gives up activations after the forward pass and computes them again: less memory, more time,
  /// the same bits.
  package var recomputes = false
  package var determinism = Determinism.machine
  /// Choices between algorithms that were made before, by the convolution's description: those of
  /// the run that is continued or repeated, or of this machine. What is missing is measured.
  package var knownAlgorithms: [String: ConvolutionAlgorithm] = [:]

  package init(
    backend: BackendChoice = .onednn, precision: Precision = .f32,
    emulatesPrecision: Bool = false, recomputes: Bool = false,
    determinism: Determinism = .machine, knownAlgorithms: [String: ConvolutionAlgorithm] = [:]
  ) {
    self.backend = backend
    self.precision = precision
    self.emulatesPrecision = emulatesPrecision
    self.recomputes = recomputes
    self.determinism = determinism
    self.knownAlgorithms = knownAlgorithms
  }

  package enum BackendChoice: String, Sendable, Hashable, CaseIterable {
    case onednn
    case openblas
  }

  /// When two trainings of the same spec on the same data end in the same bytes.
  package enum Determinism: String, Sendable, Hashable, CaseIterable {
    /// With the same number of threads, instruction set and algorithms, which a continuation and a
    /// repetition keep to.
    case machine
    /// With any number of threads too: nothing is measured, and sums are divided in a fixed way.
    case portable
    /// No promise: threads and algorithms are what is fastest now.
    case fast
  }
}

extension Computation {
  /// - Throws: ``BackendError`` where the processor or the backend cannot compute so.
  func makeBackend(_ algorithms: AlgorithmSelection) throws(BackendError) -> any Backend {
    switch backend {
    case .onednn:
      if precision == .bf16, !emulatesPrecision, !OneDNNBackend.hasBF16 {
        throw BackendError(
          "training.precision is bf16, but this processor has no instructions for it "
            + "(oneDNN uses \(OneDNNBackend.instructionSet)): leave precision out, or add "
            + "training.emulate: true to compute the same slowly")
      }
      return try OneDNNBackend(
        precision: precision, algorithms: algorithms, isPortable: determinism == .portable)
    case .openblas:
      guard precision == .f32 else {
        throw BackendError("the backend openblas computes in f32 alone: leave precision out")
      }
      return OpenBLASBackend()
    }
  }

  /// What the convolutions of a training choose by.
  var algorithmSelection: AlgorithmSelection {
    switch determinism {
    case .portable: AlgorithmSelection(.always(.winograd))
    case .machine, .fast: AlgorithmSelection(.fastest, known: knownAlgorithms)
    }
  }
}
