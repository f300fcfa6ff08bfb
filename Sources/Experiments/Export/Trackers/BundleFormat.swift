import Foundation
import Tracking

/// Runs with everything that is recorded of them in one HDF5 file, which `import` reads back.
struct BundleFormat: ExportFormat {
  let name = "bundle"
  let about = "whole records in one HDF5 file, which import reads"
  let ending = ".bundle.h5"
  let options: Set<ExportOption> = [.weights]
  let takesSeveral = true

  func export(_ request: ExportRequest) throws -> ExportReport {
    let bytes = try RunBundle.encode(
      request.runs, of: request.store, weights: request.options.weights,
      program: "\(ExportedRun.program.name) \(ExportedRun.program.version)")
    let count = request.runs.count
    try ExportedFile(request.file, bytes) { path in
      let read = try RunBundle.decode(Data(contentsOf: URL(fileURLWithPath: path)))
      return read.count == count ? [] : ["it holds \(read.count) runs, not \(count)"]
    }.write(to: request.file)
    var report = ExportReport(request, name)
    report.runs = request.runs.map(\.name)
    report.next = "experiments import \(ShellWord.quoted(request.file))"
    return report
  }
}
