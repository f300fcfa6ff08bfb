import ArgumentParser
import Foundation
import Tracking

/// Makes one file of runs, to hand to somebody.
struct PackCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pack",
    abstract: "Make one file of whole runs, to keep or to hand to somebody.",
    discussion: """
      experiments pack camvid/3
      experiments pack @best:camvid -o best.runs.zip
      experiments pack camvid --where 'tag == paper' -o paper.runs.zip

      The file is a zip archive that any tool opens, with a manifest of digests and every file of the \
      runs as it is: weights, metric values, previews, tests, labels, logs. Runs that are damaged or \
      trained now are refused. Equal runs are equal bytes. experiments unpack takes them among its \
      records. The data that was trained on is not in it.
      """)

  @Argument(
    help: "The runs: ids, experiments, experiment/3-7, tag:NAME, @last, @best:experiment.",
    completion: .runs)
  var selectors: [String]

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "The file to write; default: EXPERIMENT-NUMBER.runs.zip, or EXPERIMENT.runs.zip of several.",
      valueName: "file"),
    completion: .file())
  var output: String?

  @Flag(help: "Replace a file that is there.")
  var force = false

  @OptionGroup var filter: FilterOption
  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard !selectors.isEmpty else { throw ValidationError("name the runs to pack") }
  }

  func run() throws {
    let runs = try results.runs(selectors, filter)
    let path = output ?? Self.name(of: runs)
    guard force || !FileManager.default.fileExists(atPath: path) else {
      throw Failure(
        .usage, "error: \(path) is there already: name another file with -o, or add --force")
    }
    var progress = ApplicationProgress(Screen.standardError(), label: "pack")
    let pack: RunPack
    do {
      pack = try RunPack(runs, of: results.store) {
        progress.show("reading", done: $0, of: runs.count, "run")
      }
    } catch let error as PackRefused {
      progress.finish()
      throw Failure(
        .damagedStore,
        (error.reasons.map { "error: \($0)" } + [
          "nothing was packed; experiments verify says what is damaged and what helps"
        ]).joined(separator: "\n"))
    }
    try WrittenFile.write(to: path) { write in
      try pack.write(write) { done in
        progress.show("writing", done: done, of: pack.fileCount, "file")
      }
    }
    progress.finish()
    let report = PackReport(
      file: path, runs: runs.map { .init(run: $0.name, id: $0.id, outcome: "packed") },
      files: pack.fileCount, bytes: pack.bytes)
    print(try json ? JSONOutput.text(report) : report.packed)
  }

  private static func name(of runs: [RunRecord]) -> String {
    let experiments = Set(runs.map(\.experiment))
    let name =
      runs.count == 1
      ? "\(runs[0].experiment)-\(runs[0].number)"
      : experiments.count == 1 ? runs[0].experiment : "experiments"
    return name + ".runs.zip"
  }
}

/// What became of the runs of a packed file.
struct PackReport: Encodable {
  let file: String
  var runs: [Run]
  let files: Int
  let bytes: Int

  struct Run: Encodable {
    /// As commands name it.
    let run: String
    let id: String
    /// `packed`, `added` or `there already`.
    let outcome: String
  }

  /// `camvid-3.runs.zip: 1 run, 9 files, 12.3 MB`
  var packed: String {
    "\(file): \(Units.count(runs.count, "run")), \(Units.count(files, "file")), \(Units.bytes(bytes))"
      .printable
  }

  /// A line for each run.
  var unpacked: String {
    runs.map { "\($0.run)  \($0.id)  \($0.outcome)".printable }.joined(separator: "\n")
  }
}
