/// The libraries that compute, for the record of a run.
package enum EngineLibraries {
  /// The name and version of each.
  package static var versions: [(name: String, version: String)] {
    Devices.all.flatMap(\.libraries)
  }

  /// The instruction set that kernels are generated for, e.g. `avx512_core_bf16`.
  package static var instructionSet: String {
    Devices.all.lazy.compactMap(\.instructionSet).first ?? "unknown"
  }
}
