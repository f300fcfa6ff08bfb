package import Foundation

/// Tensors as the bytes of a `.safetensors` file: eight bytes that count the header, a header in JSON, and
/// the values (safetensors' format description, 2023).
package enum SafeTensorsWriter {
  package struct Tensor: Sendable {
    package var name: String
    package var shape: [Int]
    /// In row-major order of the shape.
    package var values: [Float]

    package init(name: String, shape: [Int], values: [Float]) {
      (self.name, self.shape, self.values) = (name, shape, values)
    }
  }

  /// - Parameter metadata: what a program that reads the file may want to know.
  package static func data(
    of tensors: [Tensor], metadata: [(key: String, value: String)] = []
  ) -> Data {
    var end = 0
    var entries = [
      "\"__metadata__\":{"
        + metadata.map { "\(quoted($0.key)):\(quoted($0.value))" }.joined(separator: ",") + "}"
    ]
    for tensor in tensors {
      let start = end
      end += tensor.values.count * MemoryLayout<Float>.size
      let shape = tensor.shape.map(String.init).joined(separator: ",")
      entries.append(
        "\(quoted(tensor.name)):{\"dtype\":\"F32\",\"shape\":[\(shape)],"
          + "\"data_offsets\":[\(start),\(end)]}")
    }
    var header = Array("{\(entries.joined(separator: ","))}".utf8)
    // Values begin at a multiple of eight, so that a mapped file can be read in place.
    header += Array(repeating: UInt8(ascii: " "), count: (8 - header.count % 8) % 8)

    var data = Data(capacity: 8 + header.count + end)
    withUnsafeBytes(of: UInt64(header.count).littleEndian) { data.append(contentsOf: $0) }
    data.append(contentsOf: header)
    for tensor in tensors {
      // Every processor that this program runs on is little-endian.
      tensor.values.withUnsafeBytes { data.append(contentsOf: $0) }
    }
    return data
  }

  /// A text of JSON (RFC 8259).
  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": quoted += "\\\(scalar)"
      case "\u{0}"..<" ":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
