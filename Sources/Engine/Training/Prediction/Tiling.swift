package import Datasets
package import Groundwork

/// How images that are not of the network's size are cut up to be predicted, and how volumes are.
package struct Tiling: Sendable, Hashable {
  /// Of a tile, which the network sees; of volumes its depth too.
  package var extent: SpatialExtent
  /// From one tile to the next; no larger than the extent.
  package var steps: SpatialExtent
  package var window: Window

  /// What the pixels of a tile count for where tiles overlap.
  package enum Window: String, Sendable, Hashable, CaseIterable {
    /// By a Gaussian about the middle of the tile with a deviation of an eighth of its extent.
    case gaussian
    /// All alike.
    case constant
  }

  package init(extent: SpatialExtent, steps: SpatialExtent, window: Window = .gaussian) {
    (self.extent, self.steps, self.window) = (extent, steps, window)
  }

  /// Of images.
  package init(size: Size, stride: Size, window: Window = .gaussian) {
    self.init(extent: SpatialExtent(size), steps: SpatialExtent(stride), window: window)
  }

  /// Height and width of a tile, which are changed where the depth stays.
  package var size: Size {
    get { extent.sliceSize }
    set { extent = extent.resized(to: newValue) }
  }

  /// Height and width of the stride.
  package var stride: Size {
    get { steps.sliceSize }
    set { steps = steps.resized(to: newValue) }
  }

  /// The tiles of an image, row by row. The last of a row or column ends where the image does; where the
  /// image is smaller than a tile, the rest of the tile shows it mirrored.
  package func tiles(of image: Size) -> [Patch] {
    Patches(extent: extent, steps: steps).patches(of: image, sharesOut: true)
  }

  /// As the patches of a volume.
  var patches: Patches { Patches(extent: extent, steps: steps) }
}

extension TrainedInput {
  /// The tiling that evaluations of a network use: its patches; of one that was trained on whole images,
  /// tiles of their size that overlap by half.
  ///
  /// - Parameter geometry: how the network's training images got their size.
  package func tiling(_ geometry: DataConfiguration.Geometry) -> Tiling {
    if case .patches(let patches) = geometry {
      return Tiling(extent: patches.extent, steps: patches.steps)
    }
    return Tiling(extent: extent, steps: extent.map { ($0 + 1) / 2 })
  }
}
