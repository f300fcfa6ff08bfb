internal import Foundation
internal import Groundwork

/// Zarr of versions 2 and 3: a folder of chunks. Of OME-Zarr the image in its full resolution.
struct Zarr: VolumeFormat {
  let name = "Zarr"
  let endings = [".zarr"]
  let endingsOfSeveralFiles = [".zarr"]
  let naming = VolumeNaming.volumeOrDataset

  /// More chunks than these would take longer to look at than it spares.
  private static let mostFiles = 200_000
  private static let deepest = 16

  func files(of path: String) -> [String]? {
    var (files, folders) = ([String](), [(path: path, depth: 0)])
    while let folder = folders.popLast() {
      guard folder.depth < Self.deepest, let contents = FolderContents(folder.path),
        files.count + contents.files.count <= Self.mostFiles
      else { return nil }
      files += contents.files.map { "\(folder.path)/\($0)" }
      folders += contents.folders.map { ("\(folder.path)/\($0)", folder.depth + 1) }
    }
    return files
  }

  func open(
    _ path: String, dataset: String, axes: VolumeAxes?
  ) throws(ImageError) -> any Volume {
    let node = try ZarrNode(path, dataset: dataset)
    let shape = node.metadata.shape
    guard let axes = axes ?? node.axes ?? VolumeAxes.standard(rank: shape.count) else {
      throw ImageError(
        "is \(shape.map(String.init).joined(separator: "×")) and does not name its axes: say in "
          + "data.axes what they are, as tczyx")
    }
    let plan = try AxisPlan(shape: shape, axes)
    return ArrayVolume(try ZarrArray(node, plan), node.facts(plan))
  }
}
