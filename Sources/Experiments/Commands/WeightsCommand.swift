import ArgumentParser
internal import Foundation

/// Shows what a file of weights holds.
struct WeightsCommand: ColoringCommand {
  static let configuration = CommandConfiguration(
    commandName: "weights",
    abstract: "Show what pretrained weights hold, and what of them a spec would take.",
    discussion: """
      Reads models of Caffe, weights of Keras (.h5, .weights.h5, .keras), safetensors and checkpoints \
      of PyTorch, by what is in the file; and the best or last checkpoint of a recorded run. With a spec \
      it shows for every parameter of the network where its first values come from, before anything runs.

        experiments weights vgg16.caffemodel
        experiments weights efficientnet-lite0.pth transfer.yaml
        experiments weights carvana/3@best transfer.yaml
      """)

  @Argument(
    help: "The file of weights; or a run as 'show' takes it, with @best (the default) or @last.",
    completion: .file())
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

  @OptionGroup var color: ColorOption

  func run() throws {
    let report = try WeightReport(file: file, spec: spec, overrides: set, results: results)
    print(try json ? JSONOutput.text(report) : report.text(style: .output))
  }
}

extension WeightReport {
  fileprivate init(
    file name: String, spec: String?, overrides: [String], results: ResultsOption
  ) throws {
    let root = results.store.root
    let found = try WeightsLookup(results: root).find(
      name, in: FileManager.default.currentDirectoryPath)
    guard let spec else {
      self.init(found, nil, template: "")
      return
    }
    let plan = try BenchSubject(
      spec: spec, template: nil, size: [], batchSize: nil, precision: nil, overrides: overrides,
      results: root
    ).plan()
    let subject = try NetworkSubject(plan, batch: nil, results: root)
    var weights = PretrainedWeights(path: found.file.path)
    weights.rules = subject.trial.spec.weights?.rules ?? weights.rules
    let template = subject.trial.spec.template.template
    self.init(
      found, try weights.matching(of: found.file, for: subject.network, of: template),
      template: subject.network.name)
  }
}
