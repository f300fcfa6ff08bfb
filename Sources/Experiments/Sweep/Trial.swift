internal import Datasets
internal import Tracking
internal import Training

/// One point of a sweep with one seed: everything about a training that is known before it runs.
///
/// A trial is what decides its results: values of the spec, the seed, and what its data holds, wherever
/// that lies.
struct Trial: Sendable {
  /// 16 hexadecimal digits, see ``ResolvedSpec/id(data:)``.
  let id: String
  let record: TrialRecord
  /// With this trial's values and seed in it.
  let spec: ExperimentSpec
  private let resolved: ResolvedSpec

  init(record: TrialRecord, spec: ExperimentSpec) {
    self.init(record, spec, ResolvedSpec(spec))
  }

  /// - Parameter resolved: what the spec is resolved to, where that is known already.
  init(_ record: TrialRecord, _ spec: ExperimentSpec, _ resolved: ResolvedSpec) {
    self.record = record
    self.spec = spec
    self.resolved = resolved
    id = resolved.id(data: record.data)
  }

  /// The trial that a record tells of.
  ///
  /// - Parameter places: where its data lies now; `nil`: where it lay when the record was made.
  /// - Throws: ``SpecErrors`` where its spec is damaged, or names what this program lacks.
  init(
    _ record: TrialRecord, places: DataPlaces? = nil, catalog: ComponentCatalog = .standard
  ) throws(SpecErrors) {
    var spec = try ExperimentSpec(resolved: record.resolvedSpec, catalog: catalog)
    if let places { spec.places = places }
    self.init(record: record, spec: spec)
  }

  /// The same trial on data that was looked at. Scenes that the program draws follow from the spec,
  /// whether they have been drawn or not.
  func on(_ data: [DataFingerprint]) -> Trial {
    if case .generated = spec.data.source { return self }
    var record = record
    record.data = data
    return Trial(record, spec, resolved)
  }

  /// The same trial with the checkpoints that it begins with found in the records.
  ///
  /// - Parameter results: the folder of the records.
  /// - Throws: ``WeightsNotFound`` where they lack one.
  func findingWeights(in results: String) throws(WeightsNotFound) -> Trial {
    var spec = spec
    let lookup = WeightsLookup(results: results)
    if spec.weights?.location == nil, let checkpoint = spec.weights?.checkpoint {
      spec.weights?.location = try lookup.path(of: checkpoint)
    }
    if spec.training.continues?.location == nil,
      let checkpoint = spec.training.continues?.checkpoint
    {
      spec.training.continues?.location = try lookup.path(of: checkpoint)
    }
    return Trial(record, spec, resolved)
  }

  /// - Parameter generatedFolder: where scenes that the program draws are kept, unless the spec
  ///   says so.
  func dataConfiguration(generatedFolder: String) -> DataConfiguration {
    spec.dataConfiguration(generatedFolder: generatedFolder)
  }

  func trainingConfiguration(threads: Int) -> TrainingConfiguration {
    spec.trainingConfiguration(threads: threads)
  }

  /// What sets it apart, e.g. `solver.base_lr 0.01, seed 8`.
  var name: String {
    let swept = record.hyperparameters.map { "\($0.path) \($0.text)" }
    let seed = "seed \(record.seed)"
    return (swept.contains(seed) ? swept : swept + [seed]).joined(separator: ", ")
  }
}
