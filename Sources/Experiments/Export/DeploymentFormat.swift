internal import Datasets
import Foundation
internal import ModelFiles

/// A folder with all that a program needs to run the network: the model, the classes, what is done to
/// images before, and a few lines that do it.
///
/// The model takes the values of image files and normalizes them itself, and gives probabilities: labels
/// follow from them, and what is resized or put together from tiles has to be probabilities.
struct DeploymentFormat: ExportFormat {
  let name = "deployment"
  let about = "a folder: the model, how to prepare images, Python to run it"
  let ending = ""
  let options: Set<ExportOption> = [.checkpoint, .size, .fixedSize, .keepNorms]

  static let model = "model.onnx"

  func export(_ request: ExportRequest) throws -> ExportReport {
    let subject = try request.subject(needsSize: true)
    let model = try Self.model(of: subject, request.options)
    let facts = try Preprocessing(model, of: subject, model: Self.model)
    let files = try [model.file(named: Self.model)] + Self.descriptions(facts, of: subject)
    try ExportedFolder(files: files).write(to: request.file, replaces: request.replaces)
    var report = ExportReport(request, name, subject)
    report.take(model, of: subject)
    report.files = files.map(\.name)
    return report
  }

  /// What tells people and programs how the model is used.
  static func descriptions(
    _ facts: Preprocessing, of subject: ExportedRun
  ) throws -> [ExportedFile] {
    [
      ExportedFile("classes.txt", text: facts.classes.map { $0 + "\n" }.joined()),
      ExportedFile("preprocess.json", text: try JSONOutput.text(facts) + "\n"),
      ExportedFile("README.md", text: DeploymentReadme(facts, of: subject).text),
    ]
  }

  /// A model that takes images as their files have them and gives probabilities.
  ///
  /// - Throws: ``Failure`` for a network of points, too.
  static func model(of subject: ExportedRun, _ given: ExportOptions) throws -> ExportedModel {
    guard subject.spec.data.stack.points == nil else {
      throw Failure(
        .usage,
        "error: \(subject.run.name) reads points, and this format prepares images: export it as onnx"
      )
    }
    var options = ModelOptions()
    options.output = .probabilities
    options.classesExclude = subject.classesExclude
    options.foldsNorms = !given.keepNorms
    options.normalization = try subject.normalization(of: .image)
    return try ExportedModel(subject, options, isOfFixedSize: given.fixedSize)
  }
}
