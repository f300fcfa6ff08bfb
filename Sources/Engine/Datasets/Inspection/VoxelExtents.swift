/// How large the voxels of a data set's volumes are, from the least to the greatest along each axis.
package struct VoxelExtents: Sendable, Hashable, Codable {
  package let slices: ClosedRange<Double>
  package let height: ClosedRange<Double>
  package let width: ClosedRange<Double>
  /// As people write it, `mm` or `µm`; empty where the files do not say.
  package let unit: String

  /// - Returns: `nil` where not every image is in a volume that says it, in the same unit as the others.
  init?(of samples: some Sequence<ListedSample>) {
    var known: Set<VolumeSlice> = []
    var found: [VolumeFacts.Spacing] = []
    for image in samples.lazy.flatMap(\.images) {
      guard let slice = image.slice else { return nil }
      let volume = VolumeSlice(
        file: slice.file, dataset: slice.dataset, axes: slice.axes, index: nil)
      guard known.insert(volume).inserted else { continue }
      guard let spacing = try? image.volume()?.facts.spacing,
        spacing.unit == found.first?.unit ?? spacing.unit
      else { return nil }
      found.append(spacing)
    }
    guard let first = found.first else { return nil }
    func range(_ extent: (VolumeFacts.Spacing) -> Double) -> ClosedRange<Double> {
      let all = found.map(extent)
      return (all.min() ?? 0)...(all.max() ?? 0)
    }
    (slices, height, width) = (range(\.slices), range(\.height), range(\.width))
    unit = first.unit
  }

  /// `2 × 0.5 × 0.5 mm (slices × height × width)`.
  package var text: String {
    let extents = [slices, height, width].map { range in
      let (least, greatest) = (Self.text(range.lowerBound), Self.text(range.upperBound))
      return least == greatest ? least : "\(least)…\(greatest)"
    }
    let unit = unit.isEmpty ? "" : " \(unit)"
    return extents.joined(separator: " × ") + unit + " (slices × height × width)"
  }

  /// With at most four digits behind the point.
  private static func text(_ value: Double) -> String {
    let shown = (value * 10_000).rounded() / 10_000
    return shown == shown.rounded() && abs(shown) < 1e15 ? "\(Int(shown))" : "\(shown)"
  }
}
