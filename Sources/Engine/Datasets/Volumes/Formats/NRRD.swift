internal import Foundation
internal import Groundwork

/// NRRD (Kindlmann, "nearly raw raster data"), attached in `.nrrd` or detached in `.nhdr`, raw or compressed
/// by gzip.
struct NRRD: VolumeFormat {
  let name = "NRRD"
  let endings = [".nrrd", ".nhdr"]
  let endingsOfSeveralFiles = [".nhdr"]
  let naming = VolumeNaming.volume

  func files(of path: String) -> [String]? {
    guard let header = try? NRRDHeader(VolumeFile.start(path, atMost: 1 << 20)) else { return nil }
    guard let name = header.dataFile else { return [path] }
    return (try? VolumeFile.beside(path, name)).map { [path, $0] }
  }

  func open(
    _ path: String, dataset: String, axes: VolumeAxes?
  ) throws(ImageError) -> any Volume {
    let header = try NRRDHeader(VolumeFile.start(path, atMost: 1 << 20))
    if let name = header.dataFile, path.lowercased().hasSuffix(".nrrd") {
      throw ImageError("is a header alone, whose values are in '\(name)': call it .nhdr")
    }
    let file = try header.dataFile.map { name throws(ImageError) in
      try VolumeFile.beside(path, name)
    }
    var start = file == nil ? header.length : 0
    let plain = try PlainBytes(file ?? path)
    start = try header.skippingLines(of: plain, from: start)
    if header.isCompressed {
      guard header.skippedBytes >= 0 else {
        throw ImageError("skips -1 bytes of compressed values: the header is damaged")
      }
      // Bytes are skipped behind the decompression, lines before it.
      return ArrayVolume(
        try PlainArray(
          header.layout, in: try CompressedBytes(file ?? path, start: start),
          at: header.skippedBytes, header.channels),
        header.facts)
    }
    if header.skippedBytes == -1 {
      let count = header.layout.sliceBytes.multipliedReportingOverflow(by: header.layout.slices)
      guard !count.overflow, count.partialValue <= plain.count else { throw PlainBytes.cutShort }
      start = plain.count - count.partialValue
    } else {
      start += header.skippedBytes
    }
    return ArrayVolume(
      try PlainArray(header.layout, in: plain, at: start, header.channels), header.facts)
  }
}
