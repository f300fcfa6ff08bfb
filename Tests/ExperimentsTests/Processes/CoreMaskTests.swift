@testable import Datasets
@testable import Experiments
import Foundation
import Testing

struct CoreMaskTests {
  @Test("cores of a thread that is bound are those, and afterwards all again")
  func bound() throws {
    let all = CoreMask.current
    let last = try #require(all.cores.last)
    CoreMask(cores: [last]).whileBound { #expect(CoreMask.current.cores == [last]) }
    #expect(CoreMask.current == all)
  }

  @Test("cores that the system refuses leave the thread where it was")
  func refused() {
    let all = CoreMask.current
    CoreMask(cores: [8191]).whileBound { #expect(CoreMask.current == all) }
    #expect(CoreMask.current == all)
  }

  @Test("a child stays on its cores, and one without has those of its parent")
  func children() throws {
    let all = CoreMask.current
    let last = try #require(all.cores.last)
    #expect(try coresOfChild(nil) == all.cores.count)
    #expect(try coresOfChild(CoreMask(cores: [last])) == 1)
    #expect(CoreMask.current == all)
  }

  /// As the child counts them.
  private func coresOfChild(_ cores: CoreMask?) throws -> Int? {
    let lines = Mailbox<String?>()
    _ = try ChildProcess.start(
      "/bin/sh", ["-c", "exec nproc"], environment: ["PATH": "/usr/bin:/bin"], cores: cores,
      line: { lines.post(String(decoding: $0, as: UTF8.self)) }, ended: { _ in lines.post(nil) })
    return lines.receive().flatMap { Int($0) }
  }

  @Test("workers that fit have cores of their own, and all cores are given out")
  func disjoint() {
    for cores in 2...40 {
      let machine = Machine(
        cores: (0..<cores).map { 2 * $0 }, share: cores, memory: 1 << 40, freeMemory: 1 << 40)
      for jobs in 2...cores {
        let threads = cores / jobs
        let plan = JobPlan(
          .init(memory: Array(repeating: 1, count: jobs), jobs: jobs, threads: .spec(threads)),
          on: machine)
        let masks = plan.coreMasks(on: machine) ?? []
        #expect(masks.count == jobs)
        #expect(masks.flatMap(\.cores) == machine.cores)
        #expect(masks.allSatisfy { $0.cores.count >= threads })
      }
    }
  }

  @Test("nothing is bound for one job, for more threads than cores, or under a quota")
  func unbound() {
    func masks(jobs: Int, threads: Int, share: Int = 4) -> [CoreMask]? {
      let machine = Machine(
        cores: Array(0..<4), share: share, memory: 1 << 40, freeMemory: 1 << 40)
      let request = JobPlan.Request(
        memory: Array(repeating: 1, count: 8), jobs: jobs, threads: .spec(threads))
      return JobPlan(request, on: machine).coreMasks(on: machine)
    }
    #expect(masks(jobs: 1, threads: 4) == nil)
    #expect(masks(jobs: 3, threads: 2) == nil)
    #expect(masks(jobs: 2, threads: 1, share: 3) == nil)
    #expect(masks(jobs: 2, threads: 2)?.map(\.cores) == [[0, 1], [2, 3]])
  }
}
