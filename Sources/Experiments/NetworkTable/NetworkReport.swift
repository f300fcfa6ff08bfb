internal import Groundwork
internal import Networks
import Tracking

/// What a network is made of and what it costs, for people and for machines.
struct NetworkReport: Encodable {
  let network: String
  /// Channels, height and width of an image.
  let input: [Int]
  let classes: Int
  let batch: Int
  let rows: [NetworkRow]
  let parameters: Int
  /// FLOPs of the forward pass for one image.
  let flops: Int
  /// Bytes of all outputs for the batch.
  let activationBytes: Int
  let heads: [Head]
  /// Parameters of operations whose names begin with the same word, in the order of the network.
  let groups: [Group]
  /// `nil` where the device cannot compute the network.
  let memory: Memory?

  struct Head: Encodable {
    let name: String
    /// Channels, height and width.
    let output: [Int]
    /// The operation that gives it.
    let from: String
  }

  struct Group: Encodable {
    let name: String
    var parameters: Int
  }

  /// Bytes of activations, gradients and scratch memory, as planned.
  struct Memory: Encodable {
    let training: Int
    let prediction: Int
  }

  init(_ subject: NetworkSubject, level: NetworkBlocks.Level) {
    self.init(
      subject.network, batch: subject.batch, valueBytes: subject.valueBytes, level: level,
      memory: subject.memory)
  }

  init(
    _ network: Network, batch: Int, valueBytes: Int = 4, level: NetworkBlocks.Level,
    memory: Memory? = nil
  ) {
    self.network = network.name
    input = [network.input.channels] + network.input.extent.extents
    classes = network.classes
    self.batch = batch
    rows = NetworkBlocks(network, level: level).rows(batch: batch, valueBytes: valueBytes)
    parameters = network.parameterCount
    flops = network.flops
    activationBytes = rows.reduce(0) { $0 + $1.activationBytes }
    heads = network.heads.map { head in
      let shape = network.values[head.value].shape
      return Head(
        name: head.name, output: [shape.channels] + shape.extent.extents,
        from: network.nodes.first { $0.outputs.contains(head.value) }?.name ?? "input")
    }
    groups = Self.groups(of: network)
    self.memory = memory
  }

  private static func groups(of network: Network) -> [Group] {
    network.parameters.reduce(into: []) { groups, parameter in
      let word = parameter.name.prefix { $0 != "." }
      // `encoder3` and `bottleneck2_1` are parts of an encoder and of bottlenecks.
      let stem = word.reversed().drop { $0.isNumber || $0 == "_" || $0 == "-" }.reversed()
      let name = stem.isEmpty ? String(word) : String(stem)
      if let index = groups.firstIndex(where: { $0.name == name }) {
        groups[index].parameters += parameter.count
      } else {
        groups.append(Group(name: name, parameters: parameter.count))
      }
    }
  }
}

// MARK: - For people

extension NetworkReport {
  func text(style: Style, width: Int? = Screen.outputWidth) -> String {
    let image = input.map(String.init).joined(separator: "×")
    let title =
      "\(network): images of \(image), \(Units.count(classes, "channel")) of logits, batches of \(batch)"
    return
      (TextWidth.wrapped(title, to: width ?? .max) + [
        "", table.text(style: style, width: width), "", facts.text(style: style, width: width),
      ]).joined(separator: "\n")
  }

  private var table: TableLayout {
    var table = TableLayout([
      .init("name"), .init("operations", importance: 3, staysDistinct: false),
      .init("output", .right, importance: 9), .init("parameters", .right, importance: 8),
      .init("FLOPs", .right, importance: 7),
      .init("activations", .right, shortTitle: "memory", importance: 6),
      .init("receptive field", .right, shortTitle: "field", importance: 5),
    ])
    table.remedy = "see all with --json, or in a wider terminal"
    for row in rows {
      table.add([
        row.name, row.operation, row.outputText,
        row.parameters == 0 ? "" : Units.count(row.parameters),
        row.flops == 0 ? "" : Units.flops(row.flops), Units.bytes(row.activationBytes),
        row.receptiveFieldText,
      ])
    }
    table.add([
      "total", "", "", Units.count(parameters), Units.flops(flops), Units.bytes(activationBytes),
      "",
    ])
    return table
  }

  private var facts: FactList {
    var facts = FactList()
    facts.add(
      "heads",
      heads.map {
        "\($0.name) \($0.output.map(String.init).joined(separator: "×")), from \($0.from)"
      }.joined(separator: "\n"))
    facts.add(
      "parameters",
      groups.map { "\($0.name) \(Units.count($0.parameters))" }.joined(separator: ", "))
    facts.add(
      "forward",
      "\(Units.flops(flops)) FLOPs an image, \(Units.flops(batch * flops)) a batch")
    if let memory {
      facts.add(
        "memory",
        "\(Units.bytes(memory.training)) to train, \(Units.bytes(memory.prediction)) to predict, "
          + "besides the parameters")
    }
    return facts
  }
}
