internal import Foundation
internal import Measurements

/// What was asked, and how much was done to answer it.
struct ReportHeader {
  let title: String
  let element: HTML

  init(_ source: ReportSource) {
    let runs = source.runs
    let experiments = Set(runs.map(\.experiment)).sorted()
    let abouts = Set(runs.compactMap(\.about))
    title =
      abouts.count == 1 && experiments.count == 1
      ? abouts.first ?? "" : experiments.joined(separator: ", ")
    let chips = Self.chips(source).map { chip -> HTML in
      "<li class=\"chip\(chip.style)\">\(chip.text)</li>\n"
    }
    let warnings = source.warnings.map { "<p class=\"warning\">\($0)</p>\n" as HTML }
    element = """
      <header><p class="eyebrow">\(experiments.joined(separator: ", ")) · \(Self.size(of: runs))</p>
      <h1>\(title)</h1>
      <ul class="chips">
      \(chips)</ul></header>
      \(warnings)
      """
  }

  /// `3 losses × 3 base_lr × 3 seeds = 27 trials`; `9 points, 25 trials` where the grid is not whole.
  static func size(of runs: [RunRecord]) -> String {
    let trials = runs.count == 1 ? "1 trial" : "\(runs.count) trials"
    let known = runs.filter(\.hasSettings)
    var values: [String: Set<String>] = [:]
    var order: [String] = []
    for parameter in known.flatMap(\.trial.hyperparameters) {
      if values[parameter.path] == nil { order.append(parameter.path) }
      values[parameter.path, default: []].insert(parameter.text)
    }
    let seeds = Set(known.map(\.trial.seed)).count
    var factors = order.compactMap { path -> (Int, String)? in
      guard let count = values[path]?.count, count > 1, path != "seed" else { return nil }
      let word =
        path == TrialRecord.foldPath ? "folds" : path.split(separator: ".").last.map(String.init)
      return (count, word ?? path)
    }
    if seeds > 1 { factors.append((seeds, "seeds")) }
    guard Set(runs.map(\.experiment)).count == 1, !factors.isEmpty else { return trials }
    guard factors.reduce(1, { $0 * $1.0 }) == runs.count else {
      let points = Set(known.map { PointIdentity(ComparedRun($0)) }).count
      return "\(points) point\(points == 1 ? "" : "s"), \(trials)"
    }
    return factors.map { "\($0.0) \($0.1)" }.joined(separator: " × ")
      + (factors.count > 1 ? " = \(trials)" : "")
  }

  private static func chips(_ source: ReportSource) -> [(style: HTML, text: String)] {
    let runs = source.runs
    var chips: [(style: HTML, text: String)] = []
    let finished = runs.count { $0.status == .finished }
    if finished > 0 { chips.append((" good", "\(finished) finished")) }
    let pruned = runs.count { $0.status == .pruned }
    if pruned > 0 { chips.append(("", "\(pruned) pruned")) }
    var causes: [String: Int] = [:]
    for run in runs { if let word = run.endWord { causes[word, default: 0] += 1 } }
    chips += causes.sorted { $0.key < $1.key }.map { (" bad", "\($0.value) \($0.key)") }
    for status in [RunStatus.running, .interrupted, .waiting] {
      let count = runs.count { $0.status == status }
      if count > 0 { chips.append(("", "\(count) \(status.word)")) }
    }
    let seconds = runs.compactMap { $0.history?.seconds }.reduce(0, +)
    if seconds > 0 {
      chips.append(("", "\(ReportUnits.duration(seconds)) of training and evaluation"))
    }
    let setting = Set(runs.compactMap(\.settingText))
    if setting.count == 1, let text = setting.first { chips.append(("", text)) }
    chips.append(("", "records \(source.stamp.store.hash.prefix(8)), \(source.stamp.madeText)"))
    return chips
  }
}

extension ReportStamp {
  /// `2026-11-30 12:05 UTC`.
  var madeText: String {
    guard made.count >= 16, made.dropFirst(10).first == "T" else { return made }
    return "\(made.prefix(10)) \(made.dropFirst(11).prefix(5)) UTC"
  }
}

extension RunRecord {
  /// The question that the spec asks.
  var about: String? { setting("about") }

  /// How the run failed, in a word or two; `nil` where it did not.
  var endWord: String? {
    switch status {
    case .failed(let cause):
      cause.contains("diverge") ? "diverged" : cause.contains("memory") ? "out of memory" : "failed"
    case .damaged: "damaged"
    default: isDamaged ? "damaged" : nil
    }
  }

  /// `15 epochs · unet · 64×64`.
  fileprivate var settingText: String? {
    let epochs = setting("training", "epochs").map { "\($0) epochs" }
    let template = setting("template", "name")
    let input = attempts.last?.input.map { "\($0.height)×\($0.width)" }
    let parts = [epochs, template, input].compactMap { $0 }
    return parts.isEmpty ? nil : parts.joined(separator: " · ")
  }

  /// A single value of the resolved spec.
  func setting(_ path: String...) -> String? {
    guard let root = SettingReader.read(trial.resolvedSpec) else { return nil }
    switch root.value(at: path) {
    case .text(let text): return text
    case .number(let number): return Int(exactly: number).map { "\($0)" } ?? "\(number)"
    default: return nil
    }
  }
}

/// Quantities as a page has them.
enum ReportUnits {
  /// `40 s`, `47 min`, `11.8 h`.
  static func duration(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "?" }
    if seconds < 90 { return ValueFormat.decimals(seconds, seconds < 10 ? 1 : 0) + " s" }
    if seconds < 90 * 60 { return ValueFormat.decimals(seconds / 60, 0) + " min" }
    return ValueFormat.decimals(seconds / 3600, 1) + " h"
  }

  static func percent(_ share: Double) -> String { ValueFormat.decimals(100 * share, 1) + " %" }
}
