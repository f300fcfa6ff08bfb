import Foundation
@testable import ModelFiles
import Testing

@Suite struct ONNXModelTests {
  /// y = max(x, 0) for x of N × 2.
  private static var relu: ONNXModel {
    let shape: [ONNXPort.Extent] = [.any("N"), .fixed(2)]
    return ONNXModel(
      producer: "s", producerVersion: "1",
      graph: ONNXGraph(
        name: "t", nodes: [ONNXNode(name: "n", type: "Relu", inputs: ["x"], outputs: ["y"])],
        inputs: [ONNXPort(name: "x", type: .float, shape: shape)],
        outputs: [ONNXPort(name: "y", type: .float, shape: shape)]))
  }

  /// With every kind of attribute and of constant.
  private static var rich: ONNXModel {
    var model = relu
    model.graph.initializers = [
      ONNXTensor(name: "w", shape: [2, 1], values: .floats([0.5, -1])),
      ONNXTensor(name: "k", shape: [3], values: .integers([1, -1, 1 << 40])),
      ONNXTensor(name: "s", shape: [], values: .floats([6])),
    ]
    model.graph.nodes[0].attributes = [
      .integers("kernel_shape", [3, 3]), .float("epsilon", 1e-3), .text("mode", "linear"),
      .integer("axis", -1), .integers("none", []),
    ]
    model.metadata = [.init("classes", "[\"sky\",\"Straße\"]")]
    return model
  }

  // Bytes that onnx's checker and ONNX Runtime accept.
  @Test("the smallest model has the bytes of onnx.proto")
  func bytes() throws {
    #expect(
      try Self.relu.encoded()
        == ModelFilesTests.bytes(
          """
          08 08 12 01 73 1a 01 31 3a 40
          0a 0f 0a 01 78 12 01 79 1a 01 6e 22 04 52 65 6c 75
          12 01 74
          5a 14 0a 01 78 12 0f 0a 0d 08 01 12 09 0a 03 12 01 4e 0a 02 08 02
          62 14 0a 01 79 12 0f 0a 0d 08 01 12 09 0a 03 12 01 4e 0a 02 08 02
          42 04 0a 00 10 11
          """))
  }

  @Test("attributes have their kind beside their value")
  func attributes() throws {
    let encoded = try Self.rich.encoded()
    for text in [
      "0a 0c 6b 65 72 6e 65 6c 5f 73 68 61 70 65 40 03 40 03 a0 01 07",
      "0a 07 65 70 73 69 6c 6f 6e 15 6f 12 83 3a a0 01 01",
      "0a 04 6d 6f 64 65 22 06 6c 69 6e 65 61 72 a0 01 03",
    ] {
      #expect(encoded.firstRange(of: ModelFilesTests.bytes(text)) != nil, "\(text)")
    }
  }

  @Test("a model is read as it was written")
  func roundTrip() throws {
    #expect(try ONNXModel(Self.relu.encoded()) == Self.relu)
    #expect(try ONNXModel(Self.rich.encoded()) == Self.rich)
  }

  @Test("a model that is cut short is refused wherever it is cut, or is another model")
  func truncation() throws {
    let encoded = try Self.rich.encoded()
    for count in 0..<encoded.count {
      let model = try? ONNXModel(encoded.prefix(count))
      #expect(model != Self.rich, "\(count) bytes")
    }
  }

  @Test("what keeps a model from running is told")
  func problems() {
    #expect(Self.rich.problems.isEmpty)
    var model = Self.rich
    model.graph.nodes[0].inputs = ["z"]
    #expect(model.problems == ["'n' reads 'z' before it is made"])
    model = Self.rich
    model.graph.initializers[0].shape = [3]
    #expect(model.problems == ["'w' has 2 values for [3]"])
    model = Self.rich
    model.graph.nodes[0].outputs = ["x"]
    #expect(model.problems == ["'n' makes 'x' again", "nothing makes the output 'y'"])
    model = Self.rich
    model.graph.nodes.append(
      ONNXNode(name: "n", type: "Relu", inputs: ["x"], outputs: ["z"]))
    #expect(model.problems == ["two nodes have one name"])
  }
}
