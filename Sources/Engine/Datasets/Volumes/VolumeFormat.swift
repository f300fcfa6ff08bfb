internal import Groundwork

/// A format of files that hold volumes: many images of one extent, of which a list names slices.
///
/// A new format is one file in this folder, and one line in ``VolumeFormats/all``.
protocol VolumeFormat: Sendable {
  /// As messages say it: `NIfTI`.
  var name: String { get }
  /// What names of such files end in, in lower case.
  var endings: [String] { get }
  /// Those of them whose values lie in other files than the one that a list names.
  var endingsOfSeveralFiles: [String] { get }
  /// All files that a volume of such an ending lies in; `nil` where it does not say, or they are too many to
  /// be looked at one by one.
  func files(of path: String) -> [String]?
  /// How a list names what is in such a file.
  var naming: VolumeNaming { get }

  /// - Parameters:
  ///   - path: of what the list names; nobody has looked whether it is there.
  ///   - dataset: within the file, `/raw`; empty where the list names none.
  ///   - axes: what the axes of its datasets are, where the spec says so.
  /// - Throws: ``ImageError`` where it is not there, not of this format or damaged.
  func open(
    _ path: String, dataset: String, axes: VolumeAxes?
  ) throws(ImageError) -> any Volume
}

extension VolumeFormat {
  var endingsOfSeveralFiles: [String] { [] }

  func files(of path: String) -> [String]? { [path] }
}

/// How a list names what is in a file of volumes.
enum VolumeNaming {
  /// `FILE.h5:/DATASET`, and without brackets the dataset is one image.
  case dataset
  /// `STACK.tif[3]`; without brackets the file is an image like a PNG.
  case pages
  /// `BRAIN.nii.gz`, and without brackets every slice of it.
  case volume
  /// The same, and a dataset in it may be named: `SCAN.zarr:/0`.
  case volumeOrDataset

  /// As messages call one image of it.
  var part: String { self == .pages ? "page" : "slice" }
}

/// A volume that is open. One thread owns it.
protocol Volume: AnyObject {
  var slices: Int { get }
  /// How many slices lie one above the other; those of further times or positions follow behind.
  var depth: Int { get }
  var facts: VolumeFacts { get }

  /// - Parameter slice: below ``slices``; `nil` where the list names the whole as one image.
  func extent(of slice: Int?) throws(ImageError) -> VolumeExtent
  /// - Throws: ``ImageError`` where it can be no mask.
  func extent(ofMask slice: Int?, asColours: Bool) throws(ImageError) -> VolumeExtent

  /// Integers of 8 and 16 bits without sign as they are, and other numbers in single precision.
  func read(_ slice: Int?, into raster: inout Raster) throws(ImageError)
  func read(_ slice: Int?, into mask: inout MaskValues, asColours: Bool) throws(ImageError)
}

extension Volume {
  var depth: Int { slices }
}

/// The formats of volumes that lists may name.
enum VolumeFormats {
  static let all: [any VolumeFormat] = [
    HDF5Volumes(), TIFFStacks(), NIfTI(), NRRD(), MetaImage(), MRC(), Zarr(),
  ]

  /// The format that a path's ending says.
  static func format(of path: String) -> (any VolumeFormat)? {
    let name = path.lowercased()
    return all.first { $0.endings.contains { name.hasSuffix($0) } }
  }

  /// - Throws: ``ImageError`` as the format says.
  static func open(
    _ path: String, dataset: String, axes: VolumeAxes?
  ) throws(ImageError) -> any Volume {
    guard let format = format(of: path) else { throw ImageError("is no volume") }
    return try format.open(path, dataset: dataset, axes: axes)
  }
}
