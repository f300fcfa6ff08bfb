import Foundation
@testable import Protobuf
import Testing

@Suite struct ProtobufTests {
  /// Every kind of field that ONNX needs.
  private static var example: ProtobufWriter {
    var message = ProtobufWriter()
    message.integer(1, -1)
    message.integer(2, 300)
    message.text(4, "Zürich")
    message.float(5, 1.5)
    message.floats(7, [1, 2])
    message.message(100) { _ in }
    message.message(3) { inner in
      inner.integer(1, 0)
      inner.floats(2, [-2])
    }
    return message
  }

  // Bytes that `protoc --decode_raw` shows as these fields.
  @Test("fields are written in the wire format")
  func writing() {
    #expect(
      Self.example.data
        == bytes(
          """
          08 ff ff ff ff ff ff ff ff ff 01
          10 ac 02
          22 07 5a c3 bc 72 69 63 68
          2d 00 00 c0 3f
          3a 08 00 00 80 3f 00 00 00 40
          a2 06 00
          1a 08 08 00 12 04 00 00 00 c0
          """))
    #expect(Self.example.count == Self.example.data.count)
  }

  @Test("fields are read as they were written")
  func reading() throws {
    var reader = ProtobufReader(ArraySlice(Array(Self.example.data)))
    var fields: [Int] = []
    while let (field, value) = try reader.next() {
      fields.append(field)
      switch (field, value) {
      case (1, .integer(let bits)): #expect(Int64(bitPattern: bits) == -1)
      case (2, .integer(let bits)): #expect(bits == 300)
      case (5, .bytes4(let bits)): #expect(Float(bitPattern: bits) == 1.5)
      case (4, .part(let part)): #expect(String(decoding: part, as: UTF8.self) == "Zürich")
      case (7, .part(let part)): #expect(part.count == 8)
      case (100, .part(let part)): #expect(part.isEmpty)
      case (3, .part(let part)): #expect(part.count == 8)
      default: Issue.record("field \(field) is \(value)")
      }
    }
    #expect(fields == [1, 2, 4, 5, 7, 100, 3])
  }

  @Test(
    "bytes that are no message are refused",
    arguments: [
      "08", "08 ff", "2d 00 00", "22 05 41", "00 01", "0b", "3c",
      "08 ff ff ff ff ff ff ff ff ff ff 01", "22 ff ff ff ff ff ff ff ff ff 01",
    ])
  func damaged(text: String) {
    var reader = ProtobufReader(ArraySlice(Array(bytes(text))))
    #expect(throws: ProtobufError.self) { while try reader.next() != nil {} }
  }
}

/// The bytes that a text writes in hexadecimal.
func bytes(_ text: String) -> Data {
  Data(text.split(whereSeparator: \.isWhitespace).compactMap { UInt8($0, radix: 16) })
}
