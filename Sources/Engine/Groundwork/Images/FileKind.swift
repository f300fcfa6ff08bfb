/// What a file is that is none of the formats that are read, by its first bytes: so that people are told what to do.
enum FileKind {
  /// What is wrong with such a file, with the remedy.
  static func complaint(of bytes: [UInt8]) -> String {
    if bytes.isEmpty { return "is empty: put the image in its place" }
    let signatures = [PNG.signature, JPEG.signature] + TIFF.signatures
    if signatures.contains(where: { $0.starts(with: bytes) }) {
      return "is cut short: put a whole copy in its place"
    }
    let kind = known.first { $0.signatures.contains { $0.fits(bytes) } }
    if let kind { return "is \(kind.name): \(kind.remedy)" }
    if isMangledPNG(bytes) {
      return "is a PNG that was changed as text on its way (line ends): copy it again as binary"
    }
    if bytes.prefix(1000).allSatisfy({ (0x20..<0x7F).contains($0) || (9...13).contains($0) }) {
      return "is text: images and masks are PNG, JPEG, TIFF, GIF, WebP, BMP or PNM"
    }
    return "is of no format that is read (PNG, JPEG, TIFF, GIF, WebP, BMP, PNM): convert it to PNG"
  }

  private struct Kind {
    let name: String
    let remedy: String
    let signatures: [Signature]
  }

  private struct Signature {
    let bytes: [UInt8]
    /// Where the bytes stand, counted from the beginning of the file.
    let offset: Int
    /// True where a byte order mark and blanks before the bytes are skipped, and upper-case letters
    /// count as lower-case ones.
    let ignoresCaseAndBlanks: Bool

    init(_ bytes: [UInt8], at offset: Int = 0) {
      (self.bytes, self.offset, ignoresCaseAndBlanks) = (bytes, offset, false)
    }

    init(_ text: String, at offset: Int = 0) { self.init(Array(text.utf8), at: offset) }

    /// A text that a file begins with, given in lower case. In the file it may be in either case
    /// and follow a byte order mark and blanks.
    init(ofText text: String) {
      (bytes, offset, ignoresCaseAndBlanks) = (Array(text.utf8), 0, true)
    }

    func fits(_ file: [UInt8]) -> Bool {
      guard ignoresCaseAndBlanks else { return file.dropFirst(offset).starts(with: bytes) }
      let body = file.starts(with: [0xEF, 0xBB, 0xBF]) ? file.dropFirst(3) : file[...]
      return body.drop { $0 == 0x20 || (9...13).contains($0) }.prefix(bytes.count)
        .map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }.elementsEqual(bytes)
    }
  }

  private static let convert = "convert it to PNG, losslessly"
  private static let unpack = "unpack it"
  private static let convertDICOM =
    "convert the folder of its series to NIfTI: dcm2niix -z y -o CONVERTED FOLDER"
  private static let draw = "masks are images: draw its shapes into a PNG of class ids"
  private static let fetch = "it stands for the image: fetch it (git lfs pull)"
  private static let download = "a page was saved in place of the image: download it again"
  private static let store =
    "store the array as HDF5 and name the dataset (FILE.h5:/DATASET), or write it as PNG"

  // What may begin like another comes first.
  private static let known: [Kind] = [
    // These are read, but not where a TIFF is meant.
    Kind(name: "GIF", remedy: convert, signatures: [.init("GIF87a"), .init("GIF89a")]),
    Kind(name: "WebP", remedy: convert, signatures: [.init("WEBP", at: 8)]),
    Kind(
      name: "JPEG 2000", remedy: convert,
      signatures: [.init([0, 0, 0, 12, 0x6A, 0x50]), .init([0xFF, 0x4F, 0xFF, 0x51])]),
    Kind(
      name: "JPEG XL", remedy: convert,
      signatures: [.init([0xFF, 0x0A]), .init([0, 0, 0, 12, 0x4A, 0x58, 0x4C, 0x20])]),
    Kind(
      name: "HEIC or AVIF", remedy: convert,
      signatures: ["heic", "heix", "mif1", "msf1", "heif", "avif", "avis"].map {
        Signature("ftyp" + $0, at: 4)
      }),
    Kind(name: "a film", remedy: "save its frames as PNG", signatures: [.init("ftyp", at: 4)]),
    Kind(name: "OpenEXR", remedy: convert, signatures: [.init([0x76, 0x2F, 0x31, 0x01])]),
    Kind(name: "a Photoshop file", remedy: convert, signatures: [.init("8BPS")]),
    Kind(
      name: "DICOM",
      remedy: convertDICOM, signatures: [.init("DICM", at: 128)]),
    Kind(
      name: "NIfTI", remedy: "name it FILE.nii",
      signatures: [
        .init("n+1\0", at: 344), .init("ni1\0", at: 344), .init("n+2\0", at: 4),
        .init("ni2\0", at: 4),
      ]),
    Kind(name: "NRRD", remedy: "name it FILE.nrrd", signatures: [.init("NRRD")]),
    Kind(
      name: "MetaImage", remedy: "name it FILE.mha, or FILE.mhd where it is a header alone",
      signatures: [.init("ObjectType"), .init("NDims"), .init("Comment =")]),
    Kind(
      name: "HDF5", remedy: "name a dataset in it, FILE.h5:/DATASET or FILE.h5:/DATASET[INDEX]",
      signatures: [.init([0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A])]),
    Kind(
      name: "a NumPy array", remedy: store, signatures: [.init([0x93] + Array("NUMPY".utf8))]),
    Kind(name: "a MATLAB file", remedy: store, signatures: [.init("MATLAB 5.0")]),
    Kind(
      name: "a zip archive (as .npz are)", remedy: unpack,
      signatures: [.init([0x50, 0x4B, 3, 4]), .init([0x50, 0x4B, 5, 6])]),
    Kind(
      name: "compressed by gzip", remedy: "name it FILE.nii.gz where it is NIfTI, or unpack it",
      signatures: [.init([0x1F, 0x8B])]),
    Kind(
      name: "compressed", remedy: unpack,
      signatures: [
        .init("BZh"), .init([0xFD, 0x37, 0x7A, 0x58, 0x5A]), .init([0x28, 0xB5, 0x2F, 0xFD]),
        .init([0x37, 0x7A, 0xBC, 0xAF]), .init("Rar!"),
      ]),
    Kind(name: "a tar archive", remedy: unpack, signatures: [.init("ustar", at: 257)]),
    Kind(name: "PDF", remedy: "export its image as PNG", signatures: [.init("%PDF")]),
    Kind(
      name: "a Git LFS pointer", remedy: fetch,
      signatures: [.init("version https://git-lfs"), .init("version https://hawser")]),
    Kind(name: "SVG", remedy: draw, signatures: [.init(ofText: "<svg")]),
    Kind(
      name: "HTML", remedy: download,
      signatures: [.init(ofText: "<!doctype html"), .init(ofText: "<html")]),
    Kind(
      name: "XML", remedy: draw,
      signatures: [.init(ofText: "<?xml"), .init(ofText: "<annotation")]),
    Kind(
      name: "JSON", remedy: draw, signatures: [.init(ofText: "{"), .init(ofText: "[")]),
    Kind(
      name: "PNM", remedy: convert,
      signatures: (1...7).flatMap { digit in
        ["\n", " ", "\r"].map { Signature("P\(digit)\($0)") }
      }),
    Kind(name: "PFM", remedy: convert, signatures: [.init("PF\n"), .init("Pf\n")]),
    Kind(name: "an icon", remedy: convert, signatures: [.init([0, 0, 1, 0])]),
    Kind(name: "BMP", remedy: convert, signatures: [.init("BM")]),
  ]

  /// Tells whether the file is a PNG whose line ends were exchanged, or whose bytes lost their
  /// first bit.
  private static func isMangledPNG(_ bytes: [UInt8]) -> Bool {
    let start = Array(bytes.prefix(4))
    return start == [0x89, 0x50, 0x4E, 0x47] || start == [0x09, 0x50, 0x4E, 0x47]
      || bytes.starts(with: [0xEF, 0xBF, 0xBD, 0x50, 0x4E, 0x47])
      || bytes.starts(with: [0xC2, 0x89, 0x50, 0x4E, 0x47])
  }
}
