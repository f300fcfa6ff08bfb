internal import Foundation
internal import Groundwork

/// The lines `field: value` of a NRRD.
struct NRRDHeader {
  let layout: SliceLayout
  let channels: PlainArray.Channels
  let facts: VolumeFacts
  let isCompressed: Bool
  /// `nil` where the values lie behind the header.
  let dataFile: String?
  let skippedLines: Int
  let skippedBytes: Int
  /// In bytes, with the empty line that ends it.
  let length: Int

  private typealias Fields = [String: String]

  init(_ bytes: [UInt8]) throws(ImageError) {
    guard bytes.starts(with: Array("NRRD".utf8)) else {
      throw ImageError("is no NRRD: put one in its place")
    }
    let fields: Fields
    (fields, length) = Self.fields(bytes)
    dataFile = fields["data file"] ?? fields["datafile"]
    if let dataFile, dataFile.uppercased().hasPrefix("LIST") || dataFile.contains("%") {
      throw ImageError("spreads its values over several files: save it as one .nrrd")
    }
    let encoding = (fields["encoding"] ?? "raw").lowercased()
    guard ["raw", "gzip", "gz"].contains(encoding) else {
      throw ImageError(
        "is of encoding \(encoding.prefix(40)), which is not read: save it as raw or gzip")
    }
    isCompressed = encoding != "raw"
    skippedLines = Int(fields["line skip"] ?? fields["lineskip"] ?? "0") ?? -1
    skippedBytes = Int(fields["byte skip"] ?? fields["byteskip"] ?? "0") ?? -2
    guard skippedLines >= 0, (-1...VolumeFile.largest).contains(skippedBytes) else {
      throw Self.damage("skips no number of bytes")
    }
    let sizes = (fields["sizes"] ?? "").split(whereSeparator: \.isWhitespace).map { Int($0) ?? 0 }
    guard sizes.count == Int(fields["dimension"] ?? ""), (2...4).contains(sizes.count) else {
      throw ImageError(
        "has \(sizes.count) axes: 2 to 4 are read, of which one may be of channels")
    }
    let axes = NRRDAxes(fields, count: sizes.count)
    let spatial = sizes.indices.filter { $0 != axes.channel }
    guard (2...3).contains(spatial.count) else {
      throw ImageError(
        "has 4 axes and says of none that it is of channels: name one in its kinds, as 'vector'")
    }
    var layout = try SliceLayout(
      slices: spatial.count > 2 ? sizes[spatial[2]] : 1, height: sizes[spatial[1]],
      width: sizes[spatial[0]], channels: axes.channel.map { sizes[$0] } ?? 1,
      number: Self.kind(fields["type"] ?? ""))
    switch axes.channel {
    case nil, 0: channels = .together(stored: layout.channels)
    case sizes.count - 1: channels = .apart
    default: throw ImageError("has channels between other axes: save it with channels first")
    }
    if layout.number.bytes > 1 {
      guard let endian = fields["endian"]?.lowercased(), ["little", "big"].contains(endian) else {
        throw Self.damage("does not say its order of bytes (endian)")
      }
      layout.isBigEndian = endian == "big"
    }
    self.layout = layout
    facts = axes.facts(spatial)
  }

  /// Behind so many lines from a place on.
  func skippingLines(of file: PlainBytes, from start: Int) throws(ImageError) -> Int {
    guard skippedLines > 0 else { return start }
    let text = try file.bytes(at: start, min(max(0, file.count - start), 1 << 20))
    var (place, left) = (0, skippedLines)
    while left > 0 {
      guard let end = text[place...].firstIndex(of: 10) else { throw PlainBytes.cutShort }
      (place, left) = (end + 1, left - 1)
    }
    return start + place
  }

  private static func fields(_ bytes: [UInt8]) -> (Fields, length: Int) {
    var (fields, place): (Fields, Int) = ([:], 0)
    while place < bytes.count {
      let end = bytes[place...].firstIndex(of: 10) ?? bytes.count
      let line = Substring(decoding: bytes[place..<end], as: UTF8.self).trimmed
      place = min(end + 1, bytes.count)
      if line.isEmpty { break }
      guard !line.hasPrefix("#"), let colon = line.firstIndex(of: ":") else { continue }
      let value = line[line.index(after: colon)...]
      // `key:=value` are words of the writer's own.
      guard !value.hasPrefix("=") else { continue }
      fields[line[..<colon].lowercased()] = String(value.trimmed)
    }
    return (fields, place)
  }

  private static func kind(_ text: String) throws(ImageError) -> StoredNumber {
    let names: [(StoredNumber, [String])] = [
      (.int8, ["signed char", "int8", "int8_t"]),
      (.uint8, ["uchar", "unsigned char", "uint8", "uint8_t"]),
      (.int16, ["short", "short int", "signed short", "signed short int", "int16", "int16_t"]),
      (.uint16, ["ushort", "unsigned short", "unsigned short int", "uint16", "uint16_t"]),
      (.int32, ["int", "signed int", "int32", "int32_t"]),
      (.uint32, ["uint", "unsigned int", "uint32", "uint32_t"]),
      (
        .int64,
        [
          "longlong", "long long", "long long int", "signed long long", "signed long long int",
          "int64", "int64_t",
        ]
      ),
      (
        .uint64,
        ["ulonglong", "unsigned long long", "unsigned long long int", "uint64", "uint64_t"]
      ),
      (.float32, ["float"]), (.float64, ["double"]),
    ]
    let name = text.lowercased()
    guard let kind = names.first(where: { $0.1.contains(name) })?.0 else {
      throw ImageError("is of type '\(text.prefix(40))', which is not read: save it as float")
    }
    return kind
  }

  private static func damage(_ what: String) -> ImageError {
    ImageError("\(what): the header is damaged, put a sound copy in its place")
  }
}

/// What the axes of a NRRD are, the fastest first.
private struct NRRDAxes {
  /// `nil` where a pixel has one.
  let channel: Int?
  private let spacings: [Double]
  /// Of axes in space.
  private let directions: [[Double]?]
  private let origin: [Double]?
  private let unit: String
  /// Of the axes of the space: -1 where it points against NIfTI's, to the right, front and head.
  private let signs: [Double]?

  init(_ fields: [String: String], count: Int) {
    func words(_ key: String) -> [String] {
      (fields[key] ?? "").split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
    }
    let found = Self.vectors(fields["space directions"] ?? "")
    directions = found.count == count ? found : []
    let kinds = words("kinds")
    let ofChannels = [
      "list", "vector", "point", "rgb-color", "rgba-color", "hsv-color", "xyz-color", "2-vector",
      "3-vector", "4-vector", "3-color", "4-color", "covariant-vector", "normal", "3-gradient",
      "3-normal", "complex",
    ]
    let named = kinds.count == count ? kinds.firstIndex { ofChannels.contains($0) } : nil
    let placeless = directions.firstIndex { $0 == nil }
    channel = named ?? (count > 2 ? placeless : nil)
    let numbers = words("spacings").map { Double($0) ?? .nan }
    spacings = numbers.count == count ? numbers : []
    origin = fields["space origin"].map { Self.vector($0) }
    unit =
      (fields["space units"] ?? fields["units"] ?? "").split(separator: "\"")
      .map { String($0.trimmed) }.first { !$0.isEmpty && $0 != "???" }
      .map(LengthUnit.name) ?? (fields["space"] == nil ? "" : "mm")
    let space = (fields["space"] ?? "").lowercased()
    signs =
      switch space {
      case "right-anterior-superior", "ras": [1, 1, 1]
      case "left-anterior-superior", "las": [-1, 1, 1]
      case "left-posterior-superior", "lps": [-1, -1, 1]
      default: nil
      }
  }

  /// `none` or `(x,y,z)`, with blanks between.
  private static func vectors(_ text: String) -> [[Double]?] {
    var (found, rest): ([[Double]?], Substring) = ([], text[...].trimmed)
    while !rest.isEmpty {
      let isVector = rest.hasPrefix("(")
      let end =
        rest.firstIndex { isVector ? $0 == ")" : $0.isWhitespace }
        ?? rest.index(before: rest.endIndex)
      found.append(isVector ? vector(String(rest[...end])) : nil)
      rest = rest[rest.index(after: end)...].trimmed
    }
    return found
  }

  private static func vector(_ text: String) -> [Double] {
    text.drop { $0 != "(" }.dropFirst().prefix { $0 != ")" }.split(separator: ",")
      .map { Double($0.trimmed) ?? .nan }
  }

  /// - Parameter spatial: the axes of columns, rows and slices.
  func facts(_ spatial: [Int]) -> VolumeFacts {
    var facts = VolumeFacts()
    let steps = spatial.map { axis -> Double in
      guard let direction = directions.isEmpty ? nil : directions[axis] else {
        return spacings.isEmpty ? .nan : spacings[axis]
      }
      return direction.reduce(0) { $0 + $1 * $1 }.squareRoot()
    }
    facts.spacing = VolumeFacts.Spacing(
      slices: steps.count > 2 ? steps[2] : 1, height: steps[1], width: steps[0], unit: unit)
    guard spatial.count == 3, !directions.isEmpty, let signs, let origin, origin.count == 3 else {
      return facts
    }
    let axes = spatial.compactMap { directions[$0] }.filter { $0.count == 3 }
    guard axes.count == 3 else { return facts }
    let affine = (0..<3).flatMap { row in
      axes.map { signs[row] * $0[row] } + [signs[row] * origin[row]]
    }
    if affine.allSatisfy(\.isFinite) { facts.orientation = affine }
    return facts
  }
}
