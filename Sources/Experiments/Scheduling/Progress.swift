internal import Datasets
import Foundation
import Measurements
import Tracking

/// Shows what the workers do: on a terminal one line per running trial, drawn again in place;
/// elsewhere one plain line per evaluation.
struct Progress {
  private let screen: Screen
  private let trials: Int
  private let now: () -> Double
  private var running: [Running] = []
  private var lastDrawing = -Double.infinity
  /// True from the second batch of a sweep on: what was done before has been said.
  private var isGoingOn = false

  /// - Parameters:
  ///   - trials: the number of trials of the whole sweep, the 12 in "3/12".
  ///   - now: seconds of a clock that never jumps.
  init(
    screen: Screen, trials: Int,
    now: @escaping () -> Double = { ProcessInfo.processInfo.systemUptime }
  ) {
    (self.screen, self.trials, self.now) = (screen, trials, now)
  }

  mutating func show(_ event: RunnerEvent) {
    switch event {
    case .skipped(let skipped):
      guard !isGoingOn else { break }
      if skipped.finished > 0 {
        screen.print("\(Units.count(skipped.finished, "trial")) done before")
      }
      if skipped.pruned > 0 {
        screen.print("\(Units.count(skipped.pruned, "trial")) pruned before")
      }
      if skipped.failed > 0 {
        screen.print("\(Units.count(skipped.failed, "trial")) failed before; --retry tries again")
      }
      if skipped.timedOut > 0 {
        screen.print(
          "\(Units.count(skipped.timedOut, "trial")) timed out before; a longer limits.time goes on"
        )
      }
      if !skipped.damaged.isEmpty {
        screen.print(
          "\(Units.count(skipped.damaged.count, "trial")) with a damaged record left alone")
      }
    case .started(let trial):
      running.append(Running(trial, of: trials))
    case .told(let trial, let message):
      guard let index = running.firstIndex(where: { $0.trial == trial }) else { return }
      if case .warning(let text) = message {
        screen.print("\(running[index].label)  \(screen.style.yellow("warning"))  \(text)")
      }
      if let line = running[index].hear(message, at: now()), !screen.isTerminal {
        screen.print(line)
      }
    case .ended(let trial, let outcome):
      // One that waited for others may be decided of without a worker.
      let index = running.firstIndex(where: { $0.trial == trial })
      let ended = index.map { running.remove(at: $0) } ?? Running(trial, of: trials)
      screen.printWrapped(ended.lastLine(outcome, at: now(), style: screen.style))
      lastDrawing = -.infinity
    case .paused(let trial):
      guard let index = running.firstIndex(where: { $0.trial == trial }) else { return }
      let paused = running.remove(at: index)
      if !screen.isTerminal { screen.print("\(paused.label)  gives its place to others") }
      lastDrawing = -.infinity
    case .again(let trial, let outcome, let count):
      let index = running.firstIndex(where: { $0.trial == trial })
      let failed = index.map { running.remove(at: $0) } ?? Running(trial, of: trials)
      screen.printWrapped(failed.lineAgain(outcome, count: count, style: screen.style))
      lastDrawing = -.infinity
    case .standing(let trial, let process, let seconds):
      let label = Running(trial, of: trials).label
      screen.printWrapped(
        "\(label)  \(screen.style.yellow("warning"))  its worker has been stopped by a signal for "
          + "\(Units.duration(seconds)); let it go on with: kill -CONT \(process)")
    case .ending(let trial, let kind):
      screen.printWrapped(
        "\(Running(trial, of: trials).label)  \(kind.rawValue): ends the sweep, as limits.on_failure says; "
          + "those that train are kept where they are")
    case .stopping:
      screen.print("stopping after the current step; Ctrl-C again stops at once")
    }
    redraw()
  }

  /// The next batch of trials begins.
  mutating func goOn() { isGoingOn = true }

  /// Takes the live lines away, so that what follows is not drawn over.
  func finish() { screen.clear() }

  /// Draws the live lines again, at most ten times a second, so that drawing costs nothing.
  private mutating func redraw() {
    let time = now()
    guard time - lastDrawing >= 0.1 else { return }
    lastDrawing = time
    screen.draw(running.map { $0.line(at: time, width: screen.liveWidth) })
  }
}

/// What is known of a trial that runs.
private struct Running {
  let trial: TrialLabel
  let label: String
  var prepared: WorkerMessage.Prepared?
  var step: WorkerMessage.Step?
  var evaluated: WorkerMessage.Evaluated?
  var earlyStop: EarlyStopRecord?
  var activity = "starting"
  /// When training began, in this attempt.
  var began: Double?

  init(_ trial: TrialLabel, of trials: Int) {
    self.trial = trial
    label = "trial \(trial.number)/\(trials)"
  }

  /// Takes a message in, and words it where it is worth a line of its own.
  mutating func hear(_ message: WorkerMessage, at time: Double) -> String? {
    switch message {
    case .opened(let opened):
      activity = "loading data"
      return opened.resumedAfter.map { "\(label)  continues after \($0)" }
    case .prepared(let facts):
      (prepared, began, activity) = (facts, time, "training")
    case .step(let report):
      (step, activity) = (report, "training")
    case .evaluating(let report):
      activity = "evaluating \(report.done)/\(report.samples)"
    case .evaluated(let report):
      (evaluated, activity) = (report, "training")
      return words(for: report, at: time)
    case .stoppedEarly(let record): earlyStop = record
    case .finished, .pruned, .paused, .interrupted, .failed, .stopped, .damaged, .refused, .busy,
      .warning:
      break
    }
    return nil
  }

  /// `trial 3/12  epoch 4/10  step 125/300  loss 0.4312  mean IoU 0.612  86 images/s  12 s left`.
  ///
  /// Where that is wider than the terminal, the least important parts are left out: the rate first,
  /// then the step, what is being done, the loss, the epoch and the metric; the trial and the time
  /// that is left stay.
  func line(at time: Double, width: Int = .max) -> String {
    guard let prepared, let step else { return "\(label)  \(activity)" }
    let epochs = prepared.steps / max(1, prepared.stepsPerEpoch)
    var parts: [(text: String, importance: Int)] = [(label, .max)]
    if epochs > 0 { parts.append(("epoch \(Int(step.epoch.rounded(.up)))/\(epochs)", 5)) }
    parts.append(("step \(step.step)/\(prepared.steps)", epochs > 0 ? 2 : 5))
    parts.append(("loss \(Units.decimals(step.loss, 4))", 4))
    if let evaluated { parts.append((evaluated.headline.text, 6)) }
    if activity != "training" { parts.append((activity, 3)) }
    parts.append((Units.rate(step.imagesPerSecond, "images"), 1))
    if let left = secondsLeft(after: step.step, at: time) { parts.append((timeText(left), 7)) }
    func joined() -> String { parts.map(\.text).joined(separator: "  ") }
    while TextWidth.of(joined()) > width, parts.count > 1,
      let least = parts.indices.min(by: { parts[$0].importance < parts[$1].importance })
    {
      parts.remove(at: least)
    }
    return joined()
  }

  func lastLine(_ outcome: TrialOutcome, at time: Double, style: Style) -> String {
    let elapsed = began.map { " in \(Units.duration(time - $0))" } ?? ""
    let early = earlyStop.map { ", \($0.summary)" } ?? ""
    let value =
      evaluated.map { ", \($0.headline.text) in the last evaluation" } ?? ""
    let (mark, words) =
      switch outcome {
      case .finished: (style.green("done"), "\(trial.name)\(elapsed)\(early)\(value)")
      case .pruned(let reason): (style.yellow("pruned"), "\(trial.name): \(reason)")
      case .failed(let cause, _): (style.red("failed"), "\(trial.name): \(cause)")
      case .interrupted: (style.yellow("interrupted"), trial.name)
      case .stopped(let cause, let failure):
        (style.red(failure?.kind.rawValue ?? "stopped"), "\(trial.name): \(cause)")
      case .damaged(let reason): (style.red("damaged"), "\(trial.name): \(reason)")
      case .refused(let reason): (style.red("not continued"), "\(trial.name): \(reason)")
      case .busy(let holder): (style.yellow("skipped"), "\(trial.name): trained by \(holder)")
      }
    return "\(label)  \(mark)  \(words.printableLines)"
  }

  /// It has failed and goes on at once.
  func lineAgain(_ outcome: TrialOutcome, count: String?, style: Style) -> String {
    let kind = outcome.failure?.kind.rawValue ?? "stopped"
    let cause =
      switch outcome {
      case .failed(let cause, _), .stopped(let cause, _): cause
      default: ""
      }
    let number = count.map { ", try \($0)" } ?? ""
    return
      "\(label)  \(style.yellow(kind))  \(cause.printableLines); it goes on from its last checkpoint\(number)"
  }

  private func words(for report: WorkerMessage.Evaluated, at time: Double) -> String {
    var parts = [
      label, "epoch \(report.point.epochText)\(epochs.map { "/\($0)" } ?? "")",
      "step \(report.point.step)",
      "loss \(Units.decimals(report.trainingLoss, 4))",
      "validation loss \(Units.decimals(report.validationLoss, 4))",
      report.headline.text,
    ]
    if report.isBest { parts.append("best so far") }
    if let left = secondsLeft(after: report.point.step, at: time), left > 0 {
      parts.append(timeText(left))
    }
    return parts.joined(separator: "  ")
  }

  /// The epochs of the whole training.
  private var epochs: String? {
    prepared.map {
      EvaluationPoint.epochText(Double($0.steps) / Double(max(1, $0.stepsPerEpoch)))
    }
  }

  private func timeText(_ left: Double) -> String {
    (prepared?.mayStopEarly == true ? "at most " : "") + "\(Units.duration(left)) left"
  }

  /// The seconds that are left, as if the steps to come took as long as those of this attempt did,
  /// evaluation included; `nil` before the first step of this attempt.
  private func secondsLeft(after step: Int, at time: Double) -> Double? {
    guard let prepared, let began, step > prepared.resumedSteps else { return nil }
    let perStep = (time - began) / Double(step - prepared.resumedSteps)
    return perStep * Double(prepared.steps - step)
  }
}

extension WorkerMessage.Headline {
  /// `mean IoU 0.612`, `IoU crack 0.612`.
  fileprivate var text: String {
    var (shown, title) = (series, series.title)
    shown.format = series.format.coarser
    if let label { title += " \(label)" }
    return "\(title.printable) \(shown.text(of: value))"
  }
}
