internal import Foundation
internal import Groundwork

/// MetaImage (ITK's): a header `.mhd` beside its values, or both in one `.mha`, as they are or compressed.
struct MetaImage: VolumeFormat {
  let name = "MetaImage"
  let endings = [".mha", ".mhd"]
  let endingsOfSeveralFiles = [".mhd"]
  let naming = VolumeNaming.volume

  func files(of path: String) -> [String]? {
    guard let header = try? MetaImageHeader(VolumeFile.start(path, atMost: 1 << 16)) else {
      return nil
    }
    guard header.dataFile.lowercased() != "local" else { return [path] }
    return (try? VolumeFile.beside(path, header.dataFile)).map { [path, $0] }
  }

  func open(
    _ path: String, dataset: String, axes: VolumeAxes?
  ) throws(ImageError) -> any Volume {
    let header = try MetaImageHeader(VolumeFile.start(path, atMost: 1 << 16))
    let isLocal = header.dataFile.lowercased() == "local"
    if !isLocal, path.lowercased().hasSuffix(".mha") {
      throw ImageError("is a header alone, whose values are in '\(header.dataFile)': call it .mhd")
    }
    let file = isLocal ? path : try VolumeFile.beside(path, header.dataFile)
    let plain = try PlainBytes(file)
    var start = isLocal ? header.length : 0
    if header.isCompressed {
      return ArrayVolume(
        try PlainArray(
          header.layout, in: try CompressedBytes(file, start: start), at: 0, header.channels),
        header.facts)
    }
    if header.skipped == -1 {
      // The values are what the file ends with.
      let count = header.layout.sliceBytes.multipliedReportingOverflow(by: header.layout.slices)
      guard !count.overflow, count.partialValue <= plain.count else { throw PlainBytes.cutShort }
      start = plain.count - count.partialValue
    } else {
      start += header.skipped
    }
    return ArrayVolume(
      try PlainArray(header.layout, in: plain, at: start, header.channels), header.facts)
  }
}

/// The lines `Key = value` of a MetaImage.
struct MetaImageHeader {
  let layout: SliceLayout
  let channels: PlainArray.Channels
  let facts: VolumeFacts
  let isCompressed: Bool
  let dataFile: String
  /// Bytes before the values in their file; -1 where the file ends with them.
  let skipped: Int
  /// In bytes.
  let length: Int

  private typealias Fields = [String: String]

  init(_ bytes: [UInt8]) throws(ImageError) {
    var (fields, place): (Fields, Int) = ([:], 0)
    while fields["elementdatafile"] == nil {
      guard
        let end = bytes[place...].firstIndex(of: 10) ?? (place < bytes.count ? bytes.count : nil)
      else { throw Self.damage("does not say where its values are (ElementDataFile)") }
      let line = String(decoding: bytes[place..<end], as: UTF8.self)
      guard let sign = line.firstIndex(of: "=") else {
        throw ImageError("is no MetaImage: put one in its place")
      }
      let key = line[..<sign].trimmed.lowercased()
      fields[key] = String(line[line.index(after: sign)...].trimmed)
      place = min(end + 1, bytes.count)
    }
    length = place
    dataFile = fields["elementdatafile"] ?? ""
    guard !dataFile.lowercased().hasPrefix("list"), !dataFile.contains("%") else {
      throw ImageError(
        "spreads its values over several files: save it as one .mha, or list the files themselves")
    }
    guard Self.isTrue(fields["binarydata"] ?? "true") else {
      throw ImageError("holds its values as text: save it with BinaryData = True")
    }
    let sizes = try Self.numbers(fields["dimsize"], "DimSize").map { number throws(ImageError) in
      guard let size = Int(exactly: number) else { throw Self.damage("has a DimSize of \(number)") }
      return size
    }
    guard (2...3).contains(sizes.count) else {
      throw ImageError("has \(sizes.count) axes: 2 or 3 are read, with ElementNumberOfChannels")
    }
    let channels = Int(fields["elementnumberofchannels"] ?? "1") ?? 0
    var layout = try SliceLayout(
      slices: sizes.count > 2 ? sizes[2] : 1, height: sizes[1], width: sizes[0],
      channels: channels, number: Self.kind(fields["elementtype"] ?? ""))
    layout.isBigEndian = Self.isTrue(
      fields["binarydatabyteordermsb"] ?? fields["elementbyteordermsb"] ?? "false")
    self.layout = layout
    self.channels = .together(stored: channels)
    isCompressed = Self.isTrue(fields["compresseddata"] ?? "false")
    skipped = Int(fields["headersize"] ?? "0") ?? 0
    guard (-1...VolumeFile.largest).contains(skipped) else {
      throw Self.damage("has a HeaderSize of \(skipped)")
    }
    facts = try Self.facts(fields, axes: sizes.count)
  }

  private static func facts(_ fields: Fields, axes: Int) throws(ImageError) -> VolumeFacts {
    var facts = VolumeFacts()
    var spacing: [Double]?
    if let text = fields["elementspacing"] ?? fields["elementsize"] {
      let found = try numbers(text, "ElementSpacing") + [1]
      guard found.count > axes else { throw damage("has too few numbers in ElementSpacing") }
      spacing = found
      facts.spacing = VolumeFacts.Spacing(
        slices: axes > 2 ? found[2] : 1, height: found[1], width: found[0], unit: "mm")
    }
    let origin = try (fields["offset"] ?? fields["origin"] ?? fields["position"])
      .map { text throws(ImageError) in try numbers(text, "Offset") }
    let matrix = try (fields["transformmatrix"] ?? fields["rotation"] ?? fields["orientation"])
      .map { text throws(ImageError) in try numbers(text, "TransformMatrix") }
    guard axes == 3, let spacing, let origin, let matrix, origin.count >= 3, matrix.count >= 9
    else {
      return facts
    }
    // Each row of TransformMatrix is the direction of an axis. ITK's patients look to the left and back,
    // those of the affine here, as NIfTI's, to the right and front.
    facts.orientation = (0..<3).flatMap { row in
      let sign: Double = row < 2 ? -1 : 1
      return (0..<3).map { sign * matrix[3 * $0 + row] * spacing[$0] } + [sign * origin[row]]
    }
    return facts
  }

  private static func isTrue(_ text: String) -> Bool { ["true", "1"].contains(text.lowercased()) }

  private static func numbers(_ text: String?, _ key: String) throws(ImageError) -> [Double] {
    guard let text else { throw damage("does not say \(key)") }
    return try text.split(whereSeparator: \.isWhitespace).map { word throws(ImageError) in
      guard let number = Double(word), number.isFinite else {
        throw damage("has '\(word.prefix(40))' in \(key)")
      }
      return number
    }
  }

  private static func kind(_ text: String) throws(ImageError) -> StoredNumber {
    let kinds: [String: StoredNumber] = [
      "MET_CHAR": .int8, "MET_UCHAR": .uint8, "MET_SHORT": .int16, "MET_USHORT": .uint16,
      "MET_INT": .int32, "MET_UINT": .uint32, "MET_LONG": .int32, "MET_ULONG": .uint32,
      "MET_LONG_LONG": .int64, "MET_ULONG_LONG": .uint64, "MET_FLOAT": .float32,
      "MET_DOUBLE": .float64,
    ]
    let name = text.uppercased()
    guard let kind = kinds[name] ?? kinds[name.replacingOccurrences(of: "_ARRAY", with: "")] else {
      throw ImageError(
        "is of ElementType '\(text.prefix(40))', which is not read: save it as MET_FLOAT")
    }
    return kind
  }

  private static func damage(_ what: String) -> ImageError {
    ImageError("\(what): the header is damaged, put a sound copy in its place")
  }
}
