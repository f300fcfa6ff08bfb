internal import Foundation

/// When each attempt ran, on which worker.
package struct SweepTimeline: Chart {
  package let name = "timeline"
  package let about = "when each attempt ran, a lane for each worker"

  package init() {}

  package func figure(of input: ChartInput) -> Figure {
    let title = "When trials ran"
    let attempts = TimedAttempt.all(of: input.runs)
    guard let start = attempts.map(\.start).min(), let end = attempts.map(\.end).max() else {
      return Figure(title: title, absence: "No attempt at these runs has recorded when it began.")
    }
    let points = ChartPoints(input)
    let lanes = TimelineLanes(attempts)
    let unit =
      end - start > 7200 ? ("hours", 3600.0) : end - start > 180 ? ("minutes", 60) : ("seconds", 1)
    func place(_ time: Double) -> Double { (time - start) / unit.1 }
    let byRun = Dictionary(
      points.points.flatMap { point in point.runs.map { ($0.place, point) } }
    ) { one, _ in one }
    var marks: [PlotMark] = []
    let waits = lanes.waits(between: attempts)
    for (from, to) in waits {
      marks.append(
        .line(
          LineMark(
            [
              PlotPoint(place(attempts[from].end), Double(lanes.laneOfAttempt[from])),
              PlotPoint(place(attempts[to].start), Double(lanes.laneOfAttempt[to])),
            ], Stroke(.rule, width: 1.2))))
    }
    for (attempt, lane) in zip(attempts, lanes.laneOfAttempt) {
      let y = Double(lane)
      let series = byRun[attempt.run.place].map { points.colour(of: $0) } ?? 0
      let range = place(attempt.start)...max(place(attempt.end), place(attempt.start))
      marks.append(
        .rectangle(
          RectangleMark(
            x: range, y: y - 0.36...y + 0.36, .seriesText(series),
            outline: attempt.run.hasFailed ? .warning : nil,
            inset: 0.5,
            lines: ["\(attempt.run.number)"], textInk: .paper, key: attempt.run.id,
            tip:
              "\(attempt.run.name), attempt \(attempt.number): \(TimeText.of(attempt.end - attempt.start))"
          )))
    }
    let failed = Set(attempts.filter(\.run.hasFailed).map(\.run.name)).count
    return Figure(
      title: title,
      description:
        "\(attempts.count) attempts in \(lanes.names.count) lanes, over \(TimeText.of(end - start)).",
      caption: "Number: trial. "
        + (points.colouring.map { "Colour: \($0.name). " } ?? "")
        + "Lengths are the time of training and evaluation that was recorded; lanes hold attempts that do not "
        + "overlap."
        + (waits.isEmpty
          ? "" : " Thin lines: from the end of an attempt to the one that went on from it.")
        + (failed > 0 ? " Outlined: \(failed) runs that failed." : ""),
      rows: [
        Figure.Row(
          height: 36 * Double(lanes.names.count),
          [
            Panel(
              x: Axis("\(unit.0) from the first start", .linear(0...max(place(end), 0.001))),
              y: Axis("", .band(lanes.names)), marks: marks)
          ])
      ],
      legend: points.colouring.map { colouring in
        colouring.levels.indices.map {
          .init(colouring.label(ofLevel: $0), .patch(.series($0)))
        }
      } ?? [],
      table: FigureTable(
        columns: ["run", "attempt", "host", "started", "seconds"],
        rows: attempts.map { attempt in
          [
            .text(attempt.run.name), .count(attempt.number), .text(attempt.host),
            .text(attempt.startedAt), .value(attempt.end - attempt.start, decimals: 1),
          ]
        }))
  }
}

/// An attempt at a run with its times, in seconds.
struct TimedAttempt {
  let run: RunRecord
  let number: Int
  let host: String
  let startedAt: String
  let start: Double
  let end: Double

  /// Those that say when they began, by their beginnings.
  static func all(of runs: [RunRecord]) -> [TimedAttempt] {
    let format = Date.ISO8601FormatStyle()
    return runs.flatMap { run in
      run.attempts.compactMap { attempt -> TimedAttempt? in
        guard let start = try? format.parse(attempt.startedAt).timeIntervalSince1970 else {
          return nil
        }
        let rows = run.history?.rows.filter { $0.attempt == attempt.attempt } ?? []
        let seconds = rows.reduce(0) { $0 + (run.history?.seconds(of: $1) ?? 0) }
        return TimedAttempt(
          run: run, number: attempt.attempt, host: attempt.host, startedAt: attempt.startedAt,
          start: start, end: start + seconds)
      }
    }.sorted { ($0.start, $0.run.place, $0.number) < ($1.start, $1.run.place, $1.number) }
  }
}

/// Which attempts ran one after the other.
struct TimelineLanes {
  private(set) var names: [String] = []
  private(set) var laneOfAttempt: [Int] = []

  /// - Parameter attempts: by their beginnings.
  init(_ attempts: [TimedAttempt]) {
    var lanes: [(host: String, end: Double)] = []
    for attempt in attempts {
      // Times of starting are whole seconds.
      let free = lanes.firstIndex { $0.host == attempt.host && $0.end <= attempt.start + 1 }
      if let free {
        lanes[free].end = attempt.end
        laneOfAttempt.append(free)
      } else {
        lanes.append((attempt.host, attempt.end))
        laneOfAttempt.append(lanes.count - 1)
      }
    }
    let hosts = Set(lanes.map(\.host)).count
    names = lanes.enumerated().map { index, lane in
      hosts > 1 ? "\(lane.host) \(index + 1)" : "worker \(index + 1)"
    }
  }

  /// The places of the attempts at one run that follow each other.
  func waits(between attempts: [TimedAttempt]) -> [(from: Int, to: Int)] {
    var latest: [RunPlace: Int] = [:]
    var waits: [(from: Int, to: Int)] = []
    for (index, attempt) in attempts.enumerated() {
      if let before = latest[attempt.run.place], attempts[before].end < attempt.start {
        waits.append((before, index))
      }
      latest[attempt.run.place] = index
    }
    return waits
  }
}
