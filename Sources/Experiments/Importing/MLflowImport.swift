import Foundation
import Tracking
import Trackers

/// A folder `mlruns`, or a server that is running. What lies in a database is read through the server: its
/// tables change with the releases, and what a server answers does not.
struct MLflowImport: ImportFormat {
  let name = "mlflow"
  let about = "a folder mlruns, or the address of a running server"
  let options: Set<ImportOption> = [.name, .series, .maximize, .minimize]

  func recognizes(_ source: String) -> Bool {
    source.hasPrefix("http://") || source.hasPrefix("https://") || MLflowFolder.isOne(source)
      || Self.isDatabase(source)
  }

  func read(_ source: String, _ options: ImportOptions) throws -> [RunContents] {
    let runs = ImportedRuns("MLflow", from: source, options)
    guard source.contains("://") else {
      guard !Self.isDatabase(source) else {
        throw Failure(
          .badInput,
          "error: \(source) is a database of SQLite: start mlflow server --backend-store-uri "
            + "\(ShellWord.quoted("sqlite:///\(source)")) --port 5000, then experiments import "
            + "http://127.0.0.1:5000 --from mlflow")
      }
      return try runs.contents(of: MLflowFolder.runs(source))
    }
    let server = MLflowServer(
      try HTTPAddress(source), environment: ProcessInfo.processInfo.environment)
    return try runs.contents(of: server.runs(ofExperiment: nil))
  }

  private static func isDatabase(_ path: String) -> Bool {
    guard !path.contains("://"), let file = try? ByteSource(path: path) else { return false }
    return (try? file.read(16)) == Array("SQLite format 3\0".utf8)
  }
}
