internal import Datasets
internal import Execution
internal import Tracking

/// How many trials are trained at a time, and with how many threads each.
///
/// Workers of one thread train more images a second together than one worker whose threads wait for
/// each other; but the last trials of a sweep would leave cores idle. So the sweep is thought of as
/// rounds of equal trials, and the choice is the one that ends first.
///
/// The number of threads decides bits. It follows from the spec and the machine alone, never from
/// the memory that happens to be free; that can only reduce the jobs.
struct JobPlan: Sendable, Equatable {
  /// The number of trials that are trained at a time, at least 1.
  let jobs: Int
  /// The number of threads of each worker, or of each of its ranks, at least 1.
  let threads: Int
  /// The number of processes that share each trial.
  let ranks: Int
  /// What decided, in few words: "2 cores", "limits.threads, memory for 3".
  let reason: String

  /// What is asked for.
  struct Request: Sendable {
    /// The bytes that each trial that is left to run takes. They include everything else in its
    /// worker.
    var memory: [Int]
    /// The number of `--jobs`; it is kept, whatever memory there is.
    var jobs: Int?
    var threads: Threads?
    /// The processes that share each trial: each has as many threads, and takes as much memory.
    var ranks = 1
  }

  /// A number of threads that is given.
  enum Threads: Sendable, Equatable {
    case spec(Int)
    /// That of the sweep's earlier trials: those to come are to be comparable with them, and the
    /// same whether the sweep was interrupted or not.
    case before(Int)
  }

  init(_ request: Request, on machine: Machine) {
    let trials = max(1, request.memory.count)
    ranks = request.ranks
    let needs = request.memory.map { $0 * request.ranks }.sorted(by: >)
    let fitting = Self.fitting(needs, in: machine.memory - Self.reserve(machine))
    let fittingNow = Self.fitting(needs, in: machine.freeMemory - Self.reserve(machine))
    // As if a core of each rank were one.
    let cores = max(1, machine.share / request.ranks)
    var reasons: [String] = []

    // Were there memory for all.
    var unlimited = 1
    let wanted: Int
    switch (request.threads, request.jobs) {
    case (let given?, let jobs) where given.isKept(on: cores):
      threads = given.count
      wanted = min(jobs ?? max(1, cores / threads), trials)
      reasons.append(given.reason)
    case (_, let jobs?):
      wanted = min(jobs, trials)
      threads = max(1, cores / wanted)
    case (_, nil):
      unlimited = Self.quickest(trials: trials, cores: cores, atMost: trials)
      wanted = Self.quickest(trials: trials, cores: cores, atMost: fitting)
      threads = max(1, cores / wanted)
    }
    if request.jobs != nil {
      jobs = wanted
      reasons.append("--jobs")
    } else {
      jobs = min(wanted, fitting, fittingNow)
    }
    reasons.append(Units.count(machine.share, "core"))
    if jobs < max(wanted, unlimited) { reasons.append("memory for \(jobs)") }
    reason = reasons.joined(separator: ", ")
  }

  /// The cores of each job where there are enough of them: sets of nearly equal size without a core
  /// in common. On an idle machine that changes nothing; beside another program workers that are
  /// not moved about were measured to train a quarter more images a second. `nil` where nothing is
  /// bound: for a single job, for more threads than cores, and under a quota, which leaves open which
  /// cores are idle.
  func coreMasks(on machine: Machine) -> [CoreMask]? {
    let cores = machine.cores
    guard jobs > 1, jobs * threads * ranks <= cores.count, machine.share == cores.count else {
      return nil
    }
    return (0..<jobs).map { job in
      CoreMask(cores: Array(cores[job * cores.count / jobs..<(job + 1) * cores.count / jobs]))
    }
  }

  /// The number of jobs that ends first; of several, the greatest: trials are never quite equal.
  private static func quickest(trials: Int, cores: Int, atMost most: Int) -> Int {
    let candidates = 1...max(1, min(trials, cores, most))
    return candidates.reversed().min { duration($0, trials, cores) < duration($1, trials, cores) }
      ?? 1
  }

  /// The duration of the sweep, in units of a trial on one thread.
  private static func duration(_ jobs: Int, _ trials: Int, _ cores: Int) -> Double {
    let threads = Double(max(1, cores / jobs))
    let rounds = (trials + jobs - 1) / jobs
    return Double(rounds) * (1 + alone * (threads - 1)) / threads
  }

  /// The part of a training during which a worker's threads do the work of one (Amdahl 1967), for
  /// U-Net and ENet on two cores: 0.04 to 0.17 of the steps, 0.4 of a small sweep with its loading
  /// and evaluating. Beside another program, which holds up one thread and with it the team, 1.
  private static let alone = 0.25

  /// How many of the trials that need the most memory fit together; at least 1.
  private static func fitting(_ needs: [Int], in memory: Int) -> Int {
    var sum = 0
    let count = needs.prefix { need in
      sum += need
      return sum <= memory
    }.count
    return max(1, count)
  }

  /// Bytes that are left to the system and to other programs.
  private static func reserve(_ machine: Machine) -> Int { machine.memory / 10 }
}

extension JobPlan.Threads {
  var count: Int {
    switch self {
    case .spec(let count), .before(let count): count
    }
  }

  /// Threads of before are given up where a worker would have more of them than cores.
  fileprivate func isKept(on cores: Int) -> Bool {
    if case .before(let count) = self { count <= cores } else { true }
  }

  fileprivate var reason: String {
    switch self {
    case .spec: "limits.threads"
    case .before: "threads as before"
    }
  }
}

extension JobPlan: CustomStringConvertible {
  /// "2 at a time on 1 thread each (2 cores)".
  var description: String {
    let each = Units.count(threads, "thread")
    let threads = ranks == 1 ? each : "\(Units.count(ranks, "rank")) of \(each)"
    return (jobs == 1 ? "one at a time on \(threads)" : "\(jobs) at a time on \(threads) each")
      + " (\(reason))"
  }
}
