import Foundation
import Tracking
import Trackers

/// Event files: every folder below that holds some is a run.
struct TensorBoardImport: ImportFormat {
  let name = "tensorboard"
  let about = "a folder of event files, as tensorboard --logdir takes it"
  let options: Set<ImportOption> = [.name, .series, .maximize, .minimize]

  func recognizes(_ source: String) -> Bool {
    if EventFolder.isEventFile((source as NSString).lastPathComponent) { return true }
    guard let folder = try? TrackerFolder(source) else { return false }
    return folder.filesBelow(depth: 6).contains { path in
      EventFolder.isEventFile((path as NSString).lastPathComponent)
    }
  }

  func read(_ source: String, _ options: ImportOptions) throws -> [RunContents] {
    try ImportedRuns("TensorBoard", from: source, options).contents(of: EventFolder.runs(source))
  }
}
