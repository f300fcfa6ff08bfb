import Foundation
internal import ModelFiles
internal import Protobuf
internal import Tasks

/// The network of a run as a model of ONNX, with what its users need besides it in its metadata.
struct ExportedModel {
  let translated: TranslatedNetwork

  /// - Parameters:
  ///   - options: what the model takes and gives.
  ///   - isOfFixedSize: whether it is to be for one size of images, although it could be for others.
  init(_ subject: ExportedRun, _ options: ModelOptions, isOfFixedSize: Bool) throws {
    let task = subject.spec.task
    // A network that finds objects is refused below, whatever it is to give.
    if options.output != .logits, task.decodesNumbers, !task.findsObjects {
      throw Failure(
        .usage,
        "error: \(subject.run.name) says of pixels how far objects reach or where they flow, not what they are: "
          + "export it as onnx with --output logits")
    }
    let sizes = isOfFixedSize ? [ImageSizes(fixed: subject.network)] : subject.sizes
    var translated = try TranslatedNetwork(
      sizes, options, program: ExportedRun.program, weights: subject.values)
    translated.model.metadata = Self.metadata(of: translated, subject, options)
    self.translated = translated
  }

  func file(named name: String) throws -> ExportedFile {
    let model = translated.model
    return ExportedFile(name, try model.encoded()) { path in
      let data = try Data(contentsOf: URL(fileURLWithPath: path), options: .mappedIfSafe)
      do throws(ProtobufError) {
        let read = try ONNXModel(data)
        return read == model ? model.problems : ["it is not the model that was written"]
      } catch {
        return [error.description]
      }
    }
  }

  /// Texts of JSON where they are no plain texts.
  private static func metadata(
    of translated: TranslatedNetwork, _ subject: ExportedRun, _ options: ModelOptions
  ) -> [ONNXModel.Property] {
    let input = subject.input
    var properties = subject.facts.map { ONNXModel.Property($0.key, $0.value) }
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
