import Foundation
import Tracking

/// Watches runs by their records alone: whoever trains them, here or elsewhere, hears nothing of it.
final class Watch {
  private let store: FolderStore
  private let selectors: [String]
  private let filter: ([RunRecord]) throws -> [RunRecord]
  private let style: Style
  private let isPlain: Bool
  private let cache: RunCache
  private var state = WatchState()
  private var snapshot = WatchSnapshot([])
  private var log: (id: String, attempt: Int, reader: LogReader, lines: [String])?
  private var images: (id: String, evaluations: Int, width: Int, lines: [String])?

  /// Seconds between two looks at the records.
  private static let interval = 1.0
  private static let keptLogLines = 500

  init(
    _ store: FolderStore, selectors: [String],
    filter: @escaping ([RunRecord]) throws -> [RunRecord],
    screen: WatchScreen,
    style: Style, isPlain: Bool
  ) {
    self.filter = filter
    (self.store, self.selectors) = (store, selectors)
    (self.style, self.isPlain) = (isPlain ? Style(isOn: false) : style, isPlain)
    cache = RunCache(store)
    state.screen = screen
  }

  // MARK: - The ways to watch

  /// On the whole terminal, until a person quits.
  func run(on session: TerminalSession) throws {
    defer { session.leave() }
    try look()
    var lastLook = ContinuousClock.now
    while !state.isOver {
      let (columns, rows) = session.size
      session.draw(frame(columns: columns, rows: rows).lines)
      switch session.wait(milliseconds: 250) {
      case .key(let key): state.press(key, snapshot)
      case .end(.interrupt): state.isOver = true
      case .end(.other(let number)):
        session.leave()
        TerminalSession.die(of: number)
      case .closed: return
      case .redraw, .timeout: break
      }
      if ContinuousClock.now - lastLook >= .seconds(Self.interval) {
        lastLook = .now
        do { try look() } catch { snapshot.problem = "\(error)" }
      }
    }
    // What was seen last stays among what the terminal shows.
    let (columns, _) = session.size
    session.leave()
    state.screen = .sweep
    state.showsHelp = false
    print(frame(columns: columns, rows: nil).ending.joined(separator: "\n"))
  }

  /// One frame, for logs, tests and screen readers.
  ///
  /// - Parameter columns: `nil` for no limit.
  func once(columns: Int?) throws -> String {
    try look()
    // Without a limit lines are as long as the widest table.
    return frame(columns: columns ?? 200, rows: nil).lines.joined(separator: "\n")
  }

  /// A line for each evaluation and each end, until no run is trained any more.
  func follow(_ say: (String) -> Void) throws {
    var seen: [String: (rows: Int, status: RunStatus)] = [:]
    while true {
      try look()
      for run in snapshot.runs {
        let rows = run.history?.rows.count ?? 0
        let before = seen[run.id]
        seen[run.id] = (rows, run.status)
        guard before?.rows != rows || before?.status != run.status else { continue }
        say(line(run))
      }
      guard !snapshot.running.isEmpty else { return }
      usleep(UInt32(Self.interval * 1e6))
    }
  }

  private func line(_ run: RunRecord) -> String {
    let series = run.history?.column(run.trial.objective.metric)?.series
    let last = run.history?.values(of: run.trial.objective.metric)?.last
    let value = series.flatMap { series in last.map { "\(series.title) \(series.text(of: $0))" } }
    let cause = if case .failed(let cause) = run.status { cause } else { String?.none }
    return [run.name, run.status.word, "epoch \(run.epochsProgress)", value, cause]
      .compactMap(\.self).joined(separator: ", ").printable
  }

  // MARK: - Looking

  /// Reads what has changed in the records.
  private func look() throws {
    let catalogue = try cache.catalogue()
    guard !catalogue.runs.isEmpty || selectors.isEmpty else {
      throw Failure(.nothingMatched, "error: nothing has been recorded in \(store.root) yet")
    }
    let runs: [RunRecord]
    var planned: [String: Int] = [:]
    if selectors.isEmpty {
      // The sweep that was begun last.
      let last = try? Selector.last.select(from: catalogue.runs).first
      let name = last?.experiment ?? catalogue.runs.first?.experiment
      runs = catalogue.runs.filter { $0.experiment == name && !$0.isSuperseded }
      if let name { planned[name] = store.plannedTrials(of: name) }
    } else {
      runs = try Selector.select(selectors, from: catalogue.runs)
      for name in selectors where catalogue.runs.contains(where: { $0.experiment == name }) {
        planned[name] = store.plannedTrials(of: name)
      }
    }
    var system: [String: SystemHistory] = [:]
    for run in runs where run.status == .running || isLookedAt(run) {
      system[run.id] = store.systemHistories(of: run).last
    }
    snapshot = WatchSnapshot(try filter(runs), planned: planned, system: system)
  }

  private func isLookedAt(_ run: RunRecord) -> Bool {
    state.screen == .run && snapshot.selected(state)?.run(state.seed)?.id == run.id
  }

  private func frame(columns: Int, rows: Int?) -> WatchFrame {
    WatchFrame(
      snapshot: snapshot, state: state, columns: columns, rows: rows, style: style,
      isPlain: isPlain, details: details(columns))
  }

  /// The log and the previews of the run that is looked at, read again where they have changed.
  private func details(_ columns: Int) -> WatchDetails {
    var details = WatchDetails()
    guard state.screen == .run, let run = snapshot.selected(state)?.run(state.seed) else {
      return details
    }
    details.log = logLines(of: run)
    if state.showsImages { details.images = imageLines(of: run, columns) }
    return details
  }

  private func logLines(of run: RunRecord) -> [String] {
    guard let attempt = store.attempts(of: run).last else { return [] }
    if log?.id != run.id || log?.attempt != attempt {
      log = (run.id, attempt, LogReader(store: store, run: run, attempt: attempt), [])
    }
    guard var current = log else { return [] }
    current.lines = Array((current.lines + current.reader.lines()).suffix(Self.keptLogLines))
    log = current
    return current.lines
  }

  private func imageLines(of run: RunRecord, _ columns: Int) -> [String] {
    guard style.isOn else { return ["images need a terminal with colours"] }
    let evaluations = run.history?.rows.count ?? 0
    if let images, images.id == run.id, images.evaluations == evaluations, images.width == columns {
      return images.lines
    }
    let lines: [String]
    do {
      let previews = try RecordedPreviews(run, store: store, evaluations: 1)
      lines = previews.images.text(width: columns - 1, style: style).split(separator: "\n")
        .map(String.init)
    } catch {
      lines = ["\(error)".replacing("\n", with: " ").printable]
    }
    images = (run.id, evaluations, columns, lines)
    return lines
  }
}
