import CProcess
import Foundation
internal import OpenMPI
internal import Tracking

/// How the ranks of a trial are started: the worker's process becomes Open MPI's `mpirun`, which starts the same
/// worker once for each rank and passes on what the first one says.
enum RankLaunch {
  /// The option that a rank is started with.
  static let memberOption = "--member"

  /// The signal by which the ranks are asked to stop in order: `mpirun` passes it on, while by SIGTERM it ends
  /// them itself.
  static let stopSignal = SIGUSR1

  /// - Throws: ``Failure`` where ranks cannot be started here.
  static func check(ranks: Int) throws(Failure) {
    guard ranks > 1 else { return }
    guard program != nil else {
      throw Failure(
        .usage,
        "error: limits.ranks is \(ranks), and there is no program 'mpirun' in $PATH: install Open MPI "
          + "(Debian: openmpi-bin), or leave limits.ranks out; the results are the same")
    }
    do throws(OpenMPIError) {
      try Communicator.open()
    } catch {
      throw Failure(
        .usage,
        "error: limits.ranks is \(ranks), but \(error): install Open MPI (Debian: openmpi-bin), or leave "
          + "limits.ranks out; the results are the same")
    }
  }

  /// Makes this process `mpirun`, with the arguments that it was started with.
  ///
  /// - Throws: ``Failure`` where that is refused.
  static func become(ranks: Int, arguments: [String], environment: [String: String]) throws -> Never
  {
    guard let program else { throw Failure(.usage, "error: there is no program 'mpirun' in $PATH") }
    let executable = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    guard access(executable, X_OK) == 0 else {
      throw Failure(
        .failed, "error: the program was replaced while it ran: begin anew, and every trial goes on"
      )
    }
    // Told by its parent's end, it ends the ranks, those on other machines too.
    _ = process_end_with_parent(SIGTERM)
    var words = [program] + options(ranks: ranks, environment: environment)
    words.append(executable)
    words += arguments
    words.append(memberOption)
    // Of the parent of ranks the parent of this process is none.
    let kept = environment.filter { $0.key != ParentProcess.variable }
    let variables: [UnsafeMutablePointer<CChar>?] = kept.map { strdup("\($0.key)=\($0.value)") }
    let pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
    execve(program, pointers + [nil], variables + [nil])
    throw Failure(.failed, "error: cannot start \(program): \(String(cString: strerror(errno)))")
  }

  /// What `mpirun` is told.
  static func options(
    ranks: Int, environment: [String: String], isRoot: Bool = geteuid() == 0
  ) -> [String] {
    let names = Set(WorkerEnvironment.variables(threads: 1).keys)
      .union(WorkerEnvironment.recordedNames)
    let deciding = names.filter { environment[$0] != nil }.sorted()
    var options = ["-np", "\(ranks)"]
    // A rank has threads of its own, which are not to share one core; and there may be fewer cores than ranks.
    options += ["--bind-to", "none", "--oversubscribe"]
    // One that waits leaves its core to others.
    options += ["--mca", "mpi_yield_when_idle", "1"]
    // Copies through the memory of another process are refused in many containers, which it would complain of.
    options += ["--mca", "btl_vader_single_copy_mechanism", "none"]
    options.append("--quiet")
    if isRoot { options.append("--allow-run-as-root") }
    // On other machines ranks begin with an empty environment.
    for name in deciding { options += ["-x", name] }
    return options
  }

  private static var program: String? {
    ProgramSearch.find(
      "mpirun", in: ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin")
  }
}
