internal import Execution
internal import Groundwork
internal import Measurements
internal import ModelFiles
internal import Networks
internal import Tasks
import Tracking
internal import Training

/// The network of a run with the weights of one of its checkpoints.
struct ExportedRun {
  let run: RunRecord
  /// `best` or `last`.
  let checkpoint: String
  /// As the record has it.
  let spec: ExperimentSpec
  let network: Network
  let input: RunInput
  /// True where a pixel is of one class.
  let classesExclude: Bool
  private let contents: CheckpointContents
  private let sizeMultiple: Int
  private let build: (SpatialExtent) throws -> Network

  /// - Parameters:
  ///   - checkpoint: `best`, `last`, or `nil` for the best where there is one, and else the last.
  ///   - size: the size of the images; that of the run's evaluations if `nil`.
  ///   - needsSize: whether the size matters; weights are the same for all.
  /// - Throws: ``Failure`` where there is no such checkpoint, where it is not one of the network, or where
  ///   nobody says which size.
  init(
    _ run: RunRecord, in store: FolderStore, checkpoint: String?, size: Size?, needsSize: Bool
  ) throws {
    try run.requireTrainedHere(to: "be exported as a network")
    self.run = run
    self.checkpoint = try TrainedRun.checkpoint(checkpoint, of: run).name
    let spec = try Trial(run.trial).spec
    self.spec = spec
    let configuration = Trial(record: run.trial, spec: spec).trainingConfiguration(threads: 1)
    let recorded = run.attempts.last?.input
    input = recorded.map { RunInput($0, spec.data) } ?? RunInput(spec.data)
    let rank = type(of: configuration.template).spatialRank
    let anyExtent =
      needsSize
      ? nil
      : configuration.template.fittingExtent(
        for: SpatialExtent(repeating: Self.anySide, rank: rank))
    if let size, rank == 3 {
      throw Failure(
        .usage, "error: \(run.name) is of volumes, and --size \(size) of images: leave it out")
    }
    guard let extent = size.map({ SpatialExtent($0) }) ?? input.extent ?? anyExtent else {
      throw Failure(
        .usage,
        "error: the images of \(run.name) keep the size of their files, which its record does not "
          + "have: name a size with --size HEIGHT WIDTH")
    }
    let (channels, classes) = (input.channels, input.classNames.count)
    build = {
      try configuration.network(NetworkInput(channels: channels, extent: $0), classes: classes)
    }
    network = try build(extent)
    if needsSize, rank == 3 {
      throw Failure(
        .usage,
        "error: \(run.name) is a network of volumes, and models are exported of networks of images: "
          + "export its weights, as safetensors or npz")
    }
    sizeMultiple = configuration.template.sizeMultiple
    classesExclude = !configuration.task.decodesSingleLogits
    contents = try store.checkpoint(self.checkpoint, of: run)
    try requireWeights(in: store)
  }

  /// The evaluation that the checkpoint was taken at.
  var evaluation: EvaluationPoint { contents.evaluation }

  /// The sizes of images that a model of the network may be for.
  var sizes: [ImageSizes] {
    ImageSizes.candidates(network, multiple: sizeMultiple) { try? build(SpatialExtent($0)) }
  }

  /// The values of one of the network's parameters or statistics.
  func values(_ name: String) -> [Float] {
    contents.values(.parameter, name) ?? contents.values(.statistic, name) ?? []
  }

  /// Parameters, then statistics, in the network's order.
  var tensors: [(name: String, shape: [Int])] {
    network.parameters.map { ($0.name, $0.shape) } + network.statistics.map { ($0.name, $0.shape) }
  }

  /// How the model normalizes images with such values.
  ///
  /// - Throws: ``Failure`` where the record does not say what it needs.
  func normalization(of values: ExportedValues) throws -> ImageNormalization {
    guard let moments = input.normalization else {
      throw Failure(
        .badInput,
        "error: \(run.name) was trained with the mean and standard deviation of its data set, which "
          + "its record does not have: export it as onnx without --normalize and normalize images before, "
          + "or train with both in data.normalize")
    }
    if values == .unit {
      let unit = moments.mean.map { _ in 0.0...1.0 }
      return ImageNormalization(
        mean: moments.mean, deviation: moments.deviation, ranges: unit,
        limits: input.limits.map { _ in 0...1 })
    }
    guard let ranges = input.ranges else {
      throw Failure(
        .badInput,
        "error: the record of \(run.name) does not say which values of its images are 0 and 1: "
          + "export it as onnx with --normalize --values unit, and give the model values of 0…1")
    }
    return ImageNormalization(
      mean: moments.mean, deviation: moments.deviation, ranges: ranges, limits: input.limits)
  }

  /// Large enough for every template.
  private static let anySide = 256

  private func requireWeights(in store: FolderStore) throws {
    for (name, shape) in tensors where values(name).count != shape.reduce(1, *) {
      throw Failure(
        .damagedStore,
        "error: the checkpoint '\(checkpoint)' of \(run.name) does not fit its spec: '\(name)' has "
          + "\(values(name).count) values, and the network's has \(shape.reduce(1, *)): "
          + "restore \(store.folder(of: run.id, experiment: run.experiment)) from a copy")
    }
  }
}
