internal import Networks

extension NetworkTranslation {
  mutating func appendConcatenation(_ node: TranslatedNode) {
    finish(node, "Concat", nil, [.integer("axis", 1)])
  }

  mutating func appendSum(_ node: TranslatedNode) {
    finish(node, node.inputs.count == 2 ? "Add" : "Sum")
  }

  /// The gate is repeated as NumPy repeats axes of extent 1.
  mutating func appendProduct(_ node: TranslatedNode) { finish(node, "Mul") }

  /// `MatMul` of the transposed matrix with the places as columns, added to what is moved; the channels behind
  /// these are joined to it again.
  mutating func append(_ transform: PointTransform, _ node: TranslatedNode) {
    let (size, name) = (transform.size, node.name)
    let isAll = size == node.channels
    func channels(_ wanted: String, _ range: Range<Int>) -> String {
      graph.make(
        "\(name).\(wanted)", "Slice",
        [
          node.inputs[0], graph.integers([range.lowerBound]), graph.integers([range.upperBound]),
          graph.integers([1]),
        ])
    }
    let moved = isAll ? node.inputs[0] : channels("moved", 0..<size)
    let matrix = graph.make(
      "\(name).matrix", "Reshape", [node.inputs[1], graph.integers([0, size, size])])
    let turned = graph.make(
      "\(name).turned", "Transpose", [matrix], [.integers("perm", [0, 2, 1])])
    let columns = graph.make(
      "\(name).columns", "Reshape", [moved, graph.integers([0, size, -1])])
    let product = graph.make("\(name).product", "MatMul", [turned, columns])
    let shape = graph.make("\(name).shape", "Shape", [moved])
    let change = graph.make("\(name).change", "Reshape", [product, shape])
    guard !isAll else { return finish(node, "Add", [moved, change]) }
    let sum = graph.make("\(name).sum", "Add", [moved, change])
    finish(
      node, "Concat", [sum, channels("others", size..<node.channels)], [.integer("axis", 1)])
  }

  /// `Pad` with zeros behind the last channel.
  mutating func append(_ pad: PadChannels, _ node: TranslatedNode) {
    guard pad.channels > node.channels else { return appendIdentity(node) }
    let pads = graph.integers([0, 0, 0, 0, 0, pad.channels - node.channels, 0, 0])
    finish(node, "Pad", [node.inputs[0], pads])
  }

  /// `DepthToSpace` in the order column, row, depth, which is PyTorch's.
  mutating func append(_ shuffle: PixelShuffle, _ node: TranslatedNode) {
    finish(
      node, "DepthToSpace", nil, [.integer("blocksize", shuffle.factor), .text("mode", "CRD")])
  }

  /// The channels as a table of groups, turned over, as PyTorch's ChannelShuffle does it.
  mutating func append(_ shuffle: ChannelShuffle, _ node: TranslatedNode) {
    let rows = [0, shuffle.groups, node.channels / shuffle.groups, -1]
    let table = graph.make(
      "\(node.name).table", "Reshape", [node.inputs[0], graph.integers(rows)])
    let turned = graph.make(
      "\(node.name).turned", "Transpose", [table], [.integers("perm", [0, 2, 1, 3])])
    let shape = graph.make("\(node.name).shape", "Shape", [node.inputs[0]])
    finish(node, "Reshape", [turned, shape])
  }
}
