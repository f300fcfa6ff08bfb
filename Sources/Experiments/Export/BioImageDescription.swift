internal import Digest
internal import ModelFiles
internal import Tracking

/// `rdf.yaml`: what a package is, in the words of the BioImage Model Zoo's specification 0.5.
struct BioImageDescription {
  private let facts: Preprocessing
  private let subject: ExportedRun
  private let opset: Int
  private let parts: [ExportedFile]

  /// - Parameters:
  ///   - opset: that of the model.
  ///   - parts: the files that it describes.
  init(_ facts: Preprocessing, of subject: ExportedRun, opset: Int, parts: [ExportedFile]) {
    (self.facts, self.subject, self.opset, self.parts) = (facts, subject, opset, parts)
  }

  /// The first that lets authors and license be added later.
  private static let version = "0.5.6"

  var text: String {
    """
    # Authors, license and citations are yours to add before this is published:
    # authors: [{name: …}], license: …, cite: [{text: …, doi: …}]
    format_version: \(Self.version)
    type: model
    name: \(quoted(name))
    description: \(quoted(summary))
    documentation: README.md
    covers: [cover.png]
    attachments: [\(file("classes.txt")), \(file("preprocess.json"))]
    tags: [segmentation, semantic-segmentation, \(quoted(subject.network.name))]
    inputs:
      - id: \(facts.input.name)
        description: \(quoted("the values of the files; the model normalizes them"))
        axes:
          - {type: batch}
          - {type: channel, channel_names: [\(channelNames.joined(separator: ", "))]}
          - {type: space, id: y, size: \(inputSize(facts.size.height))}
          - {type: space, id: x, size: \(inputSize(facts.size.width))}
        data: {type: float32, range: [\(lowest), \(highest)]}
        preprocessing:
          - {id: ensure_dtype, kwargs: {dtype: float32}}
        test_tensor: \(file("test_input.npy"))
    outputs:
      - id: \(facts.output.name)
        description: \(quoted("probabilities of the classes, \(facts.output.activation.rawValue)"))
        axes:
          - {type: batch}
          - {type: channel, channel_names: [\(classNames.joined(separator: ", "))]}
          - {type: space, id: y, size: \(outputSize("y", facts.size.height))}
          - {type: space, id: x, size: \(outputSize("x", facts.size.width))}
        data: {type: float32, range: [0.0, 1.0]}
        test_tensor: \(file("test_output.npy"))
    weights:
      onnx:
        source: \(facts.model)
        sha256: \(digest(facts.model))
        opset_version: \(opset)
    config:
      experiments:
    \(subject.facts.map { "    \($0.key): \(quoted($0.value))" }.joined(separator: "\n"))

    """
  }
}

extension BioImageDescription {
  /// JSON's texts are YAML's too.
  private func quoted(_ text: String) -> String { JSONText.quoted(text) }

  /// Letters, digits and a few signs are all that a name may have, 64 of them at most.
  private var name: String {
    let name = "\(subject.run.experiment) \(subject.run.number) \(subject.network.name)"
    return String(
      name.map { $0.isASCII && ($0.isLetter || $0.isNumber || "_- ".contains($0)) ? $0 : "-" }
        .prefix(64))
  }

  private var summary: String {
    "\(subject.network.name) that tells \(facts.classes.count) classes apart, "
      + "run \(subject.run.id) of \(subject.run.experiment)"
  }

  private var channelNames: [String] {
    guard facts.input.channelOrder == "RGB", facts.input.channels == 3 else {
      return (0..<facts.input.channels).map { "channel\($0)" }
    }
    return ["red", "green", "blue"]
  }

  /// As identifiers, no two alike.
  private var classNames: [String] {
    let names = facts.classes.map { name in
      let letters = name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "_" }
      return "class_" + String(letters)
    }
    guard Set(names).count < names.count else { return names }
    return names.enumerated().map { "\($1)_\($0)" }
  }

  private func inputSize(_ extent: Int) -> String {
    facts.size.step.map { "{min: \(extent), step: \($0)}" } ?? "\(extent)"
  }

  private func outputSize(_ axis: String, _ extent: Int) -> String {
    facts.size.step == nil
      ? "\(extent)" : "{tensor_id: \(facts.input.name), axis_id: \(axis), offset: 0}"
  }

  private var lowest: Double { facts.input.black.min() ?? 0 }
  private var highest: Double { facts.input.white.max() ?? 1 }

  private func file(_ name: String) -> String { "{source: \(name), sha256: \(digest(name))}" }

  private func digest(_ name: String) -> String {
    var hash = SHA256()
    if let part = parts.first(where: { $0.name == name }) { hash.update(part.data) }
    return hash.finalize()
  }

}
