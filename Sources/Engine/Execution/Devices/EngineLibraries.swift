internal import COpenBLAS

/// The libraries that compute, for the record of a run.
package enum EngineLibraries {
  /// Name and version of each.
  package static var versions: [(name: String, version: String)] {
    [("oneDNN", OneDNNBackend.version), ("OpenBLAS", String(cString: openblas_get_config()))]
  }

  /// The instruction set that kernels are generated for, e.g. `avx512_core_bf16`.
  package static var instructionSet: String { OneDNNBackend.instructionSet }
}
