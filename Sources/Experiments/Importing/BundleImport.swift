import Foundation
import Tracking
import Trackers

/// Runs that `export --to bundle` wrote: they come back as the records that they were.
struct BundleImport: ImportFormat {
  let name = "bundle"
  let about = "a file that export --to bundle wrote: the records as they were"
  let options: Set<ImportOption> = [.name]

  func recognizes(_ source: String) -> Bool {
    guard let file = try? ByteSource(path: source), let start = try? file.read(8) else {
      return false
    }
    return RunBundle.isOne(start)
  }

  func read(_ source: String, _ options: ImportOptions) throws -> [RunContents] {
    let file = try ByteSource(path: source)
    guard file.count <= RunBundle.limit else {
      throw Failure(
        .badInput,
        "error: \(source) has \(file.count) bytes: export fewer runs, or without --weights")
    }
    guard try file.read(8).map(RunBundle.isOne) == true else {
      throw Failure(
        .badInput,
        "error: \(source) is no HDF5 file: name one that experiments export --to bundle wrote")
    }
    let contents = try RunBundle.decode(
      Data(contentsOf: URL(fileURLWithPath: source)), path: source)
    guard let name = options.name else { return contents }
    return contents.map { run in
      var run = run
      run.trial.experiment = name
      return run
    }
  }
}
