internal import Networks

/// The blocks of a network as boxes, the image first, and what flows from one to another.
struct BlockGraph {
  private(set) var boxes: [NetworkDrawing.Box]
  private(set) var edges: [Edge] = []
  private(set) var heads: [NetworkDrawing.Head] = []

  struct Edge {
    let source: Int
    let target: Int
    /// Those of the values that flow there, each once.
    var shapes: [String]
    /// True where these are positions of maxima.
    let isPositions: Bool
  }

  init(_ blocks: NetworkBlocks) {
    let network = blocks.network
    // The image is box 0 and gives value 0.
    var giver = [Int](repeating: 0, count: network.values.count)
    for (index, block) in blocks.blocks.enumerated() {
      for output in network.nodes[block.nodes].flatMap(\.outputs) { giver[output] = index + 1 }
    }
    let headBoxes = Set(network.headValues.map { giver[$0] })
    boxes = [
      NetworkDrawing.Box(name: "image", operation: "", parameters: 0, kind: .image)
    ]
    let rows = blocks.rows(batch: 1, valueBytes: 4)
    for (index, block) in blocks.blocks.enumerated() {
      let isHead = headBoxes.contains(index + 1)
      boxes.append(
        NetworkDrawing.Box(
          name: block.name, operation: rows[index].operation, parameters: rows[index].parameters,
          kind: isHead ? .head : Self.kind(of: block, network)))
      for input in network.nodes[block.nodes].flatMap(\.inputs) where giver[input] != index + 1 {
        add(network.values[input], from: giver[input], to: index + 1)
      }
    }
    heads = network.heads.map { head in
      NetworkDrawing.Head(
        box: giver[head.value], text: "\(head.name) \(network.values[head.value].shape)")
    }
  }

  private mutating func add(_ value: Network.Value, from source: Int, to target: Int) {
    let (shape, isPositions) = ("\(value.shape)", value.kind == .positions)
    let known = edges.firstIndex {
      $0.source == source && $0.target == target && $0.isPositions == isPositions
    }
    guard let known else {
      edges.append(
        Edge(source: source, target: target, shapes: [shape], isPositions: isPositions))
      return
    }
    if !edges[known].shapes.contains(shape) { edges[known].shapes.append(shape) }
  }

  /// What a block does to the extent of what it reads first.
  private static func kind(
    of block: NetworkBlocks.Block, _ network: Network
  ) -> NetworkDrawing.Kind {
    let nodes = network.nodes[block.nodes]
    guard let first = nodes.first?.inputs.first, let last = nodes.last?.outputs.first else {
      return .keeps
    }
    let areas = [first, last].map { network.values[$0].shape.area }
    return areas[1] < areas[0] ? .reduces : areas[1] > areas[0] ? .enlarges : .keeps
  }
}
