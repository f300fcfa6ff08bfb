/// A `.safetensors` file: eight bytes that count the header, a header in JSON, and the values.
///
/// The header lists for each tensor its type, its shape and the place of its values behind the
/// header. The values cover the rest of the file without holes and overlaps (safetensors' format
/// description, 2023).
enum SafeTensorsFile {
  /// As the format's own reader has it.
  static let headerLimit = 100_000_000

  /// Whether it begins with the count of a header and with the header's brace.
  static func isLikely(_ contents: FileContents) -> Bool {
    guard contents.count > 8, contents.bytes[7] == 0 else { return false }
    return contents.bytes[8...].prefix(64).first { $0 != 0x20 } == UInt8(ascii: "{")
  }

  static func listing(of contents: FileContents) throws(Refusal) -> WeightListing {
    var reader = ByteReader(contents)
    let length = try reader.count()
    guard length <= headerLimit else {
      throw Refusal.damaged(
        "its header claims \(length) bytes, and the format allows \(headerLimit)")
    }
    guard reader.starts(with: "{".utf8) else {
      throw Refusal.damaged("its header does not begin with '{'")
    }
    var header = SafeTensorsHeader(try reader.part(length))
    let entries = try header.entries()
    try requireCover(entries, bytes: reader.remaining)
    var tensors: [DottedTensor] = []
    for entry in entries {
      tensors.append(
        DottedTensor(
          container: [], key: entry.name, shape: entry.shape,
          source: try source(of: entry, dataStart: reader.position)))
    }
    let naming = DottedNames(tensors)
    return WeightListing(format: .safetensors, tensors: naming.stored, prefix: naming.prefix)
  }

  /// Makes sure that the values of all tensors are the file's data, each byte once.
  private static func requireCover(
    _ entries: [SafeTensorsHeader.Entry], bytes: Int
  ) throws(Refusal) {
    var covered = 0
    for entry in entries.sorted(by: { ($0.start, $0.end) < ($1.start, $1.end) }) {
      guard entry.start == covered, entry.end >= entry.start else {
        let fault = entry.start > covered ? "a hole" : "an overlap"
        throw Refusal.damaged("there is \(fault) before the values of '\(entry.name)'")
      }
      covered = entry.end
    }
    guard covered == bytes else {
      throw covered > bytes
        ? Refusal.truncated
        : Refusal.damaged("\(bytes - covered) bytes behind the values belong to no tensor")
    }
  }

  private static func source(
    of entry: SafeTensorsHeader.Entry, dataStart: Int
  ) throws(Refusal) -> ValueSource {
    guard let type = types[entry.type] else {
      throw Refusal(
        "'\(entry.name)' is of the type \(entry.type), which this program does not read",
        remedy: "save it as F32, F16 or BF16")
    }
    let count = try Extent.count(of: entry.shape)
    guard try Extent.multiply(count, type.size) == entry.end - entry.start else {
      throw Refusal.damaged(
        "'\(entry.name)' has the shape \(entry.shape) of \(entry.type), and "
          + "\(entry.end - entry.start) bytes")
    }
    return ValueSource(
      place: (dataStart + entry.start)..<(dataStart + entry.end), type: type, count: count)
  }

  private static let types: [String: ElementType] = [
    "F16": .float16, "BF16": .bfloat16, "F32": .float32, "F64": .float64,
    "I8": .int8, "I16": .int16, "I32": .int32, "I64": .int64,
    "U8": .uint8, "U16": .uint16, "U32": .uint32, "U64": .uint64, "BOOL": .bool,
  ]
}
