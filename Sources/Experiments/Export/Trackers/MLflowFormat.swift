internal import Digest
import Foundation
import Tracking
import Trackers

/// Runs for MLflow: a folder in the layout of its file store, or straight to a server that is running.
struct MLflowFormat: ExportFormat {
  let name = "mlflow"
  let about = "a folder that MLflow takes over, or with --url a running server"
  let ending = ".mlruns"
  let options: Set<ExportOption> = [.url, .weights]
  let takesSeveral = true

  func export(_ request: ExportRequest) throws -> ExportReport {
    let measured = try request.measuredRuns()
    if let url = request.options.url { return try send(measured, request, to: url) }
    var files: [String] = []
    let root = URL(fileURLWithPath: request.file).standardizedFileURL.path
    try ExportedFolder.write(
      to: request.file, replaces: request.replaces, isOwn: MLflowFolder.isOwn
    ) { folder in
      func write(_ path: String, _ bytes: Data) throws {
        let target = folder.appendingPathComponent(path)
        try FileManager.default.createDirectory(
          at: target.deletingLastPathComponent(), withIntermediateDirectories: true)
        try ExportedFile(path, bytes).write(to: target.path, isInNewFolder: true)
        files.append(path)
      }
      var experiments: Set<String> = []
      for run in measured {
        let written = MLflowRun(run)
        if experiments.insert(written.experiment).inserted {
          let file = MLflowFolder.experimentFile(
            written.experiment, createdAt: written.startTime, root: root)
          try write(file.path, Data(file.text.utf8))
        }
        for file in MLflowFolder.files(of: written, root: root) {
          try write(file.path, Data(file.text.utf8))
        }
        for artifact in try run.artifacts(request) {
          try write(
            "\(MLflowFolder.folder(of: written))/artifacts/\(artifact.path)", artifact.bytes)
        }
      }
    }
    var report = ExportReport(request, name, measured)
    report.files = ["\(files.count) files"]
    report.next =
      "mlflow migrate-filestore --source \(ShellWord.quoted(request.file)) --target "
      + "sqlite:///mlflow.db, or MLFLOW_ALLOW_FILE_STORE=true mlflow ui --backend-store-uri "
      + ShellWord.quoted(request.file)
    return report
  }

  private func send(
    _ measured: [MeasuredRun], _ request: ExportRequest, to url: String
  ) throws -> ExportReport {
    let server = MLflowServer(
      try HTTPAddress(url), environment: ProcessInfo.processInfo.environment)
    let screen = Screen.standardError()
    var report = ExportReport(request, name, measured)
    var (wereThere, leftOut): (Int, [String]) = (0, [])
    for run in measured {
      let sent = MLflowRun(run)
      let receipt = try server.send(
        sent, source: run.run.id, digest: run.digest(weights: request.options.weights)
      ) {
        try run.artifacts(request).map { MLflowServer.Artifact($0.path, $0.bytes) }
      }
      if receipt.wasThere { wereThere += 1 }
      if let sentence = receipt.artifactsLeftOut, !leftOut.contains(sentence) {
        leftOut.append(sentence)
      }
      screen.print(
        "\(run.name.printable) \(receipt.wasThere ? "is there already" : "is sent"), "
          + "\(server.address)/#/experiments/\(receipt.experiment)/runs/\(receipt.id)")
    }
    report.address = "server"
    report.leftOut = leftOut.isEmpty ? nil : leftOut
    if wereThere > 0 { report.next = "nothing: \(wereThere) of them were there already" }
    return report
  }
}

extension MeasuredRun {
  /// Differs where what is sent of the run differs.
  fileprivate func digest(weights: Bool) -> String {
    var hash = SHA256()
    hash.update("\(history.contentDigest) \(run.status.word) \(run.tests.count) \(weights)")
    for checkpoint in weights ? run.checkpoints : [] { hash.update(checkpoint.sha256) }
    return hash.finalize()
  }

  /// The spec, everything that is measured, the previews, and the checkpoints where they are asked for.
  fileprivate func artifacts(_ request: ExportRequest) throws -> [(path: String, bytes: Data)] {
    var artifacts: [(path: String, bytes: Data)] = []
    if !run.trial.writtenSpec.isEmpty {
      artifacts.append(("spec.yaml", Data(run.trial.writtenSpec.utf8)))
    }
    artifacts.append(("run.json", Data(try JSONOutput.text(RunDescription(run)).utf8)))
    if let previews = try RecordedPreviews.drawn(run, store: request.store) {
      artifacts += try previews.lastPredictions()
    }
    for checkpoint in request.options.weights ? run.checkpoints : [] {
      artifacts.append(
        (
          "checkpoints/\(checkpoint.name).h5",
          try request.store.checkpointFile(checkpoint.name, of: run)
        ))
    }
    return artifacts
  }
}
