/// Writes a graph down node by node, under names that it makes differ.
struct GraphWriter {
  private(set) var graph: ONNXGraph
  private var names: Set<String> = []
  /// Lists of integers that nodes read, by their values.
  private var lists: [[Int]: String] = [:]

  init(name: String) { graph = ONNXGraph(name: name) }

  /// A name that nothing has yet: the wanted one, or that with a number behind it.
  mutating func reserve(_ wanted: String) -> String {
    if names.insert(wanted).inserted { return wanted }
    var number = 2
    while !names.insert("\(wanted)_\(number)").inserted { number += 1 }
    return "\(wanted)_\(number)"
  }

  mutating func input(_ port: ONNXPort) { graph.inputs.append(port) }

  mutating func output(_ port: ONNXPort) { graph.outputs.append(port) }

  /// Adds a node whose names are reserved already.
  mutating func append(
    _ name: String, _ type: String, _ inputs: [String], _ outputs: [String],
    _ attributes: [ONNXNode.Attribute] = []
  ) {
    graph.nodes.append(
      ONNXNode(name: name, type: type, inputs: inputs, outputs: outputs, attributes: attributes))
  }

  /// Adds a node and makes up its name.
  ///
  /// - Returns: the tensor that it makes.
  mutating func make(
    _ wanted: String, _ type: String, _ inputs: [String], _ attributes: [ONNXNode.Attribute] = []
  ) -> String {
    let name = reserve(wanted)
    append(name, type, inputs, [name], attributes)
    return name
  }

  mutating func constant(_ wanted: String, _ shape: [Int], _ values: [Float]) -> String {
    let name = reserve(wanted)
    graph.initializers.append(ONNXTensor(name: name, shape: shape, values: .floats(values)))
    return name
  }

  /// A list of integers of 64 bits; the same for everyone who asks for the same.
  mutating func integers(_ values: [Int]) -> String {
    if let known = lists[values] { return known }
    let name = reserve("integers.\(values.map(String.init).joined(separator: "."))")
    graph.initializers.append(
      ONNXTensor(name: name, shape: [values.count], values: .integers(values)))
    lists[values] = name
    return name
  }
}

extension ONNXNode.Attribute {
  static func integer(_ name: String, _ value: Int) -> Self { Self(name, .integer(value)) }
  static func integers(_ name: String, _ values: [Int]) -> Self { Self(name, .integers(values)) }
  static func float(_ name: String, _ value: Float) -> Self { Self(name, .float(value)) }
  static func text(_ name: String, _ text: String) -> Self { Self(name, .text(text)) }
}
