internal import Digest
internal import Groundwork

/// Reads and decodes images and masks one after the other, files of their own and slices of volumes,
/// in memory that is used again.
struct FileReader: ~Copyable {
  private var bytes: [UInt8] = []
  private var hash = SHA256()
  private var volumes = VolumeReader()
  private let points = PointReader()

  /// - Parameter digest: what was read before; `nil` the first time.
  /// - Returns: the digest of the file, or of a slice's values.
  mutating func read(
    _ file: ListedFile, unchangedSince digest: SHA256.Value?, _ decoding: ImageDecoding,
    into image: inout DecodedImage
  ) throws(ImageError) -> SHA256.Value {
    if let part = file.points {
      let found = try Self.unchanged(points.read(part, into: &image.raster), since: digest)
      image.extent = DecodedExtent(fileSize: image.raster.size)
      try image.prepare(decoding)
      return found
    }
    if let slice = file.slice {
      let found = try Self.unchanged(volumes.read(slice, into: &image.raster), since: digest)
      image.extent = DecodedExtent(fileSize: image.raster.size)
      try image.prepare(decoding)
      return found
    }
    let found = try Self.unchanged(readBytes(file.path.text), since: digest)
    image.extent = try ImageFile.decode(
      bytes, atLeast: decoding.noData == nil ? decoding.least : nil, into: &image.raster)
    try image.prepare(decoding)
    return found
  }

  /// - Parameters:
  ///   - digest: what was read before; `nil` the first time.
  ///   - meaning: whether it is a colour image, or shades of grey.
  mutating func read(
    _ file: ListedFile, unchangedSince digest: SHA256.Value?, _ meaning: MaskMeaning,
    into mask: inout MaskValues
  ) throws(ImageError) -> SHA256.Value {
    if let part = file.points {
      return try Self.unchanged(points.read(part, into: &mask), since: digest)
    }
    if let slice = file.slice {
      return try Self.unchanged(
        volumes.read(slice, into: &mask, asColours: meaning.isOfColours), since: digest)
    }
    let found = try Self.unchanged(readBytes(file.path.text), since: digest)
    if meaning.isOfColours {
      try ImageFile.decode(bytes, coloursInto: &mask)
    } else {
      try ImageFile.decode(bytes, shades: meaning.isOfShades, into: &mask)
    }
    return found
  }

  /// What a file says of itself; no pixel is decoded.
  mutating func size(of file: ListedFile) throws(ImageError) -> Size {
    if let part = file.points { return points.size(of: part) }
    if let slice = file.slice { return try volumes.extent(of: slice).size }
    try FileBytes.read(file.path.text, into: &bytes)
    return try ImageFile.header(bytes).size
  }

  /// The same of a mask; what cannot be one is decoded into `mask`, which says what is wrong.
  mutating func size(
    ofMask file: ListedFile, _ meaning: MaskMeaning, decodingInto mask: inout MaskValues
  ) throws(ImageError) -> Size {
    if let part = file.points { return points.size(of: part) }
    if let slice = file.slice {
      return try volumes.extent(ofMask: slice, asColours: meaning.isOfColours).size
    }
    try FileBytes.read(file.path.text, into: &bytes)
    let header = try ImageFile.header(bytes)
    if meaning.isOfColours {
      if header.isLossy { try ImageFile.decode(bytes, coloursInto: &mask) }
    } else if !header.holdsIDs, !(meaning.isOfShades && header.isLossy) {
      try ImageFile.decode(bytes, into: &mask)
    }
    return header.size
  }

  private mutating func readBytes(_ path: String) throws(ImageError) -> SHA256.Value {
    try FileBytes.read(path, into: &bytes)
    bytes.withUnsafeBytes { hash.update($0) }
    return hash.finish()
  }

  private static func unchanged(
    _ found: SHA256.Value, since digest: SHA256.Value?
  ) throws(ImageError) -> SHA256.Value {
    guard digest == nil || found == digest else {
      throw ImageError("has changed since the data was checked: start again")
    }
    return found
  }
}
