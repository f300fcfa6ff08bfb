import Foundation
import Measurements
import Tracking

/// A line for each trial that runs, what they take of the machine, and what ended last.
struct WorkersScreen {
  let frame: WatchFrame

  func lines(_ rows: Int?) -> [String] {
    let snapshot = frame.snapshot
    let running = snapshot.running
    var lines = running.flatMap { line($0) }
    if running.isEmpty { lines.append(frame.cut("no trial runs now")) }
    lines.append("")
    lines += machine(running).map(frame.cut)
    let ended = snapshot.runs.filter { $0.status != .running && $0.status != .waiting }
      .compactMap { run in run.attempts.last.map { (run, $0.startedAt) } }
      .sorted { $0.1 > $1.1 }.prefix(max(0, (rows ?? 30) - lines.count - 2))
    if !ended.isEmpty { lines += ["", frame.style.bold("began last of those that have ended")] }
    lines += ended.map { run, started in
      let best = run.history?.best(of: run.trial.objective).flatMap { best in
        run.history?.column(run.trial.objective.metric)?.series.text(of: best.value)
      }
      return frame.cut(
        [run.name, run.status.word, best, "epoch \(run.epochsProgress)", "began \(started)"]
          .compactMap(\.self).joined(separator: frame.dot).printable)
    }
    return lines
  }

  /// `scenes/12  loss ce, base_lr 1e-3  ep 31/60 ▕██████▌     ▏ 0.512  loss 0.31  2.3 GB  21 min`
  private func line(_ run: RunRecord) -> [String] {
    let system = frame.snapshot.system[run.id]
    let history = run.history
    let objective = run.trial.objective.metric
    let settings = run.trial.hyperparameters.map {
      "\($0.path.split(separator: ".").last ?? "") \($0.text)"
    }
    // What is dropped first where there is no room has the highest number.
    var parts: [(text: String, rank: Int)] = [(run.name, 0), ("ep \(run.epochsProgress)", 0)]
    if frame.isPlain {
      parts.append(("\(Int(run.fraction * 100)) % done", 1))
    } else if frame.columns >= 60 {
      parts.append((WatchFrame.bar(run.fraction, width: 16), 2))
    }
    if let series = history?.column(objective)?.series,
      let value = history?.values(of: objective)?.last
    {
      parts.append(("\(objective.split(separator: ".").last ?? "") \(series.text(of: value))", 1))
    }
    if let loss = history?.values(of: SeriesDescription.trainingLoss.name)?.last {
      parts.append(("loss \(Units.decimals(loss, 3))", 4))
    }
    if let last = system?.samples.last {
      parts.append(("mem \(Units.bytes(last.residentBytes))", 3))
    }
    if let cores = system?.coresOverTime.last {
      parts.append(("\(Units.decimals(cores, 1)) cores", 5))
    }
    parts.append((run.secondsLeft.map { "eta \(Units.duration($0))" } ?? "eta …", 0))
    func joined() -> String { parts.map(\.text).joined(separator: "  ").printable }
    while TextWidth.of(joined()) > frame.width,
      let least = parts.indices.max(by: { parts[$0].rank < parts[$1].rank }), parts[least].rank > 0
    {
      parts.remove(at: least)
    }
    let text = joined()
    let tail = (settings + ["seed \(run.trial.seed)"]).joined(separator: ", ")
    let isSelected = frame.snapshot.selected(frame.state)?.runs.contains { $0.id == run.id } == true
    let first = frame.cut(text)
    return [
      isSelected ? frame.style.reverse(first) : first,
      frame.style.dim(frame.cut("  \(tail.printable)")),
    ]
  }

  private func machine(_ running: [RunRecord]) -> [String] {
    let systems = running.compactMap { frame.snapshot.system[$0.id]?.samples.last }
    let newest = systems.max { $0.time < $1.time }
    let together = systems.reduce(0) { $0 + $1.residentBytes }
    var parts: [String] = []
    if !systems.isEmpty { parts.append("workers hold \(Units.bytes(together))") }
    if let free = newest?.freeBytes { parts.append("\(Units.bytes(free)) free") }
    if let load = newest?.load { parts.append("load \(Units.decimals(load, 1))") }
    if let heat = newest?.temperature { parts.append("\(Units.decimals(heat, 0)) °C") }
    let recorded = frame.snapshot.runs.count { $0.status != .waiting }
    let waiting = frame.snapshot.trials - recorded
    return [
      parts.joined(separator: frame.dot),
      waiting > 0 ? "\(Units.count(waiting, "trial")) not begun" : "",
    ].filter { !$0.isEmpty }
  }
}
