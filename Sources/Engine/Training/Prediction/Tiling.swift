package import Datasets
package import Groundwork

/// How images that are not of the network's size are cut up to be predicted.
package struct Tiling: Sendable, Hashable {
  /// Of a tile, which the network sees.
  package var size: Size
  /// From one tile to the next; no larger than the size.
  package var stride: Size
  package var window: Window

  /// What the pixels of a tile count for where tiles overlap.
  package enum Window: String, Sendable, Hashable, CaseIterable {
    /// By a Gaussian about the middle of the tile with a deviation of an eighth of its extent.
    case gaussian
    /// All alike.
    case constant
  }

  package init(size: Size, stride: Size, window: Window = .gaussian) {
    (self.size, self.stride, self.window) = (size, stride, window)
  }

  /// The tiles of an image, row by row. The last of a row or column ends where the image does; where the
  /// image is smaller than a tile, the rest of the tile shows it mirrored.
  func tiles(of image: Size) -> [Patch] {
    Patches(size: size, stride: stride).patches(of: image, sharesOut: true)
  }
}

extension TrainedInput {
  /// The tiling that evaluations of a network use: its patches; of one that was trained on whole images,
  /// tiles of their size that overlap by half.
  ///
  /// - Parameter geometry: how the network's training images got their size.
  package func tiling(_ geometry: DataConfiguration.Geometry) -> Tiling {
    if case .patches(let patches) = geometry {
      return Tiling(size: patches.size, stride: patches.stride)
    }
    return Tiling(
      size: size, stride: Size(height: (size.height + 1) / 2, width: (size.width + 1) / 2))
  }
}
