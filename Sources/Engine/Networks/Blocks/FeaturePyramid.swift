internal import Groundwork

extension NetworkBuilder {
  /// A feature pyramid (Lin et al., CVPR 2017) in torchvision's form and words: each stage with all coarser ones
  /// added, enlarged to the nearest, then a 3×3 convolution; behind them a level of half the extent of the
  /// coarsest.
  ///
  /// - Parameter stages: finest first.
  /// - Returns: one level more than there are stages, finest first.
  mutating func featurePyramid(
    _ name: String, _ stages: [Feature], channels: Int
  ) -> [Feature] {
    var merged: [Feature] = []
    for (index, stage) in stages.enumerated().reversed() {
      var level = convolution(
        "\(name).inner_blocks.\(index).0", stage, outputs: channels, kernel: [1, 1],
        initialization: .lecun)
      if let coarser = merged.first {
        let enlarged = resize(
          "\(name).up.\(index)", coarser, to: .extent(shape(of: level).extent),
          interpolation: .nearest)
        level = add("\(name).sum.\(index)", enlarged, level)
      }
      merged.insert(level, at: 0)
    }
    var levels = merged.enumerated().map { index, level in
      convolution(
        "\(name).layer_blocks.\(index).0", level, outputs: channels, kernel: [3, 3],
        initialization: .lecun)
    }
    levels.append(
      maxPool(
        "\(name).pool", levels[levels.count - 1],
        PoolingWindow(size: [1, 1], stride: [2, 2])
      ).maxima)
    return levels
  }
}
