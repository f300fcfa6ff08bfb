package import Foundation
package import Protobuf

extension ONNXModel {
  /// Reads what ``encoded()`` writes.
  ///
  /// - Throws: ``ProtobufError`` where it is not that: damaged, or with anything that this program does
  ///   not write.
  package init(_ data: Data) throws(ProtobufError) {
    var version: Int?
    var opset: Int?
    var graph: ONNXGraph?
    var (producer, producerVersion, metadata) = ("", "", [Property]())
    var message = ProtobufReader(ArraySlice(Array(data)))
    while let (field, value) = try message.next() {
      switch field {
      case 1: version = try value.integer()
      case 2: producer = try value.text()
      case 3: producerVersion = try value.text()
      case 7: graph = try ONNXGraph(value.part())
      case 8: opset = try Self.integer(2, in: value.part(), besides: [1])
      case 14:
        let texts = try Self.texts(in: value.part())
        metadata.append(Property(texts[1] ?? "", texts[2] ?? ""))
      default: throw ProtobufError("a model has the field \(field)")
      }
    }
    guard let version, let opset, let graph else {
      throw ProtobufError("a model lacks its version, its operators' version or its graph")
    }
    self.init(
      irVersion: version, opset: opset, producer: producer, producerVersion: producerVersion,
      graph: graph, metadata: metadata)
  }

  private static func integer(
    _ number: Int, in bytes: ArraySlice<UInt8>, besides others: Set<Int>
  ) throws(ProtobufError) -> Int? {
    var result: Int?
    var message = ProtobufReader(bytes)
    while let (field, value) = try message.next() {
      if field == number { result = try value.integer() }
      guard field == number || others.contains(field) else {
        throw ProtobufError("a set of operators has the field \(field)")
      }
    }
    return result
  }

  private static func texts(in bytes: ArraySlice<UInt8>) throws(ProtobufError) -> [Int: String] {
    var texts: [Int: String] = [:]
    var message = ProtobufReader(bytes)
    while let (field, value) = try message.next() { texts[field] = try value.text() }
    return texts
  }
}

extension ONNXGraph {
  fileprivate init(_ bytes: ArraySlice<UInt8>) throws(ProtobufError) {
    self.init(name: "")
    var message = ProtobufReader(bytes)
    while let (field, value) = try message.next() {
      switch field {
      case 1: nodes.append(try ONNXNode(value.part()))
      case 2: name = try value.text()
      case 5: initializers.append(try ONNXTensor(value.part()))
      case 11: inputs.append(try ONNXPort(value.part()))
      case 12: outputs.append(try ONNXPort(value.part()))
      default: throw ProtobufError("a graph has the field \(field)")
      }
    }
  }
}

extension ONNXNode {
  fileprivate init(_ bytes: ArraySlice<UInt8>) throws(ProtobufError) {
    self.init(name: "", type: "", inputs: [], outputs: [])
    var message = ProtobufReader(bytes)
    while let (field, value) = try message.next() {
      switch field {
      case 1: inputs.append(try value.text())
      case 2: outputs.append(try value.text())
      case 3: name = try value.text()
      case 4: type = try value.text()
      case 5: attributes.append(try Attribute(value.part()))
      default: throw ProtobufError("a node has the field \(field)")
      }
    }
  }
}

extension ONNXNode.Attribute {
  fileprivate init(_ bytes: ArraySlice<UInt8>) throws(ProtobufError) {
    var (name, type) = ("", 0)
    var (float, integer, text, integers): (Float?, Int?, String?, [Int]) = (nil, nil, nil, [])
    var message = ProtobufReader(bytes)
    while let (field, value) = try message.next() {
      switch field {
      case 1: name = try value.text()
      case 2: float = try value.float()
      case 3: integer = try value.integer()
      case 4: text = try value.text()
      case 8: integers.append(try value.integer())
      case 20: type = try value.integer()
      default: throw ProtobufError("an attribute has the field \(field)")
      }
    }
    switch (type, float, integer, text) {
    case (1, let float?, _, _): self.init(name, .float(float))
    case (2, _, let integer?, _): self.init(name, .integer(integer))
    case (3, _, _, let text?): self.init(name, .text(text))
    case (7, _, _, _): self.init(name, .integers(integers))
    default: throw ProtobufError("the attribute '\(name)' has no value of the type \(type)")
    }
  }
}

extension ONNXTensor {
  fileprivate init(_ bytes: ArraySlice<UInt8>) throws(ProtobufError) {
    var (name, shape, type): (String, [Int], ONNXType?) = ("", [], nil)
    var raw: ArraySlice<UInt8> = []
    var message = ProtobufReader(bytes)
    while let (field, value) = try message.next() {
      switch field {
      case 1: shape.append(try value.integer())
      case 2: type = ONNXType(rawValue: try value.integer())
      case 8: name = try value.text()
      case 9: raw = try value.part()
      default: throw ProtobufError("a tensor has the field \(field)")
      }
    }
    switch type {
    case .float: self.init(name: name, shape: shape, values: .floats(raw.numbers(Float.self)))
    case .int64:
      let numbers = raw.numbers(Int64.self).map { Int($0) }
      self.init(name: name, shape: shape, values: .integers(numbers))
    default: throw ProtobufError("the tensor '\(name)' has no type that this program writes")
    }
  }
}

extension ONNXPort {
  fileprivate init(_ bytes: ArraySlice<UInt8>) throws(ProtobufError) {
    var (name, type): (String, ONNXType?) = ("", nil)
    var shape: [Extent] = []
    var message = ProtobufReader(bytes)
    while let (field, value) = try message.next() {
      guard field == 2 else {
        name = try value.text()
        continue
      }
      var kind = ProtobufReader(try value.part())
      while let (_, value) = try kind.next() {
        var tensor = ProtobufReader(try value.part())
        while let (field, value) = try tensor.next() {
          if field == 1 { type = ONNXType(rawValue: try value.integer()) }
          if field == 2 { shape = try Self.shape(value.part()) }
        }
      }
    }
    guard let type else { throw ProtobufError("'\(name)' has no type that this program writes") }
    self.init(name: name, type: type, shape: shape)
  }

  private static func shape(_ bytes: ArraySlice<UInt8>) throws(ProtobufError) -> [Extent] {
    var shape: [Extent] = []
    var message = ProtobufReader(bytes)
    while let (_, value) = try message.next() {
      var dimension = ProtobufReader(try value.part())
      guard let (_, extent) = try dimension.next() else {
        throw ProtobufError("an axis has no extent")
      }
      if case .integer = extent {
        shape.append(.fixed(try extent.integer()))
      } else {
        shape.append(.any(try extent.text()))
      }
    }
    return shape
  }
}

extension ArraySlice<UInt8> {
  /// The numbers whose bytes these are, the lowest byte first; a rest is left out.
  fileprivate func numbers<Number: BitwiseCopyable>(_ type: Number.Type) -> [Number] {
    let count = self.count / MemoryLayout<Number>.size
    return [Number](unsafeUninitializedCapacity: count) { numbers, initialized in
      withUnsafeBytes { bytes in
        UnsafeMutableRawBufferPointer(numbers).copyMemory(
          from: UnsafeRawBufferPointer(rebasing: bytes.prefix(count * MemoryLayout<Number>.size)))
      }
      initialized = count
    }
  }
}

extension ProtobufReader.Value {
  fileprivate func integer() throws(ProtobufError) -> Int {
    guard case .integer(let bits) = self else { throw ProtobufError("a field is no integer") }
    return Int(Int64(bitPattern: bits))
  }

  fileprivate func float() throws(ProtobufError) -> Float {
    guard case .bytes4(let bits) = self else { throw ProtobufError("a field is no float") }
    return Float(bitPattern: bits)
  }

  fileprivate func part() throws(ProtobufError) -> ArraySlice<UInt8> {
    guard case .part(let bytes) = self else { throw ProtobufError("a field is no message") }
    return bytes
  }

  fileprivate func text() throws(ProtobufError) -> String {
    guard let text = String(validating: try part(), as: UTF8.self) else {
      throw ProtobufError("a text is not UTF-8")
    }
    return text
  }
}
