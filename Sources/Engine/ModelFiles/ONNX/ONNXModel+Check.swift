extension ONNXModel {
  /// What keeps programs from running the model; empty for a sound one.
  ///
  /// Every tensor that a node reads must have been made before it, no name may stand for two, a constant
  /// has as many values as its shape says, and every output is made.
  package var problems: [String] {
    var problems: [String] = []
    var known: Set<String> = []
    func define(_ name: String, _ maker: String) {
      if !known.insert(name).inserted { problems.append("\(maker) makes '\(name)' again") }
    }
    for input in graph.inputs { define(input.name, "the input") }
    for tensor in graph.initializers {
      define(tensor.name, "a constant")
      let count = tensor.shape.reduce(1, *)
      if tensor.values.count != count {
        problems.append("'\(tensor.name)' has \(tensor.values.count) values for \(tensor.shape)")
      }
    }
    for node in graph.nodes {
      for input in node.inputs where !input.isEmpty && !known.contains(input) {
        problems.append("'\(node.name)' reads '\(input)' before it is made")
      }
      for output in node.outputs { define(output, "'\(node.name)'") }
    }
    for output in graph.outputs where !known.contains(output.name) {
      problems.append("nothing makes the output '\(output.name)'")
    }
    if Set(graph.nodes.map(\.name)).count < graph.nodes.count {
      problems.append("two nodes have one name")
    }
    return problems
  }
}
