internal import Groundwork

/// An image or mask within a file of several, as a list names it: `volume.h5:/raw[3]`, or
/// `image.h5:/raw` for a dataset that is one image, the page `stack.tif[3]` of a TIFF, or `brain.nii.gz[3]`.
package struct VolumeSlice: Sendable, Hashable {
  /// As opened.
  package let file: FilePath
  /// Within the file; empty where it is no file of datasets.
  package let dataset: String
  /// What the axes of the dataset are, where the spec says so.
  let axes: VolumeAxes?
  /// Along the first axis, or the page; `nil` where the whole dataset is the image.
  package let index: Int?
  /// How many slices away from there it lies, or as many as there are.
  package private(set) var offset = 0
  /// What a look at the file found; `nil` where nobody has looked.
  var finding: VolumeFinding?

  init(file: FilePath, dataset: String, axes: VolumeAxes? = nil, index: Int?) {
    self.file = file
    self.dataset = dataset
    self.axes = axes
    self.index = index
  }

  /// True where its values lie in other files than the one that is opened.
  var isSpread: Bool {
    let name = file.text.lowercased()
    let spread = VolumeFormats.format(of: name)?.endingsOfSeveralFiles ?? []
    return spread.contains { name.hasSuffix($0) }
  }

  /// All files that its volume lies in; `nil` where it does not say.
  var files: [String]? {
    VolumeFormats.format(of: file.text).map { $0.files(of: file.text) } ?? [file.text]
  }

  /// True where chunks of the volume are kept for the slices that follow.
  var isInChunks: Bool { VolumeFormats.format(of: file.text) is Zarr }

  /// - Returns: `nil` where the whole dataset is the image.
  func neighbour(_ offset: Int) -> VolumeSlice? {
    guard index != nil else { return nil }
    var neighbour = self
    neighbour.offset += offset
    return neighbour
  }

  /// Where it lies along the first axis, or the one nearest to it of the slices that lie one above the other;
  /// `nil` where the whole dataset is the image.
  ///
  /// - Parameter depth: how many slices lie one above the other.
  func place(of slices: Int, depth: Int) -> Int? {
    index.map { index in
      let first = index / depth * depth
      return min(max(index + offset, first), min(first + depth, slices) - 1)
    }
  }

  /// What an entry of a list names: one slice, a range of them `[from:to]` without the last, all of a volume,
  /// or `nil` where it names no volume. Where it says no number of slices, or many, the volume is opened.
  ///
  /// - Parameter axes: what the axes of datasets are, where the spec says so.
  /// - Throws: ``VolumeSliceError`` where it is written wrongly, or the volume cannot be opened.
  static func slices(
    _ entry: VolumeEntry, in folder: String?, axes: VolumeAxes?
  ) throws(VolumeSliceError) -> [VolumeSlice] {
    let path = FilePath(FilePath.resolve(entry.file, in: folder))
    func slice(_ index: Int?) -> VolumeSlice {
      VolumeSlice(file: path, dataset: entry.dataset, axes: axes, index: index)
    }
    switch entry.selection {
    case .one(let index): return [slice(index)]
    case .range(let from, to: .some(let to)) where to - from <= mostUnseen:
      return (from..<to).map(slice)
    case .none where entry.format.naming == .dataset: return [slice(nil)]
    case .none, .range:
      var (from, to) = (0, Int?.none)
      if case .range(let first, let end) = entry.selection { (from, to) = (first, end) }
      let count: Int
      do throws(ImageError) {
        count = try VolumeCount.slices(of: path, dataset: entry.dataset, axes: axes)
      } catch {
        throw VolumeSliceError(message: "\(path): \(error.reason)")
      }
      let end = to ?? count
      guard from < count, end <= count else {
        let part = entry.format.naming.part + (count == 1 ? "" : "s")
        throw VolumeSliceError(
          message: "\(path): has \(count) \(part), from 0: there is none of "
            + "number \(max(from, count))")
      }
      return (from..<end).map(slice)
    }
  }

  /// A range of more slices is compared with what the volume has before anything is made of it: a line of few
  /// characters may name more samples than memory holds.
  private static let mostUnseen = 64

  /// As a list would name it, the file as it is opened.
  package var name: String {
    let sign = offset > 0 ? "+" : ""
    return "\(file)" + (dataset.isEmpty ? "" : ":\(dataset)") + (index.map { "[\($0)]" } ?? "")
      + (offset == 0 ? "" : "\(sign)\(offset)") + (axes.map { " (\($0.letters))" } ?? "")
  }
}
