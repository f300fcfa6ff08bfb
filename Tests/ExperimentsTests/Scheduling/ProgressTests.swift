import Measurements
import Testing

@testable import Experiments
@testable import Groundwork
import Testing

struct ProgressTests {
  private let trial = TrialLabel(number: 2, id: "0123456789abcdef", name: "solver.base_lr 0.01")

  private let prepared = WorkerMessage.prepared(
    .init(
      parameters: 7_760_000, trainingSamples: 40, validationSamples: 10, steps: 100,
      stepsPerEpoch: 10, resumedSteps: 0, memory: 1_000_000))

  private func evaluated(
    _ number: Int, best: Bool = false,
    headline: WorkerMessage.Headline = .init(series: SampleRuns.series[1], value: 0.612)
  ) -> WorkerMessage {
    .evaluated(
      .init(
        point: SampleRuns.point(number), trainingLoss: 0.43125, validationLoss: .nan,
        headline: headline, isBest: best, seconds: 2))
  }

  @Test("without a terminal there is one plain line per evaluation and none per step")
  func plain() {
    let recorder = Recorder(isTerminal: false)
    var progress = recorder.progress(trials: 12)
    progress.show(.started(trial))
    progress.show(.told(trial, prepared))
    for step in 1...10 { progress.show(.told(trial, self.step(step))) }
    recorder.clock.seconds = 5
    progress.show(.told(trial, evaluated(1, best: true)))
    progress.show(.ended(trial, .finished))
    #expect(
      recorder.text == """
        trial 2/12  epoch 1/10  step 10  loss 0.4313  validation loss –  mean IoU 0.612  \
        best so far  45 s left
        trial 2/12  done  solver.base_lr 0.01 in 5.0 s, mean IoU 0.612 in the last evaluation

        """)
  }

  @Test("a training that may stop early has so much time at most, and says where it has stopped")
  func earlyStop() {
    let recorder = Recorder(isTerminal: false)
    var progress = recorder.progress(trials: 12)
    progress.show(.started(trial))
    progress.show(
      .told(
        trial,
        .prepared(
          .init(
            parameters: 1, trainingSamples: 40, validationSamples: 10, steps: 100,
            stepsPerEpoch: 10, resumedSteps: 0, memory: 1, mayStopEarly: true))))
    recorder.clock.seconds = 6
    progress.show(.told(trial, evaluated(3)))
    progress.show(.told(trial, .stoppedEarly(SampleRuns.earlyStop)))
    progress.show(.ended(trial, .finished))
    #expect(recorder.text.contains("  at most 14 s left\n"))
    #expect(
      recorder.text.hasSuffix(
        "done  solver.base_lr 0.01 in 6.0 s, stopped early at epoch 3 of 10, mean IoU 0.612 in "
          + "the last evaluation\n"))
  }

  @Test("a value is shown with its title, unit and format, and with the class that it is of")
  func headline() {
    let recorder = Recorder(isTerminal: false)
    var progress = recorder.progress(trials: 1)
    progress.show(.started(trial))
    let distance = SeriesDescription(
      "validation.class.hausdorff", title: "Hausdorff distance", unit: "pixels", format: .fixed(2),
      about: "", axes: [SampleRuns.classes])
    progress.show(
      .told(
        trial,
        evaluated(2, headline: .init(series: distance, label: "disc", value: 12.34))))
    #expect(recorder.text.contains("  epoch 2  step 20  "))
    #expect(recorder.text.contains("  Hausdorff distance disc 12.3 pixels"))
  }

  @Test("on a terminal a running trial has one line that is drawn again")
  func live() {
    let recorder = Recorder(isTerminal: true)
    var progress = recorder.progress(trials: 12)
    progress.show(.started(trial))
    recorder.clock.seconds = 1
    progress.show(.told(trial, prepared))
    recorder.clock.seconds = 2
    progress.show(.told(trial, step(5)))
    #expect(
      recorder.text.hasSuffix(
        "\u{1B}[1A\u{1B}[0Jtrial 2/12  epoch 1/10  step 5/100  loss 0.5000  86 images/s  19 s left\n"
      ))
    #expect(recorder.text.split(separator: "\n").count == 3)
  }

  @Test("drawing happens at most ten times a second")
  func throttled() {
    let recorder = Recorder(isTerminal: true)
    var progress = recorder.progress(trials: 1)
    progress.show(.started(trial))
    progress.show(.told(trial, prepared))
    let before = recorder.text
    for step in 1...50 { progress.show(.told(trial, self.step(step))) }
    #expect(recorder.text == before)
  }

  @Test(
    "in a narrow terminal the least important parts go, the trial and the time left stay",
    arguments: [
      (71, "trial 2/12  epoch 1/10  step 5/100  loss 0.5000  86 images/s  19 s left"),
      (70, "trial 2/12  epoch 1/10  step 5/100  loss 0.5000  19 s left"),
      (50, "trial 2/12  epoch 1/10  loss 0.5000  19 s left"),
      (40, "trial 2/12  epoch 1/10  19 s left"), (25, "trial 2/12  19 s left"),
    ])
  func widths(width: Int, line: String) {
    let recorder = Recorder(isTerminal: true)
    var progress = Progress(
      screen: recorder.screen(columns: width + 1), trials: 12, now: { recorder.clock.seconds })
    progress.show(.started(trial))
    recorder.clock.seconds = 1
    progress.show(.told(trial, prepared))
    recorder.clock.seconds = 2
    progress.show(.told(trial, step(5)))
    #expect(recorder.text.hasSuffix("\u{1B}[0J\(line)\n"))
  }

  @Test("a line is cut to the width of the terminal")
  func narrow() {
    let recorder = Recorder(isTerminal: true)
    let screen = recorder.screen(columns: 12)
    screen.draw(["trial 1/12  epoch 1"])
    #expect(recorder.text == "trial 1/12…\n")
  }

  @Test("a failed trial's cause is shown")
  func failure() {
    let recorder = Recorder(isTerminal: false)
    var progress = recorder.progress(trials: 2)
    progress.show(.started(trial))
    progress.show(.ended(trial, .failed(cause: "diverged")))
    #expect(recorder.text == "trial 2/2  failed  solver.base_lr 0.01: diverged\n")
  }

  private func step(_ number: Int) -> WorkerMessage {
    .step(
      .init(
        step: number, epoch: Double(number) / 10, loss: 0.5, imagesPerSecond: 86))
  }
}

/// Keeps what would be shown, at a time that the test sets.
private final class Recorder {
  final class Clock { var seconds = 0.0 }
  let clock = Clock()
  private(set) var text = ""
  private let isTerminal: Bool

  init(isTerminal: Bool) { self.isTerminal = isTerminal }

  func screen(columns: Int) -> Screen {
    Screen(
      isTerminal: isTerminal, style: Style(isOn: false), columns: { columns },
      write: { [unowned self] in text += $0 })
  }

  func progress(trials: Int) -> Progress {
    Progress(screen: screen(columns: 200), trials: trials, now: { [clock] in clock.seconds })
  }
}
