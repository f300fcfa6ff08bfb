import Foundation
@testable import Groundwork
import Testing

@Suite struct FileKindTests {
  /// Behind so many zero bytes, or at the beginning.
  private static func file(_ text: String, at offset: Int = 0) -> [UInt8] {
    Array(repeating: 0, count: offset) + Array(text.utf8) + Array(repeating: 0, count: 32)
  }

  @Test(
    "a file is named for what it is",
    arguments: [
      (file("BM"), "BMP"), (file("GIF89a"), "GIF"), (file("RIFF....WEBPVP8 "), "WebP"),
      (file("ftypavif", at: 4), "HEIC or AVIF"), (file("ftypisom", at: 4), "a film"),
      ([0x76, 0x2F, 0x31, 0x01], "OpenEXR"), (file("8BPS"), "a Photoshop file"),
      (file("DICM", at: 128), "DICOM"), (file("n+1\0", at: 344), "NIfTI"),
      (file("NRRD0004"), "NRRD"),
      (file("ObjectType = Image"), "MetaImage"), ([0x89] + file("HDF\r\n\u{1A}\n"), "HDF5"),
      ([0x93] + file("NUMPY"), "a NumPy array"), (file("MATLAB 5.0 MAT-file"), "a MATLAB file"),
      (file("PK\u{3}\u{4}"), "a zip archive"), ([0x1F, 0x8B, 8], "compressed by gzip"),
      (file("BZh9"), "compressed"), (file("ustar", at: 257), "a tar archive"),
      (file("%PDF-1.7"), "PDF"),
      (file("version https://git-lfs.github.com/spec/v1\n"), "a Git LFS pointer"),
      (file("\n <!DOCTYPE html>"), "HTML"), (file("<HTML>"), "HTML"),
      (file("<svg width=\"3\""), "SVG"),
      (file("<?xml version=\"1.0\"?>"), "XML"), (file("{\"shapes\": []}"), "JSON"),
      (file("\u{FEFF}  [1]"), "JSON"), (file("P5\n2 2"), "PNM"), (file("Pf\n2 2"), "PFM"),
      ([0, 0, 1, 0, 1, 0], "an icon"), ([0xFF, 0x0A, 1], "JPEG XL"),
      ([0xFF, 0x4F, 0xFF, 0x51], "JPEG 2000"),
    ] as [([UInt8], String)])
  func kinds(bytes: [UInt8], name: String) {
    let complaint = FileKind.complaint(of: bytes)
    #expect(complaint.hasPrefix("is \(name)"), "\(complaint)")
    #expect(complaint.contains(": "), "no remedy")
  }

  @Test func `a PNG that was sent as text, a stump of one, and other text are told apart`() {
    let mangled = [0x89] + Array("PNG\n\u{1A}\nIHDR".utf8)
    #expect(FileKind.complaint(of: mangled).hasPrefix("is a PNG that was changed as text"))
    #expect(FileKind.complaint(of: [0x89, 0x50, 0x4E]).hasPrefix("is cut short"))
    #expect(FileKind.complaint(of: Array("a.png b.png".utf8)).hasPrefix("is text"))
  }
}
