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
    guard case .extent = resize.target,
      resize.interpolation == .linear || extents(of: node).allSatisfy(\.haveOneNearest)
    else { return try appendSampling(resize, node) }
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
        resize.interpolation == .linear
          ? Double(Float(factor)) == factor : factor == factor.rounded()
      }
      return areExact ? factors : nil
    }
    let found = extents(of: node).map { extents in
      (0..<2).map { axis in
        let (source, target) = (extents.source[axis], extents.target[axis])
        return target.isMultiple(of: source) ? target / source : 0
      }
    }
    guard !found[0].contains(0), found.allSatisfy({ $0 == found[0] }) else { return nil }
    return found[0].map { Double($0) }
  }

  /// What a node's first input and first output measure at every size.
  private func extents(of node: TranslatedNode) -> [MapExtents] {
    sizes.networks.map { network in
      let own = network.nodes[node.index]
      return MapExtents(
        source: network.values[own.inputs[0]].shape.extent,
        target: network.values[own.outputs[0]].shape.extent)
    }
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
    let all = extents(of: node)
    guard all.allSatisfy({ $0 == all[0] }) else { throw SizeDependence(node: node.name) }
    let (source, target) = (all[0].source, all[0].target)
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

/// The extents of a map before and after it is sampled anew.
private struct MapExtents: Equatable {
  let source: SpatialExtent
  let target: SpatialExtent

  /// Whether no value of the target lies exactly where the nearest of the source changes, apart from
  /// whole factors: there rounding decides, and programs round differently.
  var haveOneNearest: Bool {
    (0..<2).allSatisfy { axis in
      target[axis].isMultiple(of: source[axis])
        || Self.commonDivisor(target[axis], source[axis]) == 1
    }
  }

  private static func commonDivisor(_ one: Int, _ other: Int) -> Int {
    other == 0 ? one : commonDivisor(other, one % other)
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
