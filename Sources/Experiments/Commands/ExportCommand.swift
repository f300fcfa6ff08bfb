import ArgumentParser
import Foundation
internal import Groundwork
internal import ModelFiles
import Tracking

/// Writes the network of a run for other programs.
struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export",
    abstract: "Write the network of a run, or its weights, as a file for other programs.",
    discussion: """
      experiments export quickstart/1 --to onnx
      experiments export @best:camvid --to onnx --output labels --normalize -o camvid.onnx
      experiments export @best:camvid --to safetensors --names torchvision

      ONNX holds the network with its weights, which ONNX Runtime, OpenCV and others run: the input \
      'image' is N × C × H × W in 32-bit floats, and the outputs are the heads of the network. Images \
      of other sizes than the trained one are taken where nothing in the network depends on the size; \
      the command says so. Names of classes, mean and standard deviation are in the file's metadata. \
      safetensors holds the parameters and running statistics alone.

      The file is read again and compared before the command ends.
      """)

  @Argument(help: "The run: an id, experiment/number, @last or @best:experiment.")
  var selector: String

  @Option(help: ArgumentHelp("The format of the file.", valueName: "format"))
  var to: ExportFormat

  @Option(
    name: [.customShort("o"), .long],
    help: ArgumentHelp(
      "The file to write; by default EXPERIMENT-NUMBER.onnx or .safetensors in this folder.",
      valueName: "file"),
    completion: .file())
  var file: String?

  @Flag(help: "Replace a file that is there.")
  var force = false

  @Option(
    help: ArgumentHelp(
      "The checkpoint, best or last; the best where there is one if not given.",
      valueName: "name"))
  var checkpoint: String?

  @Option(help: "What an ONNX model gives; logits if not given.")
  var output: ModelOutput?

  @Flag(help: "Let the ONNX model subtract the mean and divide by the standard deviation.")
  var normalize = false

  @Option(
    help: """
      The values of the images that --normalize takes: those of the image files, 0…255 where they have \
      8 bits, or 0…1; the former if not given.
      """)
  var values: ExportedValues?

  @Option(
    parsing: .upToNextOption,
    help: "Height and width that the ONNX model is made for; those of evaluations if not given.")
  var size: [Int] = []

  @Flag(help: "Make the ONNX model for images of that size alone, which is simpler inside.")
  var fixedSize = false

  @Flag(help: "Keep batch norms apart from the convolutions before them in the ONNX model.")
  var keepNorms = false

  @Option(help: "Whose names tensors of safetensors bear; the network's own if not given.")
  var names: ExportedNames?

  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  func validate() throws {
    guard size.isEmpty || size.count == 2, size.allSatisfy({ (1...65_536).contains($0) }) else {
      throw ValidationError("--size takes height and width, as in --size 352 480")
    }
    try ApplicationOptions.check(checkpoint: checkpoint)
    if values != nil, !normalize {
      throw ValidationError("--values says what --normalize takes: add --normalize")
    }
    let ofModels = [
      "--output": output != nil, "--normalize": normalize, "--size": !size.isEmpty,
      "--fixed-size": fixedSize, "--keep-norms": keepNorms,
    ]
    if to == .safetensors, let option = ofModels.filter(\.value).keys.min() {
      throw ValidationError("\(option) is for models, and safetensors holds weights: leave it out")
    }
    if to == .onnx, names != nil {
      throw ValidationError("--names is for safetensors: leave it out")
    }
  }

  func run() throws {
    let run = try results.run(selector)
    let file = self.file ?? "\(run.experiment)-\(run.number).\(to.rawValue)"
    guard force || !FileManager.default.fileExists(atPath: file) else {
      throw Failure(
        .usage, "error: \(file) is there already: name another file with -o, or add --force")
    }
    let size = size.isEmpty ? nil : Size(height: size[0], width: size[1])
    let subject = try ExportedRun(
      run, in: results.store, checkpoint: checkpoint, size: size, needsSize: to == .onnx)
    let export = Export(subject: subject, file: file)
    let report =
      switch to {
      case .onnx: try export.writeModel(options(of: subject), isOfFixedSize: fixedSize)
      case .safetensors: try export.writeWeights(names ?? .own)
      }
    print(try json ? JSONOutput.text(report) : report.text())
  }

  private func options(of subject: ExportedRun) throws -> ModelOptions {
    var options = ModelOptions()
    options.output = output ?? .logits
    options.classesExclude = subject.classesExclude
    options.foldsNorms = !keepNorms
    if normalize { options.normalization = try subject.normalization(of: values ?? .image) }
    return options
  }
}
