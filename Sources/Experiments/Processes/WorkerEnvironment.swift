internal import Datasets
import Foundation
internal import Tracking

/// The environment variables that decide a training's bits: given to every worker before any
/// library is loaded, and recorded with the attempt.
enum WorkerEnvironment {
  /// What a worker with that many threads is given. No thread is bound to one core, whatever set of
  /// them the worker has: what else runs there would hold up the whole team.
  static func variables(threads: Int) -> [String: String] {
    [
      "OMP_NUM_THREADS": "\(threads)",
      "OPENBLAS_NUM_THREADS": "\(threads)",
      "OMP_DYNAMIC": "FALSE",
      "OMP_SCHEDULE": "static",
      // A thread that waits for its team spins for some microseconds, which spares it being woken
      // between the many short kernels of a step, and then sleeps: spinning on would take the core
      // from whoever else is on the machine, and from its own team.
      "GOMP_SPINCOUNT": "4000",
      "ONEDNN_DEFAULT_FPMATH_MODE": "STRICT",
      "HDF5_USE_FILE_LOCKING": "FALSE",
      "LC_ALL": "C.UTF-8",
      "SWIFT_DETERMINISTIC_HASHING": "1",
    ]
  }

  /// Makes this process one with a worker's environment: libraries read it once, when they are
  /// loaded, so the program is started anew in its place unless it has that environment already.
  static func adopt(threads: Int) {
    let environment = ProcessInfo.processInfo.environment
    let wanted = launch(threads: threads, inheriting: environment)
    guard wanted != environment else { return }
    let arguments = CommandLine.arguments.map { strdup($0) } + [nil]
    let variables = wanted.map { strdup("\($0.key)=\($0.value)") } + [nil]
    execve("/proc/self/exe", arguments, variables)
    // Where that is refused the program goes on as it is.
  }

  /// The variables above, and those that a user may have set to the same end.
  static let recordedNames = [
    "DNNL_MAX_CPU_ISA", "GLIBC_TUNABLES", "GOMP_SPINCOUNT", "HDF5_USE_FILE_LOCKING", "LC_ALL",
    "OMP_DYNAMIC", "OMP_NUM_THREADS", "OMP_PROC_BIND", "OMP_SCHEDULE", "OMP_WAIT_POLICY",
    "ONEDNN_DEFAULT_FPMATH_MODE", "ONEDNN_MAX_CPU_ISA", "OPENBLAS_CORETYPE",
    "OPENBLAS_NUM_THREADS", "SWIFT_DETERMINISTIC_HASHING",
  ]

  /// The recorded variables that change results even where the instruction set and the threads are
  /// the same.
  static let decidingNames: Set = [
    "GLIBC_TUNABLES", "ONEDNN_DEFAULT_FPMATH_MODE", "OPENBLAS_CORETYPE",
  ]

  /// The part of an environment that is recorded.
  static func recorded(of environment: [String: String]) -> [String: String] {
    environment.filter { recordedNames.contains($0.key) }
  }

  /// `environment` with every recorded variable replaced by what `variables` says, or removed.
  ///
  /// A record may come from anywhere: other variables, which could make the system load whatever it
  /// names, are not taken from it, nor values that no library of ours reads.
  static func applying(_ variables: [String: String], to environment: [String: String])
    -> [String: String]
  {
    environment.filter { !recordedNames.contains($0.key) }.merging(
      variables.filter { recordedNames.contains($0.key) && isPlain($0.value) }
    ) { $1 }
  }

  /// Words and numbers, and no path.
  private static func isPlain(_ value: String) -> Bool {
    value.utf8.count <= 256
      && value.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_.,:;=+ ".contains($0)) }
  }

  /// For a new attempt: the user's own choices stay where the worker's do not overrule them.
  static func launch(
    threads: Int, inheriting environment: [String: String]
  ) -> [String: String] {
    environment.merging(variables(threads: threads)) { $1 }
  }
}
