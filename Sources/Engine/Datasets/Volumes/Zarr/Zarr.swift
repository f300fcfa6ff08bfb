internal import Foundation
internal import Groundwork

/// Zarr of versions 2 and 3: a folder of chunks. Of OME-Zarr the image in its full resolution.
struct Zarr: VolumeFormat {
  let name = "Zarr"
  let endings = [".zarr"]
  let endingsOfSeveralFiles = [".zarr"]
  let naming = VolumeNaming.volumeOrDataset

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
