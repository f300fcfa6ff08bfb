internal import ModelFiles

/// The network with its weights, as ONNX Runtime, OpenCV and others run it.
struct ONNXFormat: ExportFormat {
  let name = "onnx"
  let about = "the network with its weights, for ONNX Runtime, OpenCV, …"
  let ending = ".onnx"
  let options: Set<ExportOption> = [
    .checkpoint, .output, .normalize, .values, .size, .fixedSize, .keepNorms,
  ]

  func export(_ request: ExportRequest) throws -> ExportReport {
    let subject = try request.subject(needsSize: true)
    let model = try ExportedModel(
      subject, modelOptions(request.options, of: subject), isOfFixedSize: request.options.fixedSize)
    try model.file(named: request.file).write(to: request.file)
    var report = ExportReport(request, name, subject)
    report.take(model, of: subject)
    return report
  }

  private func modelOptions(
    _ given: ExportOptions, of subject: ExportedRun
  ) throws -> ModelOptions {
    var options = ModelOptions()
    options.output = given.output ?? .logits
    options.classesExclude = subject.classesExclude
    options.foldsNorms = !given.keepNorms
    if given.normalize {
      options.normalization = try subject.normalization(of: given.values ?? .image)
    }
    return options
  }
}
