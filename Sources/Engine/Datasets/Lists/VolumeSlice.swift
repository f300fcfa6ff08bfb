internal import Foundation
internal import Groundwork

/// An image or mask within a file of several, as a list names it: `volume.h5:/raw[3]`, or
/// `image.h5:/raw` for a dataset that is one image, or the page `stack.tif[3]` of a TIFF.
package struct VolumeSlice: Sendable, Hashable {
  /// As opened.
  package let file: FilePath
  /// Within an HDF5 file; empty for a TIFF.
  package let dataset: String
  /// Along the first axis, or the page; `nil` where the whole dataset is the image.
  package let index: Int?
  /// How many slices away from there it lies, or as many as there are.
  package private(set) var offset = 0
  /// What a look at the file found; `nil` where nobody has looked.
  var finding: VolumeFinding?

  init(file: FilePath, dataset: String, index: Int?) {
    self.file = file
    self.dataset = dataset
    self.index = index
  }

  /// True where it is a page of a TIFF.
  var isPage: Bool { dataset.isEmpty }

  /// - Returns: `nil` where the whole dataset is the image.
  func neighbour(_ offset: Int) -> VolumeSlice? {
    guard index != nil else { return nil }
    var neighbour = self
    neighbour.offset += offset
    return neighbour
  }

  /// Along the first axis of so many slices; `nil` where the whole dataset is the
  /// image.
  package func place(of slices: Int) -> Int? { index.map { min(max($0 + offset, 0), slices - 1) } }

  /// What an entry of a list names: one slice, a range of them `[from:to]` without the last, or
  /// `nil` where it is no entry of this kind.
  ///
  /// Fails where it is one, but written wrongly.
  package static func slices(
    _ entry: String, in folder: String?
  ) -> Result<[VolumeSlice], VolumeSliceError>? {
    guard let (file, rest) = parts(of: entry) else { return nil }
    let path = FilePath(FilePath.resolve(file, in: folder))
    guard let bracket = rest.firstIndex(of: "[") else {
      return .success([VolumeSlice(file: path, dataset: rest, index: nil)])
    }
    let dataset = String(rest[..<bracket])
    let inside = rest[rest.index(after: bracket)...]
    guard inside.hasSuffix("]"), dataset.count != 1 else {
      return .failure(VolumeSliceError(entry))
    }
    let numbers = inside.dropLast().split(separator: ":", omittingEmptySubsequences: false)
      .map { $0.allSatisfy(\.isNumber) ? Int($0) : nil }
    guard let from = numbers[0] else { return .failure(VolumeSliceError(entry)) }
    guard numbers.count > 1 else {
      return .success([VolumeSlice(file: path, dataset: dataset, index: from)])
    }
    guard numbers.count == 2, let to = numbers[1], from < to, to - from <= maximumSlices else {
      return .failure(VolumeSliceError(entry))
    }
    return .success((from..<to).map { VolumeSlice(file: path, dataset: dataset, index: $0) })
  }

  /// More in one range are a slip of the pen.
  private static let maximumSlices = 1_000_000

  /// At the first `:/` behind `.h5` or `.hdf5`, or the `[` behind `.tif` or `.tiff` where nothing follows
  /// its bracket.
  private static func parts(of entry: String) -> (file: String, dataset: String)? {
    if let bracket = entry.lastIndex(of: "["), entry.hasSuffix("]") {
      let file = entry[..<bracket]
      if [".tif", ".tiff"].contains(where: { file.lowercased().hasSuffix($0) }) {
        return (String(file), String(entry[bracket...]))
      }
    }
    for ending in [".h5", ".hdf5"] {
      guard let place = entry.range(of: ending + ":/") else { continue }
      let colon = entry.index(before: entry.index(before: place.upperBound))
      return (String(entry[..<colon]), String(entry[entry.index(after: colon)...]))
    }
    return nil
  }

  /// As a list would name it, the file as it is opened.
  package var name: String {
    let sign = offset > 0 ? "+" : ""
    return "\(file)" + (isPage ? "" : ":\(dataset)") + (index.map { "[\($0)]" } ?? "")
      + (offset == 0 ? "" : "\(sign)\(offset)")
  }
}

/// An entry of a list that means a slice and does not name one.
package struct VolumeSliceError: Error {
  package let message: String

  init(_ entry: String) {
    message =
      "'\(entry)' names no slices: write FILE.h5:/DATASET[INDEX] or FILE.h5:/DATASET[FROM:TO], or of a "
      + "TIFF FILE.tif[INDEX] or FILE.tif[FROM:TO], from 0, without the last"
  }
}
