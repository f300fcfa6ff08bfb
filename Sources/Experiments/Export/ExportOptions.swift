import ArgumentParser
internal import Groundwork
internal import ModelFiles

/// What a person may say of an export besides the run, the format and the file, as it is typed. Each
/// format says which of them it heeds.
enum ExportOption: String, CaseIterable, Sendable {
  case checkpoint = "--checkpoint"
  case output = "--output"
  case normalize = "--normalize"
  case values = "--values"
  case size = "--size"
  case fixedSize = "--fixed-size"
  case keepNorms = "--keep-norms"
  case names = "--names"
  case image = "--image"
  case weights = "--weights"
  case url = "--url"
}

/// The options themselves.
struct ExportOptions: ParsableArguments {
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
    help: "Height and width that the model is made for; those of evaluations if not given.")
  var size: [Int] = []

  @Flag(help: "Make the model for images of that size alone, which is simpler inside.")
  var fixedSize = false

  @Flag(help: "Keep batch norms apart from the convolutions before them in the model.")
  var keepNorms = false

  @Option(help: "Whose names tensors of safetensors bear; the network's own if not given.")
  var names: ExportedNames?

  @Option(
    help: ArgumentHelp(
      """
      The image that a package shows and is tested with, which goes into it; one of waves if not given.
      """,
      valueName: "file"),
    completion: .file())
  var image: String?

  @Flag(help: "Take the checkpoints too, which make most of the bytes.")
  var weights = false

  @Option(
    help: ArgumentHelp(
      "A running MLflow server that is sent the runs, e.g. http://127.0.0.1:5000.",
      valueName: "address"))
  var url: String?

  /// Those that were typed.
  var given: Set<ExportOption> {
    let isGiven: [ExportOption: Bool] = [
      .checkpoint: checkpoint != nil, .output: output != nil, .normalize: normalize,
      .values: values != nil, .size: !size.isEmpty, .fixedSize: fixedSize, .keepNorms: keepNorms,
      .names: names != nil, .image: image != nil, .weights: weights, .url: url != nil,
    ]
    return Set(isGiven.filter(\.value).keys)
  }

  /// The size that was typed.
  var imageSize: Size? { size.isEmpty ? nil : Size(height: size[0], width: size[1]) }

  func validate() throws {
    guard size.isEmpty || size.count == 2, size.allSatisfy({ (1...65_536).contains($0) }) else {
      throw ValidationError("--size takes height and width, as in --size 352 480")
    }
    try ApplicationOptions.check(checkpoint: checkpoint)
    if values != nil, !normalize {
      throw ValidationError("--values says what --normalize takes: add --normalize")
    }
  }

  /// Refuses what means nothing to a format.
  func check(for format: any ExportFormat) throws {
    let others = given.subtracting(format.options).map(\.rawValue).sorted()
    guard let other = others.first else { return }
    let heeded = format.options.map(\.rawValue).sorted().joined(separator: ", ")
    throw ValidationError(
      "\(other) means nothing to \(format.name)\(heeded.isEmpty ? "" : ", which heeds \(heeded)"): "
        + "leave it out")
  }
}

/// Which values the images have that a model normalizes itself.
enum ExportedValues: String, CaseIterable, ExpressibleByArgument {
  /// Those of the files, which are 0…255 where images have 8 bits.
  case image
  /// 0…1.
  case unit
}

/// Whose names the tensors bear.
enum ExportedNames: String, CaseIterable, ExpressibleByArgument {
  case own
  case torchvision
}

extension ModelOutput: ExpressibleByArgument {}
