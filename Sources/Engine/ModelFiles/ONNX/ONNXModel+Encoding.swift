package import Foundation
internal import Protobuf

// The numbers are those of `onnx.proto` (ONNX 1.12).
extension ONNXModel {
  /// A message of Protocol Buffers holds at most 2³¹ − 1 bytes.
  package static let byteLimit = Int(Int32.max)

  /// The bytes of a file.
  ///
  /// - Throws: ``ModelFileError`` where they would be more than the format can hold.
  package func encoded() throws(ModelFileError) -> Data {
    let message = message
    guard message.count <= Self.byteLimit else {
      throw ModelFileError(
        "the model would have \(message.count) bytes, and an ONNX file holds \(Self.byteLimit)",
        remedy: "export the weights as safetensors")
    }
    return message.data
  }

  private var message: ProtobufWriter {
    var message = ProtobufWriter()
    message.integer(1, irVersion)
    message.text(2, producer)
    message.text(3, producerVersion)
    message.message(7) { graph.write(to: &$0) }
    message.message(8) {
      $0.text(1, "")
      $0.integer(2, opset)
    }
    for property in metadata {
      message.message(14) {
        $0.text(1, property.key)
        $0.text(2, property.value)
      }
    }
    return message
  }
}

extension ONNXGraph {
  fileprivate func write(to message: inout ProtobufWriter) {
    for node in nodes { message.message(1) { node.write(to: &$0) } }
    message.text(2, name)
    for tensor in initializers { message.message(5) { tensor.write(to: &$0) } }
    for port in inputs { message.message(11) { port.write(to: &$0) } }
    for port in outputs { message.message(12) { port.write(to: &$0) } }
  }
}

extension ONNXNode {
  fileprivate func write(to message: inout ProtobufWriter) {
    for input in inputs { message.text(1, input) }
    for output in outputs { message.text(2, output) }
    message.text(3, name)
    message.text(4, type)
    for attribute in attributes { message.message(5) { attribute.write(to: &$0) } }
  }
}

extension ONNXNode.Attribute {
  fileprivate func write(to message: inout ProtobufWriter) {
    message.text(1, name)
    switch value {
    case .float(let value): message.float(2, value)
    case .integer(let value): message.integer(3, value)
    case .text(let text): message.text(4, text)
    case .integers(let values): for value in values { message.integer(8, value) }
    }
    message.integer(20, value.type)
  }
}

extension ONNXNode.Value {
  /// The number of its kind, which a reader asks for besides the value.
  fileprivate var type: Int {
    switch self {
    case .float: 1
    case .integer: 2
    case .text: 3
    case .integers: 7
    }
  }
}

extension ONNXTensor {
  fileprivate func write(to message: inout ProtobufWriter) {
    for extent in shape { message.integer(1, extent) }
    switch values {
    case .floats(let values):
      message.integer(2, ONNXType.float.rawValue)
      message.text(8, name)
      message.floats(9, values)
    case .integers(let values):
      message.integer(2, ONNXType.int64.rawValue)
      message.text(8, name)
      message.integers(9, values)
    }
  }
}

extension ONNXPort {
  fileprivate func write(to message: inout ProtobufWriter) {
    message.text(1, name)
    message.message(2) { kind in
      kind.message(1) { tensor in
        tensor.integer(1, type.rawValue)
        tensor.message(2) { shape in
          for extent in self.shape {
            shape.message(1) { dimension in
              switch extent {
              case .fixed(let count): dimension.integer(1, count)
              case .any(let name): dimension.text(2, name)
              }
            }
          }
        }
      }
    }
  }
}
