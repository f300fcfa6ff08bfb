internal import Datasets
package import Groundwork
package import Networks

/// The transforms of an image that an evaluation shows the network, to average what it says of
/// them: every scale as it is, flipped and rotated. As a value it is known before anything runs.
package struct TestTimeAugmentation: Sendable, Hashable {
  package enum Mirror: String, Sendable, Hashable, CaseIterable {
    case none
    /// Left and right exchanged.
    case horizontal
    case vertical
    /// Horizontal, vertical, and both at once.
    case both
  }

  package var mirror: Mirror
  /// True where images are shown in all quarter turns, which only square images can be.
  package var rotates: Bool
  /// The factors by which height and width are scaled. No two are the same.
  package var scales: [Double]

  /// The image as it is.
  package static let none = TestTimeAugmentation()
  package static let maximumTransforms = 16
  package static let scaleBounds = Bounds(0.25...4)

  package init(mirror: Mirror = .none, rotates: Bool = false, scales: [Double] = [1]) {
    (self.mirror, self.rotates, self.scales) = (mirror, rotates, scales)
  }

  /// The flips and rotations, each once, in the order in which what the network says of them is
  /// added up. With quarter turns, one flip makes all others.
  var symmetries: [SquareSymmetry] {
    SquareSymmetry.all.filter { symmetry in
      guard !rotates else { return mirror != .none || symmetry.isRotation }
      return !symmetry.transposes
        && (!symmetry.reversesColumns || mirror == .horizontal || mirror == .both)
        && (!symmetry.reversesRows || mirror == .vertical || mirror == .both)
    }
  }

  /// The number of transforms of each image.
  package var transforms: Int { symmetries.count * scales.count }

  /// The extents of what the network is shown: those of the transformed images of each scale, or that of a
  /// patch of a volume.
  ///
  /// - Throws: ``ComponentError`` as ``sizes(of:for:)``, and where patches of volumes would be transformed.
  package func extents(
    of extent: SpatialExtent, for template: any Template
  ) throws(ComponentError) -> [SpatialExtent] {
    guard extent.rank == 3 else {
      return try sizes(of: extent.size, for: template).map { SpatialExtent($0) }
    }
    guard self == .none else {
      throw ComponentError(
        "test-time augmentation transforms images, and data.patches of three numbers are of volumes: "
          + "leave it out")
    }
    return [extent]
  }

  /// The size of the transformed images of each scale: rounded, then up to the next that the
  /// template accepts.
  ///
  /// - Parameter size: the size of the images.
  /// - Throws: ``ComponentError`` where images of that size cannot be transformed so.
  package func sizes(
    of size: Size, for template: any Template
  ) throws(ComponentError) -> [Size] {
    if rotates, size.height != size.width {
      throw ComponentError(
        field: "rotate90",
        "rotate90 needs square images, but those to validate are \(size): "
          + "make them square with data.size or data.crop, or leave rotate90 out")
    }
    var sizes: [Size] = []
    for (index, scale) in scales.enumerated() {
      func side(_ length: Int) -> Int { max(1, Int((Double(length) * scale).rounded())) }
      let scaled =
        scale == 1
        ? size
        : template.fittingSize(
          for: Size(height: side(size.height), width: side(size.width)))
      if let same = sizes.firstIndex(of: scaled) {
        throw ComponentError(
          field: "scales",
          "scales \(scales[same]) and \(scales[index]) of \(size) are both \(scaled), as the "
            + "template needs multiples of \(template.sizeMultiple): leave one of them out")
      }
      sizes.append(scaled)
    }
    return sizes
  }
}
