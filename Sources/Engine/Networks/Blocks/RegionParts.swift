internal import Groundwork

extension NetworkBuilder {
  /// Adds operations on regions.
  mutating func regions(
    _ name: String, _ operation: RegionOperation, _ inputs: [Feature]
  ) -> [Feature] {
    append(name, .regions(operation), inputs)
  }

  /// A region proposal network (Ren et al. 2015), which says of each anchor of all levels whether it is an
  /// object and where that is, with the same weights on each level.
  ///
  /// - Returns: 1 × anchors × 1 and 4 × anchors × 1.
  mutating func regionProposalHead(
    _ name: String, _ levels: [Feature], channels: Int, anchorsPerPlace: Int
  ) -> (objectness: Feature, deltas: Feature) {
    let mosaic = LevelMosaic(levels: levels.map { shape(of: $0).extent.size })
    let initialization = WeightInitialization.normal(deviation: 0.01)
    let packed = regions("\(name).levels", .pack(mosaic), levels)[0]
    let hidden = relu(
      convolution(
        "\(name).conv.0.0", packed, outputs: channels, kernel: [3, 3],
        initialization: initialization))
    func rows(_ layer: String, values: Int, _ net: inout NetworkBuilder) -> Feature {
      let map = net.convolution(
        "\(name).\(layer)", hidden, outputs: values * anchorsPerPlace, kernel: [1, 1],
        initialization: initialization)
      return net.regions(
        "\(name).\(layer).rows", .join(LevelRows(mosaic: mosaic, values: values)), [map])[0]
    }
    return (rows("cls_logits", values: 1, &self), rows("bbox_pred", values: 4, &self))
  }

  /// Two dense layers on maps of regions, C × rows × side × side, and what they say of the regions.
  ///
  /// - Returns: K × rows × 1 × 1 and 4K × rows × 1 × 1.
  mutating func boxHead(
    _ name: String, _ maps: Feature, channels: Int, classes: Int, isNormalized: Bool
  ) -> (logits: Feature, deltas: Feature) {
    let side = shape(of: maps).extent.width
    var x = convolution(
      "\(name).box_head.fc6", maps,
      Convolution(
        outputs: channels, kernel: [1, side, side], initialization: .torch))
    if isNormalized { x = frozenNorm("\(name).box_head.bn6", x) }
    x = relu(x)
    x = convolution(
      "\(name).box_head.fc7", x,
      Convolution(outputs: channels, kernel: [1, 1, 1], initialization: .torch))
    if isNormalized { x = frozenNorm("\(name).box_head.bn7", x) }
    x = relu(x)
    let logits = convolution(
      "\(name).box_predictor.cls_score", x,
      Convolution(outputs: classes, kernel: [1, 1, 1], initialization: .torch))
    let deltas = convolution(
      "\(name).box_predictor.bbox_pred", x,
      Convolution(outputs: 4 * classes, kernel: [1, 1, 1], initialization: .torch))
    return (logits, deltas)
  }

  /// A norm by its running statistics alone: rows without a region would falsify those of a batch.
  private mutating func frozenNorm(_ name: String, _ input: Feature) -> Feature {
    var norm = BatchNorm(epsilon: 1e-3, momentum: 0.01)
    norm.isFrozen = true
    return append(name, .batchNorm(norm), [input])[0]
  }

  /// Four convolutions on maps of regions, and a mask of twice their side for each class.
  mutating func maskHead(
    _ name: String, _ maps: Feature, channels: Int, classes: Int, isNormalized: Bool
  ) -> Feature {
    var x = maps
    for index in 0..<4 {
      x = convolution(
        "\(name).mask_head.\(index).0", x, outputs: channels, kernel: [1, 3, 3],
        initialization: .heFanOut)
      if isNormalized { x = frozenNorm("\(name).mask_head.\(index).1", x) }
      x = relu(x)
    }
    x = relu(
      transposedConvolution(
        "\(name).mask_predictor.conv5_mask", x, outputs: channels, kernel: [1, 2, 2],
        stride: [1, 2, 2], initialization: .heFanOut))
    return convolution(
      "\(name).mask_predictor.mask_fcn_logits", x,
      Convolution(outputs: classes, kernel: [1, 1, 1], initialization: .heFanOut))
  }
}
