import ArgumentParser
internal import Datasets
internal import Groundwork

/// A layout of another tool that a data set is written in: a file of this folder and a line of
/// ``DataExportFormats``.
protocol DataExportFormat: Sendable {
  /// As `--to` names it.
  static var name: String { get }
  /// What is written, in a few words.
  static var about: String { get }

  /// - Throws: ``Failure`` for data that the layout has no place for.
  init(_ data: ExportedDataSet, folder: String) throws

  /// Writes an image and its mask.
  mutating func write(_ image: ExportedImage) throws
  /// Writes what is of all images.
  mutating func finish() throws
  /// What a person should know or do, a sentence each.
  var notes: [String] { get }
}

/// The layouts, in the order of the help.
enum DataExportFormats {
  static let all: [any DataExportFormat.Type] = [COCODataExport.self, NNUNetDataExport.self]

  /// A line for each, for the help.
  static var list: String {
    let width = all.map { $0.name.count }.max() ?? 0
    return all.map { format in
      let padding = String(repeating: " ", count: width - format.name.count + 2)
      return "  \(format.name)\(padding)\(format.about)"
    }.joined(separator: "\n")
  }
}

/// A layout as the command line names it.
struct DataExportTarget: ExpressibleByArgument {
  let format: any DataExportFormat.Type

  init?(argument: String) {
    guard let format = DataExportFormats.all.first(where: { $0.name == argument }) else {
      return nil
    }
    self.format = format
  }

  static var allValueStrings: [String] { DataExportFormats.all.map { $0.name } }
}

/// A data set that is written.
struct ExportedDataSet {
  let experiment: String
  /// In the order of their ids; the first is the background, and is there even where the spec has none.
  let classes: [String]
  /// True where there is a mask for every class.
  let hasPlanes: Bool
}

/// An image of it.
struct ExportedImage {
  /// `train`, `val` or `test`.
  let part: String
  /// Of its own among all images, without an ending.
  let name: String
  /// The file that is the image as it is; `nil` where it lies in a volume or is joined of several.
  let file: String?
  let raster: Raster
  /// `[H, W]` of class ids, 65535 where the pixel never counts; or `[K, H, W]` of 0 and 1.
  let labels: [Label]
}

extension Raster {
  /// - Throws: ``Failure`` where no PNG holds it.
  func writePNG(_ path: String, of name: String) throws {
    guard depth != .real, channels == 1 || channels == 3 else {
      throw Failure(
        .badInput,
        "error: image \(name) has \(channels) channels of \(depth.description), and a PNG holds 1 or 3 of 8 or "
          + "16 bits")
    }
    try ImageFile.write(self, to: path)
  }
}
