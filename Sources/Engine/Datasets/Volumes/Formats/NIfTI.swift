internal import Groundwork

/// NIfTI-1 and NIfTI-2 (Cox et al., 2004 and 2011), as a file or compressed by gzip.
///
/// Slices lie along the third axis, with rows and columns as they are stored; a fourth axis, or a fifth
/// alone, becomes channels.
struct NIfTI: VolumeFormat {
  let name = "NIfTI"
  let endings = [".nii", ".nii.gz"]
  let naming = VolumeNaming.volume

  func open(
    _ path: String, dataset: String, axes: VolumeAxes?
  ) throws(ImageError) -> any Volume {
    let (source, _) = try VolumeFile.source(path)
    let header = try NIfTIHeader(source)
    let array = try PlainArray(header.layout, in: source, at: header.start, header.channels)
    return ArrayVolume(array, header.facts)
  }
}

/// What a NIfTI file says of its array.
struct NIfTIHeader {
  let layout: SliceLayout
  let start: Int
  let channels: PlainArray.Channels
  let facts: VolumeFacts
  /// As it stands in the file, with what lies between it and the array.
  let fields: HeaderBytes
  let isSecond: Bool

  init(_ source: any ByteSource) throws(ImageError) {
    var fields = HeaderBytes(bytes: try source.bytes(at: 0, 348), isBigEndian: false)
    func length() -> Int { fields.int32(0) }
    if length() != 348, length() != 540 { fields.isBigEndian = true }
    isSecond = length() == 540
    if isSecond {
      fields = HeaderBytes(bytes: try source.bytes(at: 0, 540), isBigEndian: fields.isBigEndian)
    }
    self.fields = fields
    let magic = isSecond ? fields.text(4, 3) : fields.text(344, 3)
    guard length() == 348 || isSecond else {
      throw ImageError("is no NIfTI: put a NIfTI file in its place")
    }
    guard magic == "n+1" || magic == "n+2" else {
      throw ImageError(
        magic.hasPrefix("ni")
          ? "is one of a pair of header and image: save it as one file, .nii or .nii.gz"
          : "is Analyze 7.5, not NIfTI: save it as NIfTI")
    }
    let rank = isSecond ? fields.int64(16) : fields.int16(40)
    guard (1...7).contains(rank) else { throw Self.damage("has \(rank) axes") }
    let isSecond = isSecond
    let shape = (1...7).map { axis in
      axis > rank ? 1 : isSecond ? fields.int64(16 + 8 * axis) : fields.int16(40 + 2 * axis)
    }
    guard shape.allSatisfy({ $0 > 0 }) else { throw Self.damage("has an axis without extent") }
    guard shape[5] == 1, shape[6] == 1, shape[3] == 1 || shape[4] == 1 else {
      throw ImageError(
        "is \(shape.prefix(rank).map(String.init).joined(separator: "×")): of the axes behind the "
          + "third only one may have an extent, which become channels; split it")
    }
    let kind = try Self.kind(fields.int16(isSecond ? 12 : 70))
    let further = shape[3] * shape[4]
    guard kind.stored == 1 || further == 1 else {
      throw ImageError("holds colours of several times: split it")
    }
    var layout = try SliceLayout(
      slices: shape[2], height: shape[1], width: shape[0],
      channels: kind.stored == 1 ? further : 3, number: kind.number)
    layout.isBigEndian = fields.isBigEndian
    channels = kind.stored == 1 ? .apart : .together(stored: kind.stored)
    let slope = isSecond ? fields.double(176) : fields.float(112)
    let intercept = isSecond ? fields.double(184) : fields.float(116)
    var facts = NIfTIGeometry(fields, isSecond: isSecond).facts
    if slope != 0, slope.isFinite, kind.stored == 1 {
      guard intercept.isFinite else {
        throw Self.damage("has an intensity scale that is no number")
      }
      layout.scale = (slope, intercept)
      if layout.isScaled { facts.intensity = .init(slope: slope, intercept: intercept) }
    }
    (self.layout, self.facts) = (layout, facts)
    let offset = isSecond ? Double(fields.int64(168)) : fields.float(108)
    let least = isSecond ? 544 : 352
    guard offset == 0 || (offset >= Double(isSecond ? 540 : 348) && offset < 1e15) else {
      throw Self.damage("says that its values begin at byte \(offset)")
    }
    start = offset == 0 ? least : Int(offset)
  }

  private static func damage(_ what: String) -> ImageError {
    ImageError("\(what): the file is damaged, put a sound copy in its place")
  }

  private static func kind(_ code: Int) throws(ImageError) -> (number: StoredNumber, stored: Int) {
    let numbers: [Int: StoredNumber] = [
      2: .uint8, 4: .int16, 8: .int32, 16: .float32, 64: .float64, 256: .int8, 512: .uint16,
      768: .uint32, 1024: .int64, 1280: .uint64,
    ]
    if let number = numbers[code] { return (number, 1) }
    if code == 128 { return (.uint8, 3) }
    if code == 2304 { return (.uint8, 4) }
    let names = [
      1: "single bits", 32: "complex numbers", 1536: "numbers of 128 bits",
      1792: "complex numbers", 2048: "complex numbers",
    ]
    throw ImageError(
      "holds \(names[code] ?? "numbers of an unknown kind (\(code))"): save it as 8- or 16-bit "
        + "integers or as float32")
  }
}
