internal import Groundwork
internal import Networks

extension NetworkTranslation {
  /// `MaxPool`; the positions, where they are read, count through the whole input.
  mutating func append(_ pool: MaxPool, _ node: TranslatedNode) {
    graph.append(
      node.name, "MaxPool", node.inputs, node.outputs.compactMap(\.self),
      pool.window.attributes(pads: pool.window.padding))
  }

  /// `MaxUnpool` where the windows cover the map exactly. Elsewhere the values are scattered by hand:
  /// programs disagree about the extent that `MaxUnpool` counts positions by.
  mutating func append(_ unpool: MaxUnpool, _ node: TranslatedNode) throws(SizeDependence) {
    let isExact = sizes.networks.allSatisfy { network in
      let own = network.nodes[node.index]
      guard case .maxUnpool(let unpool) = own.operation else { return false }
      let pooled = network.values[own.inputs[0]].shape.extent
      return (0..<2).allSatisfy { unpool.extent[$0] == pooled[$0] * unpool.size[$0] }
    }
    guard !isExact else {
      return finish(
        node, "MaxUnpool", nil,
        [
          .integers("kernel_shape", unpool.size.extents),
          .integers("strides", unpool.size.extents),
        ])
    }
    let extent = try extent(of: node) { operation in
      if case .maxUnpool(let unpool) = operation { unpool.extent } else { [0, 0] }
    }
    let shape = shape(of: node, extent: extent)
    let count = graph.make(
      "\(node.name).count", "ReduceProd", [shape], [.integer("keepdims", 1)])
    let zeros = graph.make("\(node.name).zeros", "ConstantOfShape", [count])
    let all = graph.integers([-1])
    let positions = graph.make("\(node.name).places", "Reshape", [node.inputs[1], all])
    let values = graph.make("\(node.name).values", "Reshape", [node.inputs[0], all])
    let scattered = graph.make(
      "\(node.name).scattered", "ScatterElements", [zeros, positions, values],
      [.integer("axis", 0)])
    finish(node, "Reshape", [scattered, shape])
  }

  /// `AveragePool`. Zeros that count come from a `Pad` before it, since programs disagree about its own.
  mutating func append(_ pool: AveragePool, _ node: TranslatedNode) throws(SizeDependence) {
    let window = pool.window
    let isPadded = window.padding.extents.contains { $0 > 0 }
    guard pool.countsPadding, isPadded else {
      return finish(node, "AveragePool", nil, window.attributes(pads: window.padding))
    }
    // A last window that begins in the zeros does not count, which a `Pad` would hide.
    guard !window.roundsUp else { return try appendSampling(pool, node) }
    let padding = [0, 0] + window.padding.extents
    let padded = graph.make(
      "\(node.name).padded", "Pad", [node.inputs[0], graph.integers(padding + padding)])
    finish(
      node, "AveragePool", [padded], window.attributes(pads: window.padding.map { _ in 0 }))
  }

  /// `GlobalAveragePool` for one bin. More of them are products with weights where the size is fixed;
  /// elsewhere the model cuts the map into them itself.
  mutating func append(
    _ pool: AdaptiveAveragePool, _ node: TranslatedNode
  ) throws(SizeDependence) {
    guard pool.bins.count > 1 else { return finish(node, "GlobalAveragePool") }
    guard sizes.step != nil else { return try appendSampling(pool, node) }
    let extent = extent(ofTensor: node.inputs[0])
    let rows = (0..<pool.bins.height).map { row in
      bin(row, of: pool.bins.height, axis: 0, node.inputs[0], extent: extent, node.name)
    }
    let joined = graph.make(
      "\(node.name).rows", "Concat", rows, [.integer("axis", 2)])
    let columns = (0..<pool.bins.width).map { column in
      bin(column, of: pool.bins.width, axis: 1, joined, extent: extent, node.name)
    }
    finish(node, "Concat", columns, [.integer("axis", 3)])
  }

  /// The mean over a bin along an axis of maps: bin i of B over H values covers ⌊i·H/B⌋ up to
  /// ⌈(i+1)·H/B⌉.
  ///
  /// - Parameter extent: a tensor of the height and the width of the map.
  private mutating func bin(
    _ index: Int, of bins: Int, axis: Int, _ maps: String, extent: String, _ name: String
  ) -> String {
    let (own, axes) = ("\(name).bin\(index)", graph.integers([axis + 2]))
    let along = graph.make(
      "\(name).extent", "Slice", [extent, graph.integers([axis]), graph.integers([axis + 1])])
    func scaled(_ factor: Int, adding rest: Int) -> String {
      let product = graph.make("\(own).product", "Mul", [along, graph.integers([factor])])
      let sum = graph.make("\(own).sum", "Add", [product, graph.integers([rest])])
      return graph.make("\(own).end", "Div", [sum, graph.integers([bins])])
    }
    let (start, end) = (scaled(index, adding: 0), scaled(index + 1, adding: bins - 1))
    let values = graph.make("\(own).values", "Slice", [maps, start, end, axes])
    return graph.make(own, "ReduceMean", [values], [.integers("axes", [axis + 2])])
  }
}

extension PoolingWindow {
  fileprivate func attributes(pads: SpatialExtent) -> [ONNXNode.Attribute] {
    [
      .integers("kernel_shape", size.extents), .integers("strides", stride.extents),
      .integers("pads", pads.extents + pads.extents), .integer("ceil_mode", roundsUp ? 1 : 0),
    ]
  }
}
