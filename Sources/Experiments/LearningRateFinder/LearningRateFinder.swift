internal import Datasets
internal import Execution
import Foundation
internal import Groundwork
internal import Learning
internal import Training

/// The learning-rate finder: trains a trial for a while with a learning rate that grows from step
/// to step, to see which rates it can be trained with (the learning-rate range test of Smith 2017).
///
/// Nothing is kept of it. Warm-up, schedule and averages have no part in it; the rest of the spec
/// has, and the steps see the batches that a training would begin with.
struct LearningRateFinder {
  let trial: Trial
  let threads: Int
  /// The rates of the first and of the last step.
  let rates: ClosedRange<Double>
  let steps: Int
  var cache = AlgorithmCache.standard

  /// - Parameter progress: told of every step; returns whether to go on.
  /// - Throws: ``DataError`` and ``TrainingError`` with what is wrong.
  func measure(_ progress: (StepReport) -> Bool) throws -> LearningRateCurve {
    let scenes = FileManager.default.temporaryDirectory
      .appendingPathComponent("experiments-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: scenes) }
    let data = try SegmentationData.load(
      trial.dataConfiguration(generatedFolder: scenes), seed: trial.record.seed,
      cacheBytes: trial.spec.limits.keptImages)
    let configuration = try configuration()
    let loop = try TrainingLoop(configuration, data: data)
    if configuration.computation.determinism != .portable { cache.add(loop.algorithms) }

    var curve = LearningRateCurve()
    do {
      _ = try loop.run { event in
        guard case .stepped(let report) = event else { return .proceed }
        let goesOn = progress(report)
        curve.add(rate: report.learningRate, loss: report.loss)
        if !goesOn { curve.end = .stopped }
        // Stopped after the last step too, there is no evaluation.
        return goesOn && curve.end == .complete && report.step < steps ? .proceed : .stop
      }
    } catch TrainingError.diverged {
      curve.end = .diverged
    }
    return curve
  }

  private func configuration() throws -> TrainingConfiguration {
    var configuration = trial.trainingConfiguration(threads: threads)
    let growth = pow(rates.upperBound / rates.lowerBound, 1 / Double(steps - 1))
    configuration.optimization.schedule = try ExponentialSchedule(
      FieldValues(["gamma": .number(growth)], of: ExponentialSchedule.fields))
    configuration.optimization.baseLearningRate = rates.lowerBound
    configuration.optimization.warmup = nil
    configuration.optimization.averaging = nil
    configuration.duration = .iterations(steps)
    configuration.evaluation.every = .iterations(steps)
    configuration.computation.knownAlgorithms = cache.load()
    return configuration
  }
}
