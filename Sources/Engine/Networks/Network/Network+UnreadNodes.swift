extension Network {
  /// The network without the nodes that no head depends on, such as an encoder's last pooling where a
  /// template looks at the map before it. Nothing would ever reach them in a backward pass.
  func withoutUnreadNodes() -> Network {
    var read = Set(headValues)
    var kept: [Node] = []
    for node in nodes.reversed() where !read.isDisjoint(with: node.outputs) {
      read.formUnion(node.inputs)
      kept.append(node)
    }
    guard kept.count < nodes.count else { return self }

    var network = self
    let values = Renumbering(
      of: self.values.count, keeping: [Self.inputValue] + kept.flatMap(\.outputs))
    let parameters = Renumbering(
      of: self.parameters.count, keeping: kept.flatMap(\.parameters))
    let statistics = Renumbering(
      of: self.statistics.count, keeping: kept.flatMap(\.statistics))
    network.values = values.kept.map { self.values[$0] }
    network.parameters = parameters.kept.map { self.parameters[$0] }
    network.statistics = statistics.kept.map { self.statistics[$0] }
    network.nodes = kept.reversed().map { node in
      var node = node
      node.inputs = node.inputs.map { values[$0] }
      node.outputs = node.outputs.map { values[$0] }
      node.parameters = node.parameters.map { parameters[$0] }
      node.statistics = node.statistics.map { statistics[$0] }
      return node
    }
    network.heads = heads.map { Head(name: $0.name, value: values[$0.value]) }
    return network
  }
}

/// What the members of a list are counted as once others have left it.
private struct Renumbering {
  /// The old numbers of those that stay, in their order.
  let kept: [Int]
  private var numbers: [Int]

  init(of count: Int, keeping members: [Int]) {
    kept = members.sorted()
    numbers = Array(repeating: -1, count: count)
    for (new, old) in kept.enumerated() { numbers[old] = new }
  }

  subscript(old: Int) -> Int { numbers[old] }
}
