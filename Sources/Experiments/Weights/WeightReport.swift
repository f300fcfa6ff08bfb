internal import Groundwork
internal import Networks
import Tracking
internal import WeightFiles

/// What weights hold, and what of them a network takes.
struct WeightReport: Encodable {
  let file: String
  /// The run's checkpoint that the file is; `nil` where it is named by its path.
  let run: String?
  let format: String
  let sha256: String
  let tensors: [Tensor]
  /// `nil` where the file is held against no network.
  let network: Matching?

  struct Tensor: Encodable {
    let name: String
    let layer: String
    let role: String
    let shape: [Int]
    let parameters: Int
  }

  struct Matching: Encodable {
    let template: String
    /// Parameters and statistics of the network, in its order.
    let entries: [WeightsRecord.Entry]
    let taken: Int
    /// Names of the file's tensors that nothing takes.
    let leftOut: [String]
  }

  /// - Parameter matching: `nil` where the weights are held against no network.
  init(_ found: FoundWeights, _ matching: WeightMatching?, template: String) {
    let source = found.file
    file = source.path
    run = found.run.map { "\($0.checkpoint)" }
    format = source.format.name
    sha256 = found.sha256
    tensors = source.tensors.map {
      Tensor(
        name: $0.name, layer: $0.layer, role: $0.role.text, shape: $0.shape, parameters: $0.count)
    }
    network = matching.map {
      Matching(
        template: template, entries: $0.recordEntries, taken: $0.takenCount,
        leftOut: $0.namesLeftOut)
    }
  }
}

// MARK: - For people

extension WeightReport {
  func text(style: Style, width: Int? = Screen.outputWidth) -> String {
    let parameters = Units.count(tensors.reduce(0) { $0 + $1.parameters })
    let title = "\(format): \(Units.count(tensors.count, "tensor")), \(parameters) values"
    var parts = [
      title, "SHA-256 \(sha256)", "",
      (network.map { table(of: $0) } ?? contents).text(style: style, width: width),
    ]
    if let network { parts += ["", summary(of: network)] }
    return parts.joined(separator: "\n")
  }

  private var contents: TableLayout {
    var table = TableLayout([
      .init("tensor"), .init("role", importance: 3, staysDistinct: false),
      .init("shape", .right, importance: 9), .init("values", .right, importance: 8),
    ])
    table.remedy = "see all with --json, or in a wider terminal"
    for tensor in tensors {
      table.add([
        tensor.name, tensor.role, Self.text(tensor.shape), Units.count(tensor.parameters),
      ])
    }
    return table
  }

  private func table(of network: Matching) -> TableLayout {
    var table = TableLayout([
      .init("parameter"), .init("shape", .right, importance: 7),
      .init("outcome", importance: 9, staysDistinct: false),
      .init("from the file", importance: 8), .init("its shape", .right, importance: 6),
    ])
    table.remedy = "see all with --json, or in a wider terminal"
    for entry in network.entries {
      table.add([
        entry.name, Self.text(entry.shape), entry.outcome.rawValue, entry.from ?? "",
        entry.fromShape.map(Self.text) ?? "",
      ])
    }
    return table
  }

  private func summary(of network: Matching) -> String {
    let total = network.entries.count
    var lines = [
      "\(network.taken) of \(Units.count(total, "tensor")) of \(network.template) begin with the file's values"
    ]
    if !network.leftOut.isEmpty {
      let names = network.leftOut.prefix(4).joined(separator: ", ")
      let rest = network.leftOut.count > 4 ? ", …" : ""
      lines.append(
        "\(Units.count(network.leftOut.count, "tensor")) of the file left out: \(names)\(rest)")
    }
    return lines.joined(separator: "\n")
  }

  private static func text(_ shape: [Int]) -> String {
    shape.isEmpty ? "1" : shape.map(String.init).joined(separator: "×")
  }
}
