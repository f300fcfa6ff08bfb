@testable import Datasets
@testable import Experiments
import Foundation
import Testing
import Tracking

struct SweepTests {
  /// Two small trials on a machine with two cores and so much memory that nobody uses.
  private func prepared(jobs: Int? = nil, limits: String = "{}", free: Int) throws -> PreparedSweep
  {
    let spec = """
      experiment: shapes
      data: {generated: {train: 8, validation: 2, size: [32, 32], classes: 3}}
      template: {name: unet, base_channels: 4, depth: 2}
      losses: dice
      solver: {type: SGD, base_lr: 0.01}
      training: {epochs: 3}
      limits: \(limits)
      sweep: {seeds: 2}
      """
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    let plan = try ExperimentSpec.load(SourceText(name: "shapes.yaml", text: spec), folder: "/")
      .plan()
    let machine = Machine(cores: [0, 1], share: 2, memory: 1 << 40, freeMemory: free)
    return try Sweep(
      inspected: plan.inspected(results: folder.path, cache: InspectionCache(folder: nil)),
      store: FolderStore(root: folder.path), jobs: jobs, machine: machine
    ).prepare()
  }

  @Test("before it starts a sweep says how many trials run at a time, and why")
  func headline() throws {
    let headline = try prepared(free: 1 << 40).headline()
    #expect(
      headline.hasPrefix("shapes: 2 trials, 2 at a time on 1 thread each (2 cores); 6 steps, "))
    #expect(headline.hasSuffix("B each"))
    #expect(
      try prepared(limits: "{threads: 2}", free: 1 << 40).headline().contains(
        "one at a time on 2 threads (limits.threads, 2 cores)"))
  }

  @Test("jobs that may take more memory than is free are warned of, with a remedy")
  func warning() throws {
    #expect(try prepared(jobs: 2, free: 1 << 40).warning == nil)
    let warning = try #require(prepared(jobs: 2, free: 120_000_000).warning)
    #expect(warning.hasPrefix("warning: 2 trials at a time take about "))
    #expect(warning.contains("120.0 MB are free") && warning.hasSuffix("fewer --jobs"))
    #expect(try prepared(jobs: 1, free: 1).warning?.hasPrefix("warning: a trial takes") == true)
  }

  @Test("cached images count as memory, as far as limits.cache_memory goes")
  func cachedImages() throws {
    func images(_ limits: String) throws -> [Int] {
      let survey = try #require(try prepared(limits: limits, free: 1 << 40).survey)
      return survey.facts.memory.values.map(\.images)
    }
    // Pixels and labels, and what their two arrays take besides.
    let sample = 32 * 32 * 4 + 2 * 48
    #expect(try images("{}") == [10 * sample, 10 * sample])
    #expect(try images("{cache_memory: 9 KB}") == [2 * sample, 2 * sample])
  }
}
