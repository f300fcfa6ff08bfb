import Foundation
import Measurements
import Testing

@testable import Tracking

/// Records whose every text was written by somebody who wants to steer the terminal.
@Suite("Names that could steer a terminal")
struct HostileNamesTests {
  /// Clears the screen, sets the title, turns the direction of writing, ends the line.
  private static let nasty = "x\u{1B}[2J\u{1B}]0;owned\u{7}\u{202E}\u{9B}1m\ry"

  private func workplace(experiment: String) throws -> Workplace {
    let workplace = try Workplace()
    let store = FolderStore(root: workplace.folder.appendingPathComponent("results").path)
    for number in 1...2 { try record(number, of: experiment, in: store) }
    let ids = (1...2).map(Self.id)
    try store.recordPlan(ids, of: experiment)
    return workplace
  }

  private static func id(_ number: Int) -> String { "000000000000000\(number)" }

  private func record(_ number: Int, of experiment: String, in store: FolderStore) throws {
    let nasty = Self.nasty
    var trial = TrialRecord(
      experiment: experiment, number: number,
      hyperparameters: [Hyperparameter(path: nasty, text: nasty)], seed: UInt64(number),
      replicate: 0, point: number,
      objective: Objective(metric: "validation.mean_iou", maximize: true), writtenSpec: nasty,
      specName: nasty, overrides: [nasty], resolvedSpec: "{\"about\":\"\"}")
    trial.data = [DataFingerprint(name: nasty, samples: 1, sha256: nasty)]
    try store.prepare(trial, id: Self.id(number))
    let writer = try store.open(Self.id(number), experiment: experiment)
    if let log = try writer.prepareLog() {
      try Data((nasty + "\n").utf8).write(to: URL(fileURLWithPath: log))
    }
    try writer.beginAttempt(
      ProvenanceRecord(
        attempt: 1, startedAt: "2026-01-0\(number)T00:00:00Z" + nasty, host: nasty,
        build: .init(version: nasty, executable: nasty, compiler: nasty, configuration: nasty),
        machine: .init(
          processor: nasty, cores: 1, instructionSet: nasty, kernel: nasty, libc: nasty),
        threads: 1, libraries: [.init(name: nasty, version: nasty)], environment: [nasty: nasty],
        data: trial.data, algorithms: [nasty: nasty], gitCommit: nasty, resumedAfter: nil))
    let series = [
      SeriesDescription(
        "validation.mean_iou", title: "mean IoU" + nasty, unit: nasty, higherIsBetter: true,
        about: nasty),
      SeriesDescription(
        "validation.class.iou", title: "IoU", higherIsBetter: true, about: nasty,
        axes: [.classes(["a" + nasty, "b" + nasty])], summary: "validation.mean_iou"),
    ]
    var history = MetricHistory(series: series, tensorNames: [nasty])
    history.rows.append(
      MetricHistory.Row(
        EvaluationPoint(step: 1, epoch: 1), values: [.number(0.5), .numbers([0.25, 0.75])],
        tensorDigests: [1], attempt: 1))
    try writer.commit(history, checkpoint: nil, isBest: false, isLast: false)
    try writer.finish(
      ResultRecord(
        outcome: number == 1 ? .finished : .failed, cause: number == 1 ? nil : nasty,
        bestValue: nil, bestEvaluation: nil, evaluations: 1))
  }

  @Test(
    "nothing of a record steers the terminal, whatever command prints it", arguments: [false, true])
  func commands(inPlaces: Bool) throws {
    let experiment = inPlaces ? "x\u{1B}[2Jy" : "plain"
    let workplace = try workplace(experiment: experiment)
    let run = "\(experiment)/1"
    let commands = [
      ["ls"], ["ls", "--columns", "host,processor,commit,version,cause"], ["show", run],
      ["show", run, "--json"], ["show", "\(experiment)/2"], ["compare", experiment],
      ["compare", experiment, "--format", "csv"], ["diff", run, "\(experiment)/2"],
      ["verify"], ["verify", "--json"], ["logs", run], ["logs", run, "--attempt", "9"],
      ["watch", experiment, "--once", "--plain"], ["reproduce", run],
      ["predict", run, "x", "-o", "p"],
      ["evaluate", run], ["export", run, "--to", "onnx"], ["gc", "--weights"],
      ["tag", run, "--add", "t"], ["tag"], ["name", run, "n"], ["name", run], ["note", run, "n"],
      ["stop", run], ["plot", "curves", experiment, "--format", "terminal"], ["previews", run],
      ["pack", experiment, "-o", "p.zip"], ["unpack", "p.zip", "--results", "u"],
      ["rm", run], ["ls", "--trash"], ["restore", experiment],
      ["ls", experiment, "--where", "x == 1"],
    ]
    for command in commands {
      let transcript = try workplace.start(command).finish()
      for text in [transcript.output, transcript.errors] {
        let steering = text.unicodeScalars.filter { $0.isUnprintable && $0 != "\n" && $0 != "\r" }
        let isCSV = command.contains("csv")
        #expect(steering.isEmpty || isCSV, "\(command): \(Array(steering.prefix(3)))")
        #expect(isCSV || !text.contains("\r"), "\(command)")
        #expect(!text.contains("\u{1B}"), "\(command)")
      }
    }
  }
}
