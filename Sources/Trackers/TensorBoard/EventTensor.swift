internal import Foundation
internal import Protobuf

/// An array in a summary: TensorFlow's `TensorProto`, as far as TensorBoard's own kinds of data use it.
struct EventTensor {
  var type: ElementType?
  var shape: [Int] = []
  var numbers: [Double] = []
  var texts: [ArraySlice<UInt8>] = []

  enum ElementType: Int {
    case float = 1
    case double = 2
    case int32 = 3
    case string = 7
    case int64 = 9

    fileprivate var width: Int {
      switch self {
      case .float, .int32: 4
      case .double, .int64: 8
      case .string: 0
      }
    }
  }

  init(_ message: ArraySlice<UInt8>) throws(ProtobufError) {
    var fields = ProtobufReader(message)
    var content: ArraySlice<UInt8>?
    while let (field, value) = try fields.next() {
      switch (field, value) {
      case (1, .integer(let number)): type = ElementType(rawValue: Int(truncatingIfNeeded: number))
      case (2, .part(let part)): shape = try Self.shape(part)
      case (4, .part(let part)): content = part
      case (5, .part(let part)): numbers += Self.numbers(part, .float)
      case (5, .bytes4(let bits)): numbers.append(Double(Float(bitPattern: bits)))
      case (6, .part(let part)): numbers += Self.numbers(part, .double)
      case (6, .bytes8(let bits)): numbers.append(Double(bitPattern: bits))
      case (7, .integer(let bits)), (10, .integer(let bits)):
        numbers.append(Double(Int64(bitPattern: bits)))
      case (8, .part(let part)): texts.append(part)
      default: break
      }
    }
    if let content, let type, type != .string { numbers = Self.numbers(content, type) }
    let count = shape.reduce(1) { $0.multipliedReportingOverflow(by: $1).partialValue }
    // One number may stand for all of an array.
    if numbers.count == 1, count > 1, count <= Self.mostRepeated {
      numbers = Array(repeating: numbers[0], count: count)
    }
  }

  private static let mostRepeated = 1 << 16

  private static func shape(_ message: ArraySlice<UInt8>) throws(ProtobufError) -> [Int] {
    var (fields, shape) = (ProtobufReader(message), [Int]())
    while let (field, value) = try fields.next() {
      guard case (2, .part(let part)) = (field, value) else { continue }
      var (extents, extent) = (ProtobufReader(part), 0)
      while let (field, value) = try extents.next() {
        if case (1, .integer(let number)) = (field, value) {
          guard let known = Int(exactly: number), known < 1 << 31 else {
            throw ProtobufError("an array has an axis of \(number)")
          }
          extent = known
        }
      }
      shape.append(extent)
      guard shape.count <= 8 else { throw ProtobufError("an array has more than 8 axes") }
    }
    return shape
  }

  /// What is behind the last whole number counts for nothing.
  private static func numbers(_ bytes: ArraySlice<UInt8>, _ type: ElementType) -> [Double] {
    guard type.width > 0 else { return [] }
    return bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / type.width).map { index in
        let place = index * type.width
        return switch type {
        case .float: Double(bytes.loadUnaligned(fromByteOffset: place, as: Float.self))
        case .double: bytes.loadUnaligned(fromByteOffset: place, as: Double.self)
        case .int32: Double(bytes.loadUnaligned(fromByteOffset: place, as: Int32.self))
        case .int64: Double(bytes.loadUnaligned(fromByteOffset: place, as: Int64.self))
        case .string: 0
        }
      }
    }
  }
}
