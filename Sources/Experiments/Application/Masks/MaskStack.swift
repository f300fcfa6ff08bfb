internal import Datasets
internal import Groundwork
internal import Synchronization

/// The masks of neighbouring slices of a volume, or the one mask of a TIFF, which become one file, or with
/// several masks an image one file each. Slices may come in any order, from several threads.
final class MaskStack: Sendable {
  /// Of the first slice.
  let image: ListedFile
  let count: Int
  /// Without its ending.
  let name: String
  let format: Format
  private let state = Mutex(State())

  enum Format {
    case tiff
    case nifti(VolumeDescription)

    var ending: String {
      switch self {
      case .tiff: ".tif"
      case .nifti: ".nii.gz"
      }
    }
  }

  private struct State {
    var next = 0
    var waiting: [Int: (size: Size, planes: [[UInt8]])] = [:]
    var writers: [MaskFile] = []
    var isAbandoned = false
  }

  init(image: ListedFile, count: Int, name: String, format: Format) {
    (self.image, self.count, self.name, self.format) = (image, count, name, format)
  }

  /// One of the slices cannot be read: there will be no file.
  func abandon() {
    state.withLock { $0 = State(isAbandoned: true) }
  }

  /// Adds the masks of a slice. The files appear when the last is added.
  ///
  /// - Parameters:
  ///   - planes: `[H, W]` for each file, of 8 bits or of 16 in the order of this machine.
  ///   - palette: `nil` where the masks are no class ids.
  func add(
    _ place: Int, _ size: Size, _ planes: [[UInt8]], to files: [String], _ palette: ClassPalette?
  ) throws {
    try state.withLock { state in
      guard !state.isAbandoned else { return }
      state.waiting[place] = (size, planes)
      while let (size, planes) = state.waiting.removeValue(forKey: state.next) {
        if state.next == 0 {
          state.writers = try files.enumerated().map { index, file in
            try MaskFile(self, file, size, depth: planes[index].count / size.area * 8, palette)
          }
        }
        for (writer, pixels) in zip(state.writers, planes) { try writer.add(size, pixels) }
        state.next += 1
      }
      guard state.next == count else { return }
      for writer in state.writers { try writer.finish() }
      state.writers = []
    }
  }
}

/// One file of a ``MaskStack``.
private final class MaskFile {
  private enum Writer {
    case tiff(TIFFWriter, TIFFWriter.Page)
    case nifti(NIfTIWriter)
  }

  private var writer: Writer
  private let size: Size
  private let name: String

  init(
    _ stack: MaskStack, _ path: String, _ size: Size, depth: Int, _ palette: ClassPalette?
  ) throws {
    self.size = size
    name = path
    switch stack.format {
    case .nifti(let volume):
      let first = stack.image.slice?.index ?? 0
      writer = .nifti(
        try NIfTIWriter(
          path: path, like: volume, slices: first..<first + stack.count, size: size, depth: depth))
    case .tiff:
      var page = TIFFWriter.Page(size: size)
      if depth == 8 { page.palette = palette }
      if let tiff = stack.image.tiff {
        let file = try TIFF(path: tiff.path)
        page.resolution = try file.resolution(page: min(tiff.page, file.pages - 1))
        page.like = (file, min(tiff.page, file.pages - 1))
      }
      if let spacing = try stack.image.volume()?.facts.spacing {
        page.describe(spacing, slices: stack.count)
      }
      writer = .tiff(
        try TIFFWriter(
          path: path,
          isLarge: size.area.multipliedReportingOverflow(by: stack.count * depth / 8)
            .partialValue > 2_000_000_000), page)
    }
  }

  func add(_ size: Size, _ pixels: [UInt8]) throws {
    guard size == self.size else {
      throw Failure(
        .badInput,
        "error: \(name) cannot hold pages of \(size) beside those of \(self.size): write masks as "
          + "PNG (--mask-format png)")
    }
    switch writer {
    case .nifti(let file): try file.add(pixels)
    case .tiff(let file, var page):
      try file.add(page, pixels)
      // What describes the stack stands on its first page.
      page.description = nil
      writer = .tiff(file, page)
    }
  }

  func finish() throws {
    switch writer {
    case .nifti(let file): try file.finish()
    case .tiff(let file, _): try file.finish()
    }
  }
}

extension TIFFWriter.Page {
  /// Says of a stack how far its slices and pixels are apart, as ImageJ does.
  fileprivate mutating func describe(_ spacing: VolumeFacts.Spacing, slices: Int) {
    let unit = spacing.unit == "µm" ? "\\u00B5m" : spacing.unit.isEmpty ? "pixel" : spacing.unit
    description = """
      ImageJ=1.53t
      images=\(slices)
      slices=\(slices)
      unit=\(unit)
      spacing=\(spacing.slices)
      loop=false

      """
    resolution = TIFF.Resolution(width: 1 / spacing.width, height: 1 / spacing.height, unit: 1)
  }
}
