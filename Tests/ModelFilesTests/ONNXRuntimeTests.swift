import Foundation
@testable import Groundwork
@testable import ModelFiles
@testable import Networks
import Testing

/// Writes models and what this program computes with them, which `check_onnx.py` compares with ONNX
/// Runtime; `make test-onnx` does both.
@Suite(.enabled(if: RuntimeCase.folder != nil), .serialized)
struct ONNXRuntimeTests {
  @Test("templates are written for ONNX Runtime", arguments: TemplateCase.all)
  func templates(one: TemplateCase) throws {
    let folder = try #require(RuntimeCase.folder)
    let template = try one.make()
    try RuntimeCase.write(one.name, one.sizes().sizes, to: folder) { size in
      try template.network(input: NetworkInput(channels: 3, size: size), classes: 5)
    }
  }

  @Test("operations are written for ONNX Runtime", arguments: OperationCase.all)
  func operations(one: OperationCase) throws {
    let folder = try #require(RuntimeCase.folder)
    try RuntimeCase.write("operation_\(one.name)", one.sizes, to: folder) { one.network($0) }
    guard one.isElastic else { return }
    try RuntimeCase.write(
      "operation_\(one.name)_fixed", [ImageSizes(fixed: one.network(one.size))], to: folder
    ) { one.network($0) }
  }

  @Test(
    "what a model may give and take is written for ONNX Runtime", arguments: ModelOutput.allCases)
  func outputs(output: ModelOutput) throws {
    let folder = try #require(RuntimeCase.folder)
    let one = TemplateCase("unet_small", ["edge_head": .boolean(true)])
    let template = try one.make()
    for classesExclude in [true, false] {
      var options = ModelOptions()
      (options.output, options.classesExclude) = (output, classesExclude)
      options.foldsNorms = classesExclude
      options.normalization = ImageNormalization(
        mean: [0.485, 0.456, 0.406], deviation: [0.229, 0.224, 0.225],
        ranges: Array(repeating: 0...255, count: 3))
      let name = "unet_small_\(output.rawValue)_\(classesExclude ? "one" : "several")"
      try RuntimeCase.write(name, one.sizes().sizes, options, to: folder) { size in
        try template.network(input: NetworkInput(channels: 3, size: size), classes: 5)
      } convert: {
        Self.converted($0, options)
      }
    }
  }

  /// The outputs by their definitions.
  private static func converted(
    _ heads: [RuntimeCase.Output], _ options: ModelOptions
  ) -> [RuntimeCase.Output] {
    guard options.output != .logits else { return heads }
    var output = heads[0]
    output.name = options.output.rawValue
    let (logits, shape) = (output.values, output.shape)
    func classes(_ index: Int) -> [Float] {
      let start = index / shape.area * shape.channels * shape.area + index % shape.area
      return (0..<shape.channels).map { logits[start + $0 * shape.area] }
    }
    switch (options.output, options.classesExclude) {
    case (.logits, _): break
    case (.probabilities, true):
      for index in 0..<shape.batch * shape.area {
        let powers = classes(index).map { exp($0) }
        let sum = powers.reduce(0, +)
        let start = index / shape.area * shape.channels * shape.area + index % shape.area
        for (number, power) in powers.enumerated() {
          output.values[start + number * shape.area] = power / sum
        }
      }
    case (.probabilities, false): output.values = logits.map { 1 / (1 + exp(-$0)) }
    case (.labels, true):
      output.shape.channels = 1
      output.values = (0..<shape.batch * shape.area).map { index in
        let values = classes(index)
        return Float(values.firstIndex(of: values.max() ?? 0) ?? 0)
      }
    case (.labels, false): output.values = logits.map { $0 > 0 ? 1 : 0 }
    }
    return [output]
  }
}
