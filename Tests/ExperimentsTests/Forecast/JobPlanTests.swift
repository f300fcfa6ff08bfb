@testable import Datasets
@testable import Experiments
import Testing

struct JobPlanTests {
  private static let gigabyte = 1_000_000_000

  /// A machine with so many cores and so much memory.
  private func machine(
    cores: Int, share: Int? = nil, memory: Int = 100, free: Int? = nil
  ) -> Machine {
    Machine(
      cores: Array(0..<cores), share: share ?? cores, memory: memory * Self.gigabyte,
      freeMemory: (free ?? memory) * Self.gigabyte)
  }

  private func plan(
    trials: Int, each: Int = 1, jobs: Int? = nil, threads: JobPlan.Threads? = nil,
    on machine: Machine
  ) -> JobPlan {
    JobPlan(
      .init(
        memory: Array(repeating: each * Self.gigabyte, count: trials), jobs: jobs, threads: threads),
      on: machine)
  }

  struct Case: Sendable {
    var trials: Int
    var cores: Int
    var jobs: Int?
    var threads: JobPlan.Threads?
    let says: String
  }

  @Test("jobs and threads follow from trials, cores, --jobs and threads", arguments: cases)
  func table(row: Case) {
    let plan = plan(
      trials: row.trials, jobs: row.jobs, threads: row.threads, on: machine(cores: row.cores))
    #expect("\(plan)" == row.says)
  }

  static let cases = [
    // One trial has all the cores; as many trials as cores have one each.
    Case(trials: 1, cores: 2, says: "one at a time on 2 threads (2 cores)"),
    Case(trials: 2, cores: 2, says: "2 at a time on 1 thread each (2 cores)"),
    Case(trials: 4, cores: 2, says: "2 at a time on 1 thread each (2 cores)"),
    Case(trials: 4, cores: 1, says: "one at a time on 1 thread (1 core)"),
    Case(trials: 2, cores: 8, says: "2 at a time on 4 threads each (8 cores)"),
    // The last of three would leave a core idle for its whole time, the last of five less so.
    Case(trials: 3, cores: 2, says: "one at a time on 2 threads (2 cores)"),
    Case(trials: 5, cores: 2, says: "2 at a time on 1 thread each (2 cores)"),
    Case(trials: 9, cores: 8, says: "4 at a time on 2 threads each (8 cores)"),
    // Nothing is left to run.
    Case(trials: 0, cores: 2, says: "one at a time on 2 threads (2 cores)"),
    // What is given stays.
    Case(trials: 4, cores: 2, jobs: 1, says: "one at a time on 2 threads (--jobs, 2 cores)"),
    Case(trials: 4, cores: 2, jobs: 3, says: "3 at a time on 1 thread each (--jobs, 2 cores)"),
    Case(trials: 2, cores: 8, jobs: 4, says: "2 at a time on 4 threads each (--jobs, 8 cores)"),
    Case(
      trials: 4, cores: 2, threads: .spec(2),
      says: "one at a time on 2 threads (limits.threads, 2 cores)"),
    Case(
      trials: 4, cores: 8, threads: .spec(3),
      says: "2 at a time on 3 threads each (limits.threads, 8 cores)"),
    Case(
      trials: 4, cores: 2, threads: .spec(4),
      says: "one at a time on 4 threads (limits.threads, 2 cores)"),
    Case(
      trials: 4, cores: 2, jobs: 2, threads: .spec(2),
      says: "2 at a time on 2 threads each (limits.threads, --jobs, 2 cores)"),
    // The threads of a sweep's earlier trials are kept where there are cores for them.
    Case(
      trials: 1, cores: 4, threads: .before(1),
      says: "one at a time on 1 thread (threads as before, 4 cores)"),
    Case(
      trials: 2, cores: 2, threads: .before(16), says: "2 at a time on 1 thread each (2 cores)"),
  ]

  @Test("trials that do not fit into the machine's memory together get the threads instead")
  func machineMemory() {
    let small = machine(cores: 4, memory: 10)
    #expect(
      "\(plan(trials: 8, each: 4, on: small))"
        == "2 at a time on 2 threads each (4 cores, memory for 2)")
    #expect(
      "\(plan(trials: 8, each: 20, on: small))"
        == "one at a time on 4 threads (4 cores, memory for 1)")
  }

  @Test("memory that others use now reduces the jobs, but never changes the threads")
  func freeMemory() {
    let busy = machine(cores: 4, memory: 100, free: 13)
    #expect(
      "\(plan(trials: 8, each: 1, on: busy))"
        == "3 at a time on 1 thread each (4 cores, memory for 3)")
    #expect(plan(trials: 8, each: 1, on: machine(cores: 4)).threads == 1)
  }

  @Test("the largest trials decide what fits")
  func unequal() {
    let request = JobPlan.Request(
      memory: [1, 30, 1, 70].map { $0 * Self.gigabyte }, jobs: nil, threads: .spec(1))
    #expect(JobPlan(request, on: machine(cores: 4)).jobs == 1)
    #expect(JobPlan(request, on: machine(cores: 4, memory: 112)).jobs == 2)
  }

  @Test("--jobs is kept, whatever memory there is")
  func jobsAreKept() {
    #expect(plan(trials: 4, each: 90, jobs: 2, on: machine(cores: 2)).jobs == 2)
  }

  @Test("no core is idle and none is used twice, while there are trials enough")
  func wholeMachine() {
    for cores in 1...64 {
      for trials in [1, 2, 3, 5, 8, 100] {
        let plan = plan(trials: trials, on: machine(cores: cores, memory: 1000))
        #expect(plan.jobs <= trials)
        #expect(plan.jobs * plan.threads <= cores)
        #expect((plan.jobs + 1) * plan.threads > cores || plan.jobs == trials)
      }
    }
  }
}
