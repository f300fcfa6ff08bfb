@testable import Datasets
@testable import Experiments
@testable import Groundwork
import Measurements
import Testing
@testable import Tracking

@Suite("What the rest of a sweep will take")
struct SweepForecastTests {
  private static let inspection = DataInspection(
    trainingSamples: 80, validationSamples: 2, size: Size(height: 96, width: 96), channels: 3)

  /// Evaluations of ten steps each.
  private func history(_ training: [Double], _ evaluation: [Double]) -> MetricHistory {
    MetricHistory(
      series: ["training.seconds", "validation.seconds"].map {
        SeriesDescription($0, title: "", about: "", isWallTime: true)
      }, tensorNames: [],
      rows: zip(training, evaluation).enumerated().map { index, times in
        MetricHistory.Row(
          EvaluationPoint(step: 10 * (index + 1), epoch: Double(index + 1)),
          values: [.number(times.0), .number(times.1)], tensorDigests: [], attempt: 1)
      })
  }

  @Test("a pace has the fast and the slow of what was timed for its ends")
  func pace() {
    var pace = TrialPace()
    #expect(!pace.isKnown)
    pace.add(history([30, 10, 20], [3, 1, 2]))
    #expect(pace.isKnown)
    #expect(pace.seconds(steps: 5, evaluations: 2) == 7...21)
    #expect(pace.seconds(steps: 0, evaluations: 0) == 0...0)
  }

  @Test("what is done is not counted, and unknown kinds are said")
  func rest() throws {
    let plan = try SampleSpecs.plan(
      SampleSpecs.minimal("sweep: {parameters: {template.base_channels: [4, 8], seed: [1, 2]}}"))
    let inspected = InspectedPlan(
      plan: plan, inspections: plan.trials.map { _ in Self.inspection })
    let first = plan.trials[0]
    let run = RunRecord(
      id: first.id, experiment: plan.experiment, number: 1, trial: first.record,
      status: .interrupted, history: history([10], [1]), checkpoints: [], attempts: [],
      result: nil, damage: [])
    let forecast = SweepForecast(inspected, runs: [run], host: "here")
    #expect(forecast.trials == 4)
    #expect(forecast.unknown == 2)
    // Three epochs of twenty steps each, of which the first trial has done ten steps.
    let whole = try #require(forecast.byTrial[2])
    #expect(whole.least == whole.most)
    let rest = try #require(forecast.byTrial[1])
    #expect(rest.least < whole.least)
    #expect(forecast.seconds?.most == rest.most + whole.most)
    let note = try #require(forecast.notes(jobs: 1, mayEndEarly: true).first)
    #expect(note.contains("at most"))
    #expect(note.contains("by 1 run on this machine"))
    #expect(note.contains("nothing is known of 2 other trials"))
    #expect(
      SweepForecast(inspected, runs: [], host: "here").notes(jobs: 1, mayEndEarly: false).isEmpty)
  }
}
