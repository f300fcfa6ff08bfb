import Foundation
internal import Groundwork
internal import ModelFiles
internal import WeightFiles

/// Writes the network of a run, or its weights, as a file of another program's format, and reads the
/// file again.
struct Export {
  let subject: ExportedRun
  /// Where the file goes.
  let file: String

  private static let program = (name: "experiments", version: Program.version)
}

// MARK: - ONNX

extension Export {
  /// - Parameters:
  ///   - options: what the model takes and gives.
  ///   - isOfFixedSize: whether it is to be for one size of images, although it could be for others.
  func writeModel(_ options: ModelOptions, isOfFixedSize: Bool) throws -> ExportReport {
    let sizes = isOfFixedSize ? [ImageSizes(fixed: subject.network)] : subject.sizes
    var translated = try TranslatedNetwork(
      sizes, options, program: Self.program, weights: subject.values)
    translated.model.metadata = metadata(of: translated, options)
    try write(translated.model.encoded())
    try check(translated.model)
    return ExportReport(self, translated)
  }

  private func check(_ model: ONNXModel) throws {
    let data = try Data(contentsOf: URL(fileURLWithPath: file), options: .mappedIfSafe)
    let problems: [String]
    do throws(ProtobufError) {
      let read = try ONNXModel(data)
      problems = read == model ? model.problems : ["it is not the model that was written"]
    } catch {
      problems = [error.description]
    }
    try requireSound(problems)
  }

  /// What the model's users need besides it, as texts of JSON where they are no plain texts.
  private func metadata(
    of translated: TranslatedNetwork, _ options: ModelOptions
  ) -> [ONNXModel.Property] {
    let input = subject.input
    var properties = facts.map { ONNXModel.Property($0.key, $0.value) }
    func add(_ key: String, _ value: some Encodable) {
      properties.append(.init(key, JSONOutput.line(value)))
    }
    add("class_names", input.classNames)
    add("classes_exclude_each_other", subject.classesExclude)
    add("channels", input.channels)
    if input.channels == 3 { properties.append(.init("channel_order", "RGB")) }
    if let normalization = input.normalization {
      add("mean", normalization.mean)
      add("std", normalization.deviation)
    }
    if let ranges = input.ranges {
      add("value_ranges", ranges.map { [$0.lowerBound, $0.upperBound] })
    }
    add("normalizes", options.normalization != nil)
    add("trained_size", [subject.network.input.size.height, subject.network.input.size.width])
    if let step = translated.step { add("size_step", step) }
    return properties
  }
}

// MARK: - safetensors

extension Export {
  func writeWeights(_ names: ExportedNames) throws -> ExportReport {
    var (metadata, rename): ([(key: String, value: String)], (String) -> String) = (facts, { $0 })
    if names == .torchvision {
      let torchvision = try TorchvisionNames(subject.network)
      metadata += [("format", "pt"), ("model", "torchvision \(torchvision.model)")]
      rename = { torchvision($0) }
    }
    let tensors = subject.tensors.map { name, shape in
      SafeTensorsWriter.Tensor(
        name: rename(name), shape: shape, values: subject.values(name))
    }
    try write(SafeTensorsWriter.data(of: tensors, metadata: metadata))
    try check(tensors)
    return ExportReport(self, tensors, names)
  }

  private func check(_ tensors: [SafeTensorsWriter.Tensor]) throws {
    let problems: [String]
    do throws(WeightFileError) {
      let read = try WeightFile.open(file)
      var isSame = read.tensors.count == tensors.count
      for (found, written) in zip(read.tensors, tensors) where isSame {
        let values = try read.values(of: found)
        isSame =
          found.name == written.name && found.shape == written.shape
          && values.elementsEqual(written.values) { $0.bitPattern == $1.bitPattern }
      }
      problems = isSame ? [] : ["its tensors are not those that were written"]
    } catch {
      problems = [error.reason]
    }
    try requireSound(problems)
  }
}

// MARK: - Both

extension Export {
  /// Where the weights come from.
  private var facts: [(key: String, value: String)] {
    [
      ("program", "\(Self.program.name) \(Self.program.version)"),
      ("run", subject.run.id), ("experiment", subject.run.experiment),
      ("checkpoint", subject.checkpoint), ("step", String(subject.evaluation.step)),
      ("epoch", JSONOutput.line(subject.evaluation.epoch)),
    ]
  }

  private func write(_ data: Data) throws {
    try data.write(to: URL(fileURLWithPath: file), options: .atomic)
  }

  private func requireSound(_ problems: [String]) throws {
    guard !problems.isEmpty else { return }
    throw Failure(
      .damagedStore,
      "error: \(file): what was written is not what is read: \(problems[0]): "
        + "check the disk, then export again")
  }
}
