/// The environment variables that decide a training's bits: given to every worker before any
/// library is loaded, and recorded with the attempt.
enum WorkerEnvironment {
  /// What a worker with that many threads is given.
  ///
  /// - Parameters:
  ///   - isAlone: whether no other worker runs beside it; threads are bound to cores only then,
  ///     since two workers would be bound to the same ones.
  static func variables(threads: Int, isAlone: Bool) -> [String: String] {
    var variables = [
      "OMP_NUM_THREADS": "\(threads)",
      "OPENBLAS_NUM_THREADS": "\(threads)",
      "OMP_DYNAMIC": "FALSE",
      "OMP_SCHEDULE": "static",
      // Threads that wait for others sleep. Spinning ones would take the cores from whoever runs
      // beside the worker, and from their own team: measured with two other busy processes on two
      // cores, a step takes 0.25 s this way and 3.9 s the other.
      "OMP_WAIT_POLICY": "passive",
      "ONEDNN_DEFAULT_FPMATH_MODE": "STRICT",
      "HDF5_USE_FILE_LOCKING": "FALSE",
      "LC_ALL": "C.UTF-8",
      "SWIFT_DETERMINISTIC_HASHING": "1",
    ]
    if isAlone { variables["OMP_PROC_BIND"] = "true" }
    return variables
  }

  /// The variables above, and those that a user may have set to the same end.
  static let recordedNames = [
    "GLIBC_TUNABLES", "HDF5_USE_FILE_LOCKING", "LC_ALL", "OMP_DYNAMIC", "OMP_NUM_THREADS",
    "OMP_PROC_BIND", "OMP_SCHEDULE", "OMP_WAIT_POLICY", "ONEDNN_DEFAULT_FPMATH_MODE", "ONEDNN_MAX_CPU_ISA",
    "DNNL_MAX_CPU_ISA", "OPENBLAS_CORETYPE", "OPENBLAS_NUM_THREADS",
    "SWIFT_DETERMINISTIC_HASHING",
  ]

  /// The part of an environment that is recorded.
  static func recorded(of environment: [String: String]) -> [String: String] {
    environment.filter { recordedNames.contains($0.key) }
  }

  /// `environment` with every recorded variable replaced by what `variables` says, or removed.
  static func applying(_ variables: [String: String], to environment: [String: String])
    -> [String: String]
  {
    environment.filter { !recordedNames.contains($0.key) }.merging(variables) { $1 }
  }

  /// For a new attempt: the user's own choices stay where the worker's do not overrule them.
  static func launch(
    threads: Int, isAlone: Bool, inheriting environment: [String: String]
  ) -> [String: String] {
    environment.merging(variables(threads: threads, isAlone: isAlone)) { $1 }
  }
}
