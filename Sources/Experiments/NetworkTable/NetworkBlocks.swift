internal import Networks

/// The operations of a network in blocks: runs of neighbours whose names begin alike.
struct NetworkBlocks: Sendable {
  let network: Network
  let blocks: [Block]

  struct Block: Sendable {
    let name: String
    /// Indices into the network's nodes.
    var nodes: Range<Int>
  }

  /// How fine blocks are.
  enum Level: Sendable, Hashable {
    /// As many parts of a name as that, the last part not counted, make the name of a block:
    /// `encoder.layer1.0.conv1` belongs to `encoder.layer1` at depth 2.
    case depth(Int)
    /// Every operation by itself.
    case operations
  }

  static let standardDepth = 2

  init(_ network: Network, level: Level) {
    self.network = network
    var names: [String: Int] = [:]
    for node in network.nodes { names[node.name, default: 0] += 1 }
    var blocks: [Block] = []
    for (index, node) in network.nodes.enumerated() {
      guard case .depth(let depth) = level else {
        blocks.append(Block(name: node.name, nodes: index..<index + 1))
        continue
      }
      // Activations have no names of their own: they go with what is before them.
      let isAnonymous = names[node.name].map { $0 > 1 } ?? false
      let name = isAnonymous ? blocks.last?.name : Self.block(of: node.name, depth: depth)
      if let name, name == blocks.last?.name {
        blocks[blocks.count - 1].nodes = blocks[blocks.count - 1].nodes.lowerBound..<index + 1
      } else {
        blocks.append(Block(name: name ?? node.name, nodes: index..<index + 1))
      }
    }
    self.blocks = blocks
  }

  private static func block(of name: String, depth: Int) -> String {
    let path = name.split(separator: ".").dropLast()
    return path.isEmpty ? name : path.prefix(depth).joined(separator: ".")
  }

  /// A row for each block.
  ///
  /// - Parameters:
  ///   - batch: how many images lie in memory.
  ///   - valueBytes: bytes of one value of a feature map.
  func rows(batch: Int, valueBytes: Int) -> [NetworkRow] {
    let fields = network.receptiveFields
    return blocks.map { block in
      let nodes = network.nodes[block.nodes]
      let outputs = nodes.flatMap(\.outputs).map { network.values[$0] }
      let bytes = outputs.reduce(0) { total, value in
        let size = value.kind == .positions ? 1 : valueBytes
        return total + value.shape.channels * value.shape.area * size
      }
      let last = block.nodes.upperBound - 1
      let output = network.nodes[last].outputs[0]
      let shape = network.values[output].shape
      return NetworkRow(
        name: block.name, operation: Self.words(nodes.map(\.operation)),
        output: [shape.channels] + shape.extent.extents,
        parameters: nodes.flatMap(\.parameters).reduce(0) {
          $0 + network.parameters[$1].count
        },
        flops: nodes.reduce(0) { total, node in
          total
            + node.operation.definition.flops(
              for: node.inputs.map { network.values[$0].shape })
        },
        activationBytes: batch * bytes, receptiveField: fields[output].extents)
    }
  }

  /// `2 × convolution 3×3; add`: each kind once, in the order in which they come, without what goes
  /// along with most layers, unless there is nothing else.
  private static func words(_ operations: [Operation]) -> String {
    let telling = operations.filter { !$0.isCompanion }
    var counts: [(words: String, count: Int)] = []
    for words in (telling.isEmpty ? operations : telling).map(\.words) {
      if let index = counts.firstIndex(where: { $0.words == words }) {
        counts[index].count += 1
      } else {
        counts.append((words, 1))
      }
    }
    return counts.map { $0.count == 1 ? $0.words : "\($0.count) × \($0.words)" }
      .joined(separator: "; ")
  }
}

/// An operation, or a block of them, as tables and JSON show it.
struct NetworkRow: Sendable, Hashable, Encodable {
  let name: String
  /// What is computed, in words.
  let operation: String
  /// The shape of the last output for one image: channels, then the extent.
  let output: [Int]
  let parameters: Int
  /// FLOPs of the forward pass for one image.
  let flops: Int
  /// Bytes of all outputs for the batch.
  let activationBytes: Int
  /// Pixels along each axis that the last output can depend on.
  let receptiveField: [Double]

  /// `64×48×48`
  var outputText: String { output.map(String.init).joined(separator: "×") }

  /// One number where all axes have the same.
  var receptiveFieldText: String {
    let pixels = receptiveField.map { "\(Int($0.rounded(.up)))" }
    return Set(pixels).count == 1 ? pixels[0] : pixels.joined(separator: "×")
  }
}
