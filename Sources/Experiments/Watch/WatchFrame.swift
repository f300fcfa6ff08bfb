import Foundation
import Measurements
import Tracking

/// What the terminal shows at one time: lines of no more columns than it has.
struct WatchFrame {
  let snapshot: WatchSnapshot
  let state: WatchState
  let columns: Int
  /// `nil` where everything is to be shown, however long it is.
  let rows: Int?
  let style: Style
  /// True where neither box characters nor braille nor colours are to be used.
  var isPlain = false
  /// What is read for the run that is looked at.
  var details = WatchDetails()

  /// Smaller than this there is one line that says how it goes.
  static let least = (columns: 40, rows: 10)

  var lines: [String] {
    if columns < Self.least.columns || (rows ?? .max) < Self.least.rows { return [cut(summary)] }
    if state.showsHelp { return fitted(head + help) }
    let body =
      switch state.screen {
      case .sweep: SweepScreen(frame: self).lines(bodyRows)
      case .run: RunScreen(frame: self).lines(bodyRows)
      case .workers: WorkersScreen(frame: self).lines(bodyRows)
      }
    return fitted(head + body)
  }

  /// What stays in the terminal when nobody watches any more: the table without charts.
  var ending: [String] { head + SweepScreen(frame: self).tableLines }

  /// Lines between the head and the foot.
  private var bodyRows: Int? { rows.map { $0 - head.count - 1 } }

  /// The lines, with the foot in the last one.
  private func fitted(_ lines: [String]) -> [String] {
    guard let rows else { return lines }
    let shown = Array(lines.prefix(rows - 1))
    return shown + Array(repeating: "", count: rows - 1 - shown.count) + [foot]
  }

  // MARK: - Parts that every screen has

  private var head: [String] {
    let names = snapshot.experiments.joined(separator: ", ").printable
    let title = names.isEmpty ? "no runs" : names
    let sorted = state.sort == .number ? "" : "\(dot)by \(state.sort.rawValue)"
    let filtered =
      state.isTyping
      ? "\(dot)/\(state.filter.printable)_"
      : state.filter.isEmpty ? "" : "\(dot)/\(state.filter.printable)"
    let line = cut(title + dot + state.screen.rawValue + sorted + filtered)
    var lines = [style.bold(line)]
    if let problem = snapshot.problem {
      lines.append(style.red(cut("error: \(problem.printable)")))
    }
    return lines + [cut(summary)]
  }

  /// `12 finished · 2 running · 13 waiting · about 4 min left`
  var summary: String {
    var parts = snapshot.counts.map { "\(Units.count($0.count)) \($0.word)" }
    if parts.isEmpty { parts = ["nothing is recorded yet"] }
    if let left = snapshot.secondsLeft { parts.append("about \(Units.duration(left)) left") }
    let text = parts.joined(separator: dot)
    guard columns >= 60, !isPlain, snapshot.trials > 0 else { return text }
    let done = snapshot.runs.reduce(0) { $0 + $1.fraction } / Double(snapshot.trials)
    let room = min(24, columns - TextWidth.of(text) - 6)
    return room < 8 ? text : text + "  " + Self.bar(done, width: room)
  }

  /// What keys do, as far as there is room; help and quit in any case.
  private var foot: String {
    guard !state.isTyping else { return style.dim(cut("type words · enter keep · esc clear")) }
    var keys =
      switch state.screen {
      case .sweep:
        [
          "↑↓ move", "enter run", "space mark", "/ filter", "s sort", "m metric", "y log axis",
          "e smooth", "v values", "1 2 3 screens",
        ]
      case .run:
        [
          "esc back", "←→ seed", "i images", "l log", "m metric", "v values", "y log axis",
          "e smooth",
        ]
      case .workers: ["↑↓ move", "enter run", "1 sweep"]
      }
    let always = ["? help", "q quit"]
    func text() -> String { (keys + always).joined(separator: dot) }
    while !keys.isEmpty, TextWidth.of(text()) > width { keys.removeLast() }
    return style.dim(cut(text()))
  }

  private var help: [String] {
    let bindings = KeyBinding.all
    let isWide = columns >= 76
    let half = isWide ? (bindings.count + 1) / 2 : bindings.count
    func entry(_ index: Int) -> String {
      guard bindings.indices.contains(index) else { return "" }
      let label = bindings[index].label
      return "  " + label + String(repeating: " ", count: max(1, 7 - TextWidth.of(label)))
        + bindings[index].about
    }
    return [""]
      + (0..<half).map { row in
        guard isWide else { return cut(entry(row)) }
        let left = entry(row)
        return cut(
          left + String(repeating: " ", count: max(1, 38 - TextWidth.of(left))) + entry(row + half))
      } + ["", cut("any key goes back")]
  }

  // MARK: - For the screens

  var dot: String { isPlain ? ", " : " · " }

  /// One column is left free: some terminals begin a new line when the last is written.
  var width: Int { columns - 1 }

  func cut(_ text: String) -> String { TextWidth.shortened(text, to: width) }

  /// `▕██████▌     ▏`
  static func bar(_ fraction: Double, width: Int) -> String {
    let eighths = Int((max(0, min(1, fraction)) * Double(8 * (width - 2))).rounded(.down))
    let partial = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"][eighths % 8]
    let filled = String(repeating: "█", count: eighths / 8) + partial
    return "▕" + filled + String(repeating: " ", count: width - 2 - filled.count) + "▏"
  }

  /// Pieces side by side, two columns apart, each of lines of one width.
  static func beside(_ left: [String], _ right: [String]) -> [String] {
    (0..<max(left.count, right.count)).map { row in
      (left.indices.contains(row) ? left[row] : "")
        + (right.indices.contains(row) ? "  " + right[row] : "")
    }
  }
}

/// What of a run is read for its own screen alone.
struct WatchDetails {
  var log: [String] = []
  /// Lines of half blocks in 24-bit colours, or words where there are none.
  var images: [String] = []
}
