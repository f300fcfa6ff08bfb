import Foundation
import Tracking
import Trackers

/// A folder for `tensorboard --logdir`: a folder of events for each run, and in the root what makes the
/// table of hyperparameters.
///
/// Scalars are 32-bit floats there, whatever they were.
struct TensorBoardFormat: ExportFormat {
  let name = "tensorboard"
  let about = "a folder of event files: curves, histograms, previews"
  let ending = ".tensorboard"
  let options: Set<ExportOption> = []
  let takesSeveral = true

  func export(_ request: ExportRequest) throws -> ExportReport {
    let measured = try request.measuredRuns()
    let paths = measured.sweptPaths
    var files: [String] = []
    try ExportedFolder.write(
      to: request.file, replaces: request.replaces, isOwn: { EventFolder.isEventFile($0) }
    ) { folder in
      func write(_ events: [Event], _ place: String, _ run: TensorBoardRun) throws {
        let target = folder.appendingPathComponent(place)
        try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
        var bytes = Data()
        for event in [run.firstEvent] + events { bytes.append(contentsOf: event.bytes) }
        let name = target.appendingPathComponent(run.fileName).path
        try ExportedFile(run.fileName, bytes).write(to: name, isInNewFolder: true)
        files.append(place.isEmpty ? run.fileName : "\(place)/\(run.fileName)")
      }
      let runs = measured.map { TensorBoardRun($0, sweptPaths: paths) }
      if let first = runs.first, !paths.isEmpty {
        try write([TensorBoardRun.table(of: runs, paths)], "", first)
      }
      for run in runs {
        let previews = try RecordedPreviews.drawn(run.measured.run, store: request.store)
        try write(run.events(previews: previews), run.measured.name, run)
      }
    }
    var report = ExportReport(request, name, measured)
    report.files = files
    report.leaveOut(measured)
    report.next = "tensorboard --logdir \(ShellWord.quoted(request.file))"
    return report
  }
}

extension RecordedPreviews {
  /// The previews of a run, drawn; `nil` where it has none.
  static func drawn(_ run: RunRecord, store: FolderStore) throws -> RecordedPreviews? {
    guard try store.previews(of: run)?.evaluations.isEmpty == false else { return nil }
    return try RecordedPreviews(run, store: store, evaluations: .max)
  }
}
