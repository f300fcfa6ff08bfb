internal import Groundwork
internal import ModelFiles
import Tracking

/// What was written where.
struct ExportReport: Encodable {
  let file: String
  let format: String
  /// The only run; `nil` where there are several.
  let run: String?
  /// Every run, where the format takes several.
  var runs: [String]?
  /// What a folder holds.
  var files: [String]?
  /// Where the weights come from; `nil` where there are none.
  var checkpoint: String?
  var step: Int?
  var epoch: Double?
  var tensors: Int?
  /// Values of all parameters and statistics.
  var values: Int?
  /// `nil` where no network was written.
  var model: Model?
  /// Whose names the tensors bear, where that is asked.
  var names: String?
  /// Of measured values.
  var evaluations: Int?
  var series: Int?
  /// What has no place in the format, a sentence each.
  var leftOut: [String]?
  /// What the place is called that was written to, where it is no file or folder: `server`.
  var address: String?
  /// What a person does next.
  var next: String?

  struct Model: Encodable {
    let opset: Int
    let operators: Int
    let inputs: [Port]
    let outputs: [Port]
    /// By multiples of what height and width may differ from the trained ones; `nil` where they may not.
    let sizeStep: Int?
    /// The operation that fixes the size.
    let sizeFixedBy: String?
    let trainedSize: [Int]
  }

  struct Port: Encodable {
    let name: String
    /// `N × 3 × H × W`
    let shape: String
  }

  /// - Parameter subject: where the weights come from; `nil` where there are none.
  init(_ request: ExportRequest, _ format: String, _ subject: ExportedRun? = nil) {
    (file, self.format) = (request.file, format)
    run = request.runs.count == 1 ? request.run.name : nil
    checkpoint = subject?.checkpoint
    (step, epoch) = (subject?.evaluation.step, subject?.evaluation.epoch)
  }

  /// Tells of tensors by the numbers of their values.
  mutating func take(_ counts: [Int]) {
    (tensors, values) = (counts.count, counts.reduce(0, +))
  }

  mutating func take(_ exported: ExportedModel, of subject: ExportedRun) {
    let (translated, graph) = (exported.translated, exported.translated.model.graph)
    take(graph.initializers.map(\.values.count))
    let size = subject.network.input.size
    model = Model(
      opset: translated.model.opset, operators: graph.nodes.count,
      inputs: graph.inputs.map(Port.init),
      outputs: graph.outputs.map(Port.init), sizeStep: translated.step,
      sizeFixedBy: translated.sizeDependentNode, trainedSize: [size.height, size.width])
  }
}

extension ExportReport.Port {
  fileprivate init(_ port: ONNXPort) {
    name = port.name
    shape = port.shape.map { extent in
      switch extent {
      case .fixed(let count): String(count)
      case .any(let name): name
      }
    }.joined(separator: " × ")
  }
}

// MARK: - For people

extension ExportReport {
  func text(style: Style = .output) -> String {
    var facts = FactList()
    facts.add(address ?? (files == nil ? "file" : "folder"), file)
    if let files { facts.add("files", files.joined(separator: ", ")) }
    let source = checkpoint.flatMap { name in step.map { ", checkpoint \(name) after step \($0)" } }
    if let run { facts.add("run", run + (source ?? "")) }
    if let runs, run == nil {
      facts.add("runs", "\(runs.count): \(runs.joined(separator: ", "))")
    }
    if let model {
      facts.add(
        "model", "ONNX, opset \(model.opset), \(Units.count(model.operators, "operator"))")
      for input in model.inputs { facts.add("input", "\(input.name)  \(input.shape)") }
      for output in model.outputs { facts.add("output", "\(output.name)  \(output.shape)") }
      facts.add("image size", sizes(of: model))
    }
    if let names {
      facts.add("names", names == ExportedNames.own.rawValue ? "the network's own" : names)
    }
    if let tensors, let values {
      facts.add(
        "weights", "\(Units.count(tensors, "tensor")), \(Units.count(values, "value"))")
    }
    if let series, let evaluations {
      facts.add(
        "measured", "\(series) series, \(Units.count(evaluations, "evaluation"))")
    }
    for sentence in leftOut ?? [] { facts.add("left out", sentence) }
    if let next { facts.add("next", next) }
    return facts.text(style: style)
  }

  private func sizes(of model: Model) -> String {
    let (height, width) = (model.trainedSize[0], model.trainedSize[1])
    guard let step = model.sizeStep else {
      let reason = model.sizeFixedBy.map { ": '\($0)' depends on it" } ?? ""
      return "\(height)×\(width) alone\(reason)"
    }
    guard step > 1 else { return "any" }
    let isMultiple = height.isMultiple(of: step) && width.isMultiple(of: step)
    return isMultiple
      ? "any multiple of \(step)"
      : "\(height)×\(width), or larger by any multiple of \(step)"
  }
}
