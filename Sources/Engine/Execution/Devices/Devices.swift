package import Groundwork

/// The devices that a spec can name, the one that computes where none is named first.
package enum Devices {
  package static let all: [DeviceKind] = [.onednn, .openblas]

  package static func named(_ name: String) -> DeviceKind? { all.first { $0.name == name } }

  /// The most FLOPs that the processors of a device do in a second, as the device itself measures
  /// them, or else the first in the list that can.
  ///
  /// - Throws: ``DeviceError`` where none can in that precision.
  package static func peakFlopsPerSecond(
    of device: DeviceKind, _ precision: Precision, threads: Int
  ) throws(DeviceError) -> Double {
    for kind in [device] + all {
      if let measure = kind.peakFlopsPerSecond { return try measure(precision, threads) }
    }
    throw DeviceError("no device measures what the processors can do")
  }
}

/// A kind of device before one is made: what it can do, and how one is made.
package struct DeviceKind: Sendable {
  /// As a spec writes it.
  package var name: String
  /// Why this machine has none; `nil` where it has.
  package var unavailability: String?
  package var precisions: [Precision]
  package var determinisms: [Computation.Determinism]
  /// The libraries that it computes with, and their versions.
  package var libraries: [(name: String, version: String)]
  /// What its kernels are generated for, e.g. `avx512_core_bf16`; `nil` where that is fixed.
  package var instructionSet: String?
  /// Measures the FLOPs a second of a number of threads in a precision; `nil` where the device cannot.
  package var peakFlopsPerSecond: (@Sendable (Precision, Int) throws(DeviceError) -> Double)?
  /// Makes a device for a computation. Where several ways compute the same, the fastest is measured
  /// if the second argument says so.
  package var make: @Sendable (Computation, _ measures: Bool) throws(DeviceError) -> any Device

  package init(
    name: String, unavailability: String? = nil, precisions: [Precision],
    determinisms: [Computation.Determinism] = Computation.Determinism.allCases,
    libraries: [(name: String, version: String)] = [], instructionSet: String? = nil,
    peakFlopsPerSecond: (@Sendable (Precision, Int) throws(DeviceError) -> Double)? = nil,
    make: @escaping @Sendable (Computation, _ measures: Bool) throws(DeviceError) -> any Device
  ) {
    self.name = name
    self.unavailability = unavailability
    self.precisions = precisions
    self.determinisms = determinisms
    self.libraries = libraries
    self.instructionSet = instructionSet
    self.peakFlopsPerSecond = peakFlopsPerSecond
    self.make = make
  }

  /// Why it cannot compute in a precision on any processor; `nil` where it can.
  package func problem(with precision: Precision) -> String? {
    guard !precisions.contains(precision) else { return nil }
    return "computes in \(precisions.map(\.rawValue).joined(separator: " and ")) alone"
  }

  /// Why it cannot repeat itself to that degree; `nil` where it can.
  package func problem(with determinism: Computation.Determinism) -> String? {
    guard !determinisms.contains(determinism) else { return nil }
    return "is not deterministic as '\(determinism.rawValue)' promises"
  }
}

extension DeviceKind: Hashable {
  /// Names are unique.
  package static func == (left: DeviceKind, right: DeviceKind) -> Bool { left.name == right.name }
  package func hash(into hasher: inout Hasher) { hasher.combine(name) }
}
