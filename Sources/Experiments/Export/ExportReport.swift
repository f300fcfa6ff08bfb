internal import Groundwork
internal import ModelFiles
import Tracking

/// What was written where.
struct ExportReport: Encodable {
  let file: String
  let format: String
  let run: String
  let checkpoint: String
  let step: Int
  let epoch: Double
  /// Values of all parameters and statistics.
  let values: Int
  let tensors: Int
  /// `nil` where weights alone were written.
  var model: Model?
  /// Whose names the tensors bear; `nil` for a model.
  var names: String?

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

  private init(_ export: Export, _ format: ExportFormat, tensors: Int, values: Int) {
    let subject = export.subject
    (file, self.format) = (export.file, format.rawValue)
    (run, checkpoint) = (subject.run.name, subject.checkpoint)
    (step, epoch) = (subject.evaluation.step, subject.evaluation.epoch)
    (self.tensors, self.values) = (tensors, values)
  }

  init(_ export: Export, _ translated: TranslatedNetwork) {
    let graph = translated.model.graph
    self.init(
      export, .onnx, tensors: graph.initializers.count,
      values: graph.initializers.reduce(0) { $0 + $1.values.count })
    let size = export.subject.network.input.size
    model = Model(
      opset: translated.model.opset, operators: graph.nodes.count,
      inputs: graph.inputs.map(Port.init),
      outputs: graph.outputs.map(Port.init), sizeStep: translated.step,
      sizeFixedBy: translated.sizeDependentNode, trainedSize: [size.height, size.width])
  }

  init(_ export: Export, _ tensors: [SafeTensorsWriter.Tensor], _ names: ExportedNames) {
    self.init(
      export, .safetensors, tensors: tensors.count,
      values: tensors.reduce(0) { $0 + $1.values.count })
    self.names = names.rawValue
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
    facts.add("file", file)
    facts.add(
      "run", "\(run), checkpoint \(checkpoint) after step \(step)")
    if let model {
      facts.add(
        "model", "ONNX, opset \(model.opset), \(Units.count(model.operators, "operator"))")
      for input in model.inputs { facts.add("input", "\(input.name)  \(input.shape)") }
      for output in model.outputs { facts.add("output", "\(output.name)  \(output.shape)") }
      facts.add("image size", sizes(of: model))
    } else {
      facts.add("names", names == ExportedNames.own.rawValue ? "the network's own" : names ?? "")
    }
    facts.add(
      "weights", "\(Units.count(tensors, "tensor")), \(Units.count(values, "value"))")
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
