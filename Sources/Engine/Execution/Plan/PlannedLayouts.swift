internal import Groundwork
internal import Networks

/// How the values of a network lie in memory, and which of them lie within others.
struct PlannedLayouts {
  private(set) var layouts: [TensorLayout]
  /// For a value that its producer writes straight to its place within a concatenation: where.
  private(set) var within: [Int: Place]

  struct Place: Hashable {
    /// The concatenation's output.
    var value: Int
    /// Bytes from the start of that value.
    var offset: Int
  }

  init(_ network: Network, _ steps: [PlanStep], batch: Int, device: any Device) {
    layouts = Self.separate(network, batch: batch, device: device)
    within = [:]
    for (index, step) in steps.enumerated() where step.operation == .concatenate {
      join(index, network, steps, device)
    }
  }

  /// The images lie plain, as the program gives them, and heads are `f32`, as losses take them.
  /// What an operation writes anew lies as the device prefers, what it only changes value by value
  /// as its input does.
  private static func separate(
    _ network: Network, batch: Int, device: any Device
  ) -> [TensorLayout] {
    let shapes = network.values.map { Shape(batch, $0.shape.channels, $0.shape.extent) }
    var layouts = shapes.map { TensorLayout($0) }
    for node in network.nodes {
      for output in node.outputs {
        let input = layouts[node.inputs[0]]
        layouts[output] =
          node.operation.definition.keepsLayout
          ? TensorLayout(shapes[output], block: input.block, precision: input.precision)
          : node.operation.definition.isPlain
            ? TensorLayout(shapes[output]) : device.layout(for: shapes[output])
      }
    }
    for head in network.headValues { makeFull(head, network, &layouts) }
    return layouts
  }

  /// Makes a value `f32`, and with it what it is made from value by value.
  private static func makeFull(
    _ value: Int, _ network: Network, _ layouts: inout [TensorLayout]
  ) {
    guard layouts[value].precision != .f32 else { return }
    layouts[value].precision = .f32
    for node in network.nodes where node.operation.definition.keepsLayout {
      let related = node.inputs + node.outputs
      guard related.contains(value) else { continue }
      for other in related { makeFull(other, network, &layouts) }
    }
  }

  /// Places the inputs of a concatenation within its output where all who write and read them can
  /// find them there. Blocks of channels must stay whole, and the concatenation must be the last
  /// to read the input: then its gradient is there before any other reader adds to it.
  private mutating func join(
    _ index: Int, _ network: Network, _ steps: [PlanStep], _ device: any Device
  ) {
    let concatenation = steps[index]
    let joined = concatenation.outputs[0]
    var first = 0
    for input in concatenation.inputs {
      let layout = layouts[input], whole = layouts[joined]
      defer { first += layout.shape.channels }
      let isLast = first + layout.shape.channels == whole.shape.channels
      guard layout.block == whole.block, layout.precision == whole.precision,
        first.isMultiple(of: layout.block),
        isLast || layout.shape.channels.isMultiple(of: layout.block),
        !network.headValues.contains(input), input != Network.inputValue, within[input] == nil,
        concatenation.inputs.filter({ $0 == input }).count == 1,
        let producer = steps.first(where: { $0.outputs.contains(input) }),
        device.stridedViews(of: producer.operation).outputs,
        steps.indices.allSatisfy({ reader in
          !steps[reader].inputs.contains(input)
            || reader <= index && device.stridedViews(of: steps[reader].operation).inputs
        })
      else { continue }
      within[input] = Place(
        value: joined, offset: first * layout.shape.area * layout.precision.bytes)
      layouts[input].wideStride = whole.sampleElements
    }
  }
}
