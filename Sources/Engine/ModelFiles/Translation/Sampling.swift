internal import Groundwork
internal import Networks

extension NetworkTranslation {
  /// `Resize`, by factors where they are whole at every size, else to an extent. What ONNX would round
  /// in another way than we do is computed by ``appendSampling(_:_:)``.
  mutating func append(_ resize: Resize, _ node: TranslatedNode) throws(SizeDependence) {
    if let factors = factors(of: resize, node) {
      let scales = graph.constant(
        "\(node.name).scales", [4], [1, 1] + factors.map { Float($0) })
      return finish(node, "Resize", [node.inputs[0], "", scales], resize.attributes)
    }
    guard case .extent = resize.target, resize.interpolation == .linear else {
      return try appendSampling(resize, node)
    }
    let extent = try extent(of: node) { operation in
      if case .resize(let resize) = operation, case .extent(let extent) = resize.target {
        extent
      } else {
        [0, 0]
      }
    }
    let shape = shape(of: node, extent: extent)
    finish(node, "Resize", [node.inputs[0], "", "", shape], resize.attributes)
  }

  /// By what the extent is multiplied at every size, along each axis, where that is exact in single
  /// precision: whole numbers, or other factors that were asked for.
  private func factors(of resize: Resize, _ node: TranslatedNode) -> [Double]? {
    if case .scale(let factors) = resize.target {
      let areExact = factors.allSatisfy { factor in
        let isWhole = factor == factor.rounded()
        let isExact = Double(Float(factor)) == factor && Double(Float(1 / factor)) == 1 / factor
        return isWhole || (isExact && resize.interpolation == .linear)
      }
      return areExact ? factors : nil
    }
    let found = sizes.networks.map { network in
      let own = network.nodes[node.index]
      let (source, target) = (
        network.values[own.inputs[0]].shape.extent, network.values[own.outputs[0]].shape.extent
      )
      return (0..<2).map { axis in
        target[axis].isMultiple(of: source[axis]) ? target[axis] / source[axis] : 0
      }
    }
    guard !found[0].contains(0), found.allSatisfy({ $0 == found[0] }) else { return nil }
    return found[0].map { Double($0) }
  }

  /// `Slice` of the map's two axes.
  mutating func append(_ crop: Crop, _ node: TranslatedNode) throws(SizeDependence) {
    let extent = try extent(of: node) { operation in
      if case .crop(let crop) = operation { crop.extent } else { [0, 0] }
    }
    let axes = graph.integers([2, 3])
    let start = try start(of: crop, node, extent: extent)
    let end =
      crop.offset.extents == [0, 0]
      ? extent : graph.make("\(node.name).end", "Add", [start, extent])
    finish(node, "Slice", [node.inputs[0], start, end, axes])
  }

  /// The first row and column: the same at every size, or those that leave the middle.
  private mutating func start(
    of crop: Crop, _ node: TranslatedNode, extent: String
  ) throws(SizeDependence) -> String {
    let cuts = sizes.networks.map { network in
      let own = network.nodes[node.index]
      guard case .crop(let crop) = own.operation else { return (crop, isCentral: false) }
      let whole = network.values[own.inputs[0]].shape.extent
      return (
        crop,
        isCentral: (0..<2).allSatisfy { crop.offset[$0] == (whole[$0] - crop.extent[$0]) / 2 }
      )
    }
    if cuts.allSatisfy({ $0.0.offset == crop.offset }) {
      return graph.integers(crop.offset.extents)
    }
    guard cuts.allSatisfy(\.isCentral) else { throw SizeDependence(node: node.name) }
    let whole = self.extent(ofTensor: node.inputs[0])
    let rest = graph.make("\(node.name).rest", "Sub", [whole, extent])
    return graph.make("\(node.name).start", "Div", [rest, graph.integers([2])])
  }

  /// Any sampling of a map of fixed extent, as products with the weights along the height and the width.
  ///
  /// - Throws: ``SizeDependence`` where the extent is not fixed.
  mutating func appendSampling(
    _ sampling: some SeparableSampling, _ node: TranslatedNode
  ) throws(SizeDependence) {
    let isFixed = sizes.networks.allSatisfy { network in
      let own = network.nodes[node.index]
      return network.values[own.inputs[0]].shape == node.inputShapes[0]
        && network.values[own.outputs[0]].shape == node.outputShapes[0]
    }
    guard isFixed else { throw SizeDependence(node: node.name) }
    let (source, target) = (node.inputShapes[0].extent, node.outputShapes[0].extent)
    let rows = sampling.matrix(axis: 0, from: source, to: target)
    let columns = sampling.matrix(axis: 1, from: source, to: target)
    let left = graph.constant("\(node.name).rows", [target.height, source.height], rows)
    let right = graph.constant(
      "\(node.name).columns", [source.width, target.width],
      (0..<source.width).flatMap { from in
        (0..<target.width).map { columns[$0 * source.width + from] }
      })
    let narrow = graph.make("\(node.name).along", "MatMul", [node.inputs[0], right])
    finish(node, "MatMul", [left, narrow])
  }

  /// The whole shape of a node's output: N and C of its input, and an extent.
  mutating func shape(of node: TranslatedNode, extent: String) -> String {
    let shape = graph.make("\(node.name).shape", "Shape", [node.inputs[0]])
    let maps = graph.make(
      "\(node.name).maps", "Slice", [shape, graph.integers([0]), graph.integers([2])])
    return graph.make("\(node.name).sizes", "Concat", [maps, extent], [.integer("axis", 0)])
  }
}

extension Resize {
  fileprivate var attributes: [ONNXNode.Attribute] {
    switch interpolation {
    case .nearest:
      [
        .text("mode", "nearest"), .text("coordinate_transformation_mode", "asymmetric"),
        .text("nearest_mode", "floor"),
      ]
    case .linear:
      [
        .text("mode", "linear"),
        .text(
          "coordinate_transformation_mode", alignsCorners ? "align_corners" : "half_pixel"),
      ]
    }
  }
}

extension SeparableSampling {
  /// The weight of each value of the source for each of the target, `[target, source]`.
  fileprivate func matrix(
    axis: Int, from source: SpatialExtent, to target: SpatialExtent
  ) -> [Float] {
    var matrix = [Float](repeating: 0, count: target[axis] * source[axis])
    for (row, run) in runs(axis: axis, from: source, to: target).enumerated() {
      for (index, weight) in run.weights.enumerated() {
        matrix[row * source[axis] + run.first + index] = weight
      }
    }
    return matrix
  }
}
