@testable import Datasets
@testable import Experiments
import Foundation
import Testing

struct WorkerMessageTests {
  @Test("a message is one line and survives the way", arguments: messages)
  func roundTrip(message: WorkerMessage) throws {
    let line = try message.encoded()
    #expect(!line.contains(UInt8(ascii: "\n")))
    #expect(try WorkerMessage(encoded: line) == message)
  }

  @Test("a loss that is not a number survives the way")
  func notANumber() throws {
    let message = WorkerMessage.step(
      .init(step: 3, epoch: 0.1, loss: .nan, imagesPerSecond: .infinity))
    guard case .step(let step) = try WorkerMessage(encoded: message.encoded()) else {
      Issue.record("another message came back")
      return
    }
    #expect(step.loss.isNaN)
    #expect(step.imagesPerSecond == .infinity)
  }

  static let messages: [WorkerMessage] = [
    .opened(.init(attempt: 2, resumedAfter: SampleRuns.point(5))),
    .prepared(
      .init(
        parameters: 1, trainingSamples: 2, validationSamples: 3, steps: 4, stepsPerEpoch: 5,
        resumedSteps: 7, memory: 8)),
    .evaluating(.init(done: 1, samples: 2)),
    .evaluated(
      .init(
        point: SampleRuns.point(1), trainingLoss: 0.1, validationLoss: 0.2,
        headline: .init(series: SampleRuns.series[2], label: "disc", value: 0.3),
        isBest: true, seconds: 4)),
    .stoppedEarly(SampleRuns.earlyStop),
    .finished, .interrupted, .failed(cause: "two\nlines"), .busy(reason: "held"),
    .stopped(cause: "killed"), .damaged(reason: "bits"), .refused(reason: "SSE"), .warning("other"),
  ]
}
