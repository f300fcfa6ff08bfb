import Foundation
internal import Measurements
internal import Tracking

/// The page that a server shows: made anew whenever the records have changed, however they were changed.
///
/// The files of the store are the only source: nothing is asked of the processes that train.
final class Dashboard: @unchecked Sendable {
  private let maker: ReportMaker
  private let log: EventLog
  private let lock = NSLock()
  // Touched only while `lock` is held.
  private var page: [UInt8] = []
  private var table: [UInt8] = []
  private var isEnded = false
  // Touched by the watching thread alone, and before it begins.
  private var stamp: StoreStamp?
  private var seen: [String: SeenRun] = [:]

  /// - Throws: where no page can be made to begin with.
  init(_ maker: ReportMaker, log: EventLog) throws {
    (self.maker, self.log) = (maker, log)
    // The stamp is older than what is read: a change in between is seen the next time.
    let stamp = try maker.store.stamp()
    try show(maker.source())
    self.stamp = stamp
  }

  /// What is at a place of the server; `nil` where nothing is.
  func content(_ request: HTTPRequest) -> HTTPResponse? {
    switch request.path {
    case "/": HTTPResponse(.ok, .html, lock.withLock { page })
    case "/api/compare": HTTPResponse(.ok, .json, lock.withLock { table })
    case ReportPage.stylePath: HTTPResponse(.ok, .css, Array(ReportStyle.standard.text.utf8))
    case ReportPage.scriptPath: HTTPResponse(.ok, .script, Array(ReportScript.standard.text.utf8))
    default: nil
    }
  }

  /// Looks at the records every second until ``end()``.
  func watch() {
    while !lock.withLock({ isEnded }) {
      usleep(1_000_000)
      update()
    }
  }

  func end() { lock.withLock { isEnded = true } }

  /// Looks once, and tells the pages what has happened.
  func update() {
    do {
      let now = try maker.store.stamp()
      guard now != stamp else { return }
      try show(maker.source())
      stamp = now
    } catch {
      // A store that cannot be read at this moment may be back in the next one.
      log.post(.status, Self.json("", "the records cannot be read: \(error)"))
    }
  }

  private func show(_ source: ReportSource) throws {
    let page = Array(ReportPage(Report(source), .live).text.utf8)
    let table = Array(JSONTable().text(of: source.comparison).utf8)
    lock.withLock { (self.page, self.table) = (page, table) }
    let runs = Dictionary(
      source.runs.map { ("\($0.experiment)/\($0.id)", SeenRun($0)) }, uniquingKeysWith: { $1 })
    if stamp != nil {
      for event in SeenRun.events(from: seen, to: runs) {
        log.post(event.kind, Self.json(event.name, event.text))
      }
      log.post(.page, Self.json("", "the page has changed"))
    }
    seen = runs
  }

  /// On one line, as events have to be.
  private static func json(_ run: String, _ text: String) -> String {
    "{\"run\": \(JSONText.quoted(run)), \"text\": \(JSONText.quoted(text))}"
  }
}

/// What pages are told of a run: how far it was when it was looked at.
private struct SeenRun: Equatable {
  let name: String
  let status: RunStatus
  let evaluations: Int
  /// `epoch 14, mean IoU 0.5512`.
  let progress: String

  init(_ run: RunRecord) {
    (name, status) = (run.name, run.status)
    evaluations = run.history?.rows.count ?? 0
    guard let history = run.history, let row = history.rows.last else {
      progress = "begins"
      return
    }
    let column = history.column(run.trial.objective.metric)
    let value = column.flatMap { column in
      history.values(of: column)?.last.map {
        ", \(column.header) \(column.series.format.text($0))"
      }
    }
    progress = "epoch \(row.point.epochText)\(value ?? "")"
  }

  static func events(
    from old: [String: SeenRun], to new: [String: SeenRun]
  ) -> [(kind: EventLog.Kind, name: String, text: String)] {
    var events: [(kind: EventLog.Kind, name: String, text: String)] = []
    for key in Set(old.keys).union(new.keys).sorted() {
      guard let now = new[key] else {
        if let before = old[key] { events.append((.run, before.name, "\(before.name): removed")) }
        continue
      }
      guard let before = old[key] else {
        events.append((.run, now.name, "\(now.name): \(now.status.word)"))
        continue
      }
      if now.evaluations != before.evaluations {
        events.append((.epoch, now.name, "\(now.name): \(now.progress)"))
      }
      if now.status != before.status {
        events.append((.status, now.name, "\(now.name): \(now.status.word)"))
      }
    }
    return events
  }
}
