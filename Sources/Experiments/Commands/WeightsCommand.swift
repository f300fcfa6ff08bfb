import ArgumentParser
internal import WeightFiles

/// Shows what a file of weights holds.
struct WeightsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights",
    abstract: "Show what a file of pretrained weights holds, and what of it a spec would take.",
    discussion: """
      Reads models of Caffe, weights of Keras (.h5, .weights.h5, .keras), safetensors and checkpoints \
      of PyTorch, by what is in the file. With a spec it shows for every parameter of the network where \
      its first values come from, before anything runs.

        experiments weights vgg16.caffemodel
        experiments weights efficientnet-lite0.pth transfer.yaml
      """)

  @Argument(help: "The file of weights.", completion: .file())
  var file: String

  @Argument(
    help: "The spec whose network takes them, with its weights: settings.",
    completion: .file(extensions: ["yaml", "yml"]))
  var spec: String?

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Replace a value of the spec. May be repeated.", valueName: "path=value"))
  var set: [String] = []

  @OptionGroup var results: ResultsOption

  @Flag(help: "Print JSON.")
  var json = false

  func run() throws {
    let report = try WeightReport(file: file, spec: spec, overrides: set, results: results)
    print(try json ? JSONOutput.text(report) : report.text(style: .output))
  }
}

extension WeightReport {
  fileprivate init(
    file path: String, spec: String?, overrides: [String], results: ResultsOption
  ) throws {
    guard let spec else {
      self.init(try WeightFile.open(path), nil, template: "")
      return
    }
    let plan = try BenchSubject(
      spec: spec, template: nil, size: [], batchSize: nil, precision: nil, overrides: overrides
    ).plan()
    let subject = try NetworkSubject(plan, batch: nil, results: results.store.root)
    var weights = PretrainedWeights(path: path)
    weights.rules = subject.trial.spec.weights?.rules ?? weights.rules
    let file = try weights.open()
    let template = subject.trial.spec.template.template
    self.init(
      file, try weights.matching(of: file, for: subject.network, of: template),
      template: subject.network.name)
  }
}
