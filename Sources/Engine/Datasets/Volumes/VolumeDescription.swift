internal import Groundwork

/// What is known of a volume without reading its values: for whoever writes one that belongs to it.
package struct VolumeDescription: Sendable {
  /// As messages say it: `NIfTI`.
  package let format: String
  package let slices: Int
  /// Of the first slice; `nil` where it cannot be told.
  let size: Size?
  package let facts: VolumeFacts
  let placement: NIfTIPlacement

  /// - Throws: ``ImageError`` where the volume cannot be opened.
  init(_ path: String, dataset: String, axes: VolumeAxes?) throws(ImageError) {
    let volume = try VolumeFormats.open(path, dataset: dataset, axes: axes)
    (slices, facts) = (volume.slices, volume.facts)
    size = try? volume.extent(of: volume.slices > 0 ? 0 : nil).size
    let format = VolumeFormats.format(of: path)
    self.format = format?.name ?? ""
    placement =
      format is NIfTI
      ? try NIfTIPlacement(NIfTIHeader(VolumeFile.source(path).source)) : NIfTIPlacement(facts)
  }
}
