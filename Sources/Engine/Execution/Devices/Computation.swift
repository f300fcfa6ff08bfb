package import Groundwork

/// How a training is computed: what decides its speed, its memory and its last bits, but not what
/// is learned.
package struct Computation: Sendable, Hashable {
  package var device = Devices.all[0]
  /// The precision of activations and of the products that convolutions are made of.
  package var precision = Precision.f32
  /// Computes `bf16` even where the processor has no instructions for it: slowly, but alike.
  package var emulatesPrecision = false
  /// Gives up activations after the forward pass and computes them again: less memory, more time,
  /// the same bits.
  package var recomputes = false
  package var determinism = Determinism.machine
  /// Choices between algorithms that were made before, by the description of what is computed, in
  /// the device's words: those of the run that is continued or repeated, or of this machine. What is
  /// missing is measured.
  package var knownAlgorithms: [String: String] = [:]

  package init(
    device: DeviceKind = Devices.all[0], precision: Precision = .f32,
    emulatesPrecision: Bool = false, recomputes: Bool = false,
    determinism: Determinism = .machine, knownAlgorithms: [String: String] = [:]
  ) {
    self.device = device
    self.precision = precision
    self.emulatesPrecision = emulatesPrecision
    self.recomputes = recomputes
    self.determinism = determinism
    self.knownAlgorithms = knownAlgorithms
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
  /// - Parameter measures: whether it is worth measuring which of several ways is the fastest.
  /// - Throws: ``DeviceError`` where the processor or the device cannot compute so.
  package func makeDevice(measures: Bool = true) throws(DeviceError) -> any Device {
    if let reason = device.unavailability {
      throw DeviceError("the device \(device.name) cannot compute here: \(reason)")
    }
    if let problem = device.problem(with: precision) {
      throw DeviceError("the device \(device.name) \(problem): leave precision out")
    }
    if let problem = device.problem(with: determinism) {
      throw DeviceError("the device \(device.name) \(problem): leave determinism out")
    }
    return try device.make(self, measures)
  }
}
