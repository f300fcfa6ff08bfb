@testable import Datasets
@testable import Experiments
@testable import Groundwork
import Testing

struct MemoryReportTests {
  private static let spec = """
    experiment: shapes
    data: {generated: {train: 8, validation: 2, size: [32, 32], classes: 3}}
    template: {name: unet, depth: 2}
    losses: dice
    solver: {type: SGD, base_lr: 0.01}
    training: {epochs: 3}
    sweep:
      seeds: 2
      parameters: {template.base_channels: [4, 8], solver.base_lr: [1, 2]}
    """

  /// Trials of 8 channels take more.
  private func report(of text: String = spec) throws -> MemoryReport {
    let trials = try ExperimentSpec.load(SourceText(name: "shapes.yaml", text: text), folder: "/")
      .plan().trials
    return MemoryReport(
      trials.map { trial in
        let isLarge = trial.name.contains("base_channels 8")
        return (
          trial,
          TrialMemory(
            tensors: isLarge ? 9_000_000 : 3_000_000, images: 500_000, passing: 5_000_000)
        )
      })
  }

  @Test("a table says what takes how much, by the hyperparameters that decide it")
  func table() throws {
    #expect(
      try report().table(width: nil) == """
        trials  template.base_channels  tensors    images   program    memory
           5–8  8                        9.0 MB  500.0 kB  100.0 MB  109.5 MB
           1–4  4                        3.0 MB  500.0 kB  100.0 MB  103.5 MB
        """)
  }

  @Test("there is no table where all trials take the same")
  func equal() throws {
    let text = Self.spec.replacing("[4, 8]", with: "[4]")
    #expect(try report(of: text).table(width: nil) == "")
  }

  private func refusal(_ report: MemoryReport, _ limit: Int) -> String? {
    do throws(Failure) {
      try report.require(atMost: limit)
      return nil
    } catch {
      #expect(error.status == .badInput)
      return error.message
    }
  }

  @Test("every point that takes more than the limit is named, with what it takes and a remedy")
  func refused() throws {
    #expect(
      try refusal(report(), 108_000_000) == """
        error[E0417]: trials 5, 6 (template.base_channels 8, solver.base_lr 1) need 109.5 MB each, more \
        than limits.memory, 108.0 MB: 9.0 MB of tensors, 500.0 kB of cached images, \
        100.0 MB of the program and its batches
        error[E0417]: trials 7, 8 (template.base_channels 8, solver.base_lr 2) need 109.5 MB each, more \
        than limits.memory, 108.0 MB: 9.0 MB of tensors, 500.0 kB of cached images, \
        100.0 MB of the program and its batches
          use a smaller training.batch_size or data.size, or set training.recompute: true
        2 errors; nothing was run
        """)
  }

  @Test("where the images are too many the remedy is to keep fewer")
  func images() throws {
    let text = Self.spec.replacing("[4, 8]", with: "[8]").replacing("[1, 2]", with: "[1]")
      .replacing("seeds: 2", with: "seeds: 1")
    #expect(
      try refusal(report(of: text), 109_200_000) == """
        error[E0417]: trial 1 (template.base_channels 8, solver.base_lr 1, seed 1) needs 109.5 MB, more \
        than limits.memory, 109.2 MB: 9.0 MB of tensors, 500.0 kB of cached images, \
        100.0 MB of the program and its batches
          keep fewer images: limits.cache_memory: 200000
        1 error; nothing was run
        """)
  }

  @Test("amounts that round to the same are said to the byte")
  func nearly() throws {
    #expect(
      try refusal(report(), 109_499_999)?.contains(
        "need 109,500,000 bytes each, more than limits.memory, 109,499,999 bytes:") == true)
  }

  @Test("a trial may take all of the limit")
  func allowed() throws {
    #expect(try refusal(report(), 109_500_000) == nil)
  }
}
