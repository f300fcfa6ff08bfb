import Foundation
import Tracking
import Trackers

/// The table of Neptune's exporter, turned from Parquet into comma-separated values.
struct NeptuneImport: ImportFormat {
  let name = "neptune"
  let about = "the table of neptune-exporter, turned into CSV"
  let options: Set<ImportOption> = [.name, .series, .maximize, .minimize]

  func recognizes(_ source: String) -> Bool {
    NeptuneTable.isOne(source) || NeptuneTable.isParquet(source)
  }

  func read(_ source: String, _ options: ImportOptions) throws -> [RunContents] {
    guard !NeptuneTable.isParquet(source) else {
      var isFolder: ObjCBool = false
      _ = FileManager.default.fileExists(atPath: source, isDirectory: &isFolder)
      let folder = isFolder.boolValue ? source : (source as NSString).deletingLastPathComponent
      throw Failure(
        .badInput,
        "error: \(source): it is Parquet, which this program does not read: convert it once with "
          + "\(NeptuneTable.conversion(of: folder.isEmpty ? "." : folder)), then experiments import "
          + "neptune.csv")
    }
    return try ImportedRuns("Neptune", from: source, options)
      .contents(of: NeptuneTable.runs(source))
  }
}
