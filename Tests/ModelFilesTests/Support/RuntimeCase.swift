import Foundation
@testable import Groundwork
@testable import ModelFiles
@testable import Networks

/// A model as a file, and what this program says of a few images, for another program to compare.
struct RuntimeCase: Encodable {
  let model: String
  /// Whether other sizes than the first are to be refused.
  let isFixed: Bool
  var trials: [Trial] = []

  struct Trial: Encodable {
    let image: Tensor
    /// By the names of the model's outputs.
    let outputs: [String: Tensor]
  }

  struct Tensor: Encodable {
    let file: String
    let shape: [Int]
  }

  /// The folder that the cases are written to; `nil` where none are wanted.
  static var folder: URL? {
    ProcessInfo.processInfo.environment["EXPERIMENTS_ONNX_FOLDER"].map {
      URL(fileURLWithPath: $0, isDirectory: true)
    }
  }

  /// Writes `name.onnx`, `name.json` and the tensors that it names.
  ///
  /// - Parameters:
  ///   - build: builds the network for a size.
  ///   - convert: makes the model's outputs of the heads.
  static func write(
    _ name: String, _ sizes: [ImageSizes], _ options: ModelOptions = ModelOptions(), to folder: URL,
    build: (Size) throws -> Network,
    convert: ([Output]) -> [Output] = { $0 }
  ) throws {
    let network = sizes[0].networks[0]
    let weights = TestWeights.values(of: network)
    let translated = try TranslatedNetwork(sizes, options, program: ("experiments", "test")) {
      weights[$0] ?? []
    }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try translated.model.encoded().write(to: folder.appending(path: "\(name).onnx"))

    var written = RuntimeCase(model: "\(name).onnx", isFixed: translated.step == nil)
    let size = network.input.size
    let step = translated.step ?? 0
    let others = [
      Size(height: size.height + step, width: size.width + 2 * step),
      Size(height: size.height + 4 * step, width: size.width + step),
    ]
    for (number, size) in ([size] + (step > 0 ? others : [])).enumerated() {
      let network = try build(size)
      let batch = number == 1 ? 2 : 1
      let shape = Shape(batch, network.input.channels, size.height, size.width)
      let image = image(shape.count, number, options.normalization == nil ? 1 : 255)
      let given = options.normalization.map { normalized(image, shape, $0) } ?? image
      let heads = try network.heads(of: given, batch: batch, weights)
        .map { Output(name: $0.name, shape: $0.shape, values: $0.values) }
      func tensor(_ part: String, _ values: [Float], _ shape: Shape) throws -> Tensor {
        let file = "\(name).\(number).\(part).f32"
        try values.withUnsafeBytes { try Data($0).write(to: folder.appending(path: file)) }
        return Tensor(file: file, shape: [shape.batch, shape.channels, shape.height, shape.width])
      }
      let outputs = try convert(heads).map { ($0.name, try tensor($0.name, $0.values, $0.shape)) }
      written.trials.append(
        Trial(
          image: try tensor("image", image, shape),
          outputs: Dictionary(uniqueKeysWithValues: outputs)))
    }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    try encoder.encode(written).write(to: folder.appending(path: "\(name).json"))
  }

  struct Output {
    var name: String
    var shape: Shape
    var values: [Float]
  }

  /// Values between −limit and limit, or for a limit of 255 from 0 on.
  private static func image(_ count: Int, _ number: Int, _ limit: Float) -> [Float] {
    let values = [Float].filled(count: count) {
      Initializer.uniform(limit: 1).fill(
        UnsafeMutableBufferPointer(start: $0, count: count), name: "image \(number)", seed: 7)
    }
    return limit == 1 ? values : values.map { ($0 + 1) / 2 * limit }
  }

  private static func normalized(
    _ image: [Float], _ shape: Shape, _ normalization: ImageNormalization
  ) -> [Float] {
    image.enumerated().map { index, value in
      let channel = index / shape.area % shape.channels
      return (value - normalization.subtrahend[channel]) / normalization.divisor[channel]
    }
  }
}
