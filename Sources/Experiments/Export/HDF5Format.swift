import Foundation
import Tracking

/// The checkpoint as the record has it: parameters, statistics, the state of the solver, and in an attribute
/// how images become the network's input.
struct HDF5Format: ExportFormat {
  let name = "hdf5"
  let about = "the checkpoint as it is recorded"
  let ending = ".h5"
  let options: Set<ExportOption> = [.checkpoint]

  func export(_ request: ExportRequest) throws -> ExportReport {
    try request.run.requireTrainedHere(to: "be exported as hdf5")
    let checkpoint = try TrainedRun.checkpoint(request.options.checkpoint, of: request.run)
    let data = try request.store.checkpointFile(checkpoint.name, of: request.run)
    try ExportedFile(request.file, data).write(to: request.file)
    var report = ExportReport(request, name)
    (report.checkpoint, report.step) = (checkpoint.name, checkpoint.evaluation.step)
    report.epoch = checkpoint.evaluation.epoch
    return report
  }
}
