internal import Archives
import Foundation
internal import ModelFiles

/// A package of the BioImage Model Zoo (bioimage.io, specification 0.5): the model, what it says of an image,
/// and `rdf.yaml`, which describes them. ilastik, deepImageJ and others read such packages.
///
/// Authors, license and citations are for a person to add.
struct BioImageFormat: ExportFormat {
  let name = "bioimage"
  let about = "a package for the BioImage Model Zoo"
  let ending = ".bioimage.zip"
  let options: Set<ExportOption> = [.checkpoint, .size, .fixedSize, .keepNorms, .image]

  func export(_ request: ExportRequest) throws -> ExportReport {
    let subject = try request.subject(needsSize: true)
    let model = try DeploymentFormat.model(of: subject, request.options)
    let facts = try Preprocessing(model, of: subject, model: DeploymentFormat.model)
    let sample = try BioImageSample(of: subject, request)
    let parts =
      try [
        model.file(named: facts.model),
        ExportedFile("test_input.npy", NPYWriter.data(sample.image, shape: sample.imageShape)),
        ExportedFile(
          "test_output.npy", NPYWriter.data(sample.probabilities, shape: sample.probabilityShape)),
        ExportedFile("cover.png", sample.cover()),
      ] + DeploymentFormat.descriptions(facts, of: subject)
    let description = BioImageDescription(
      facts, of: subject, opset: model.translated.model.opset, parts: parts)
    let files = parts + [ExportedFile("rdf.yaml", text: description.text)]
    let archive = ZipWriter.data(of: files.map { ($0.name, $0.data) })
    try ExportedFile(request.file, archive).write(to: request.file)
    var report = ExportReport(request, name, subject)
    report.take(model, of: subject)
    report.files = files.map(\.name)
    return report
  }
}
