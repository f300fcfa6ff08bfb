import Tracking

extension Runner {
  struct Options: Sendable {
    /// The number of workers that run at a time.
    var jobs = 1
    /// The number of threads of each worker, unless its run was begun with another number.
    var threads = 1
    /// The processes that share each trial, of so many threads each.
    var ranks = 1
    /// The cores of each job; empty where workers are not bound.
    var coreMasks: [CoreMask] = []
    /// True where failed trials are tried again.
    var retriesFailed = false
    /// What this launch turns to first, where several share the trials.
    var share = TaskShare.whole
    /// True where runs go on whatever they were begun with.
    var acceptsAnyMachine = false
    /// From when on no trial is begun or goes on, in seconds of ``Uptime``; `nil` for no end.
    var deadline: Double?
    /// Seconds that a trial may train for, over all attempts; `nil` for no limit.
    var timeLimit: Double?
    /// Bytes that a worker may take, or each of its ranks; `nil` for no limit.
    var memoryLimit: Int?
    /// Seconds after which a worker that does nothing is ended.
    var heartbeat = LimitsSection.standardHeartbeat.seconds
    /// What is done about trials that end before their end.
    var policies = FailurePolicies.standard
    /// The program that has the `worker` command: this one, even if its file has been replaced.
    var executable = "/proc/self/exe"
  }

  /// How a sweep ended.
  struct Summary: Sendable {
    /// The outcomes, by the trial's id; trials that were not started have none.
    var outcomes: [String: TrialOutcome] = [:]
    /// The number of requests to stop that came.
    var stopRequests = 0
    /// What the system refused this process, which therefore started no more trials.
    var refusal: String?
    /// True where the time of the sweep is over and trials are left.
    var isOutOfTime = false
    /// The failure that ended the sweep, as its policy says.
    var failure: (trial: TrialLabel, kind: FailureRecord.Kind)?
    /// Of each trial that waits for another, the number of that one.
    var waits: [String: Int] = [:]

    /// Takes in how the trials of the next batch ended.
    mutating func add(_ next: Summary) {
      outcomes.merge(next.outcomes) { $1 }
      stopRequests += next.stopRequests
      refusal = refusal ?? next.refusal
      failure = failure ?? next.failure
      isOutOfTime = isOutOfTime || next.isOutOfTime
      waits = next.waits
    }

    /// True where nothing keeps further trials from being started.
    var mayGoOn: Bool { mayStart && !isOutOfTime }

    /// The same, where time is not the matter.
    var mayStart: Bool { stopRequests == 0 && refusal == nil && failure == nil }
  }
}
