internal import Engine
internal import Tracking

/// One point of a sweep with one seed: everything about a training that is known before it runs.
struct Trial: Sendable {
  /// 16 hexadecimal digits, the same for the same ``ResolvedSpec/identity``.
  let id: String
  let record: TrialRecord
  /// With this trial's values and seed in it.
  let spec: ExperimentSpec

  init(record: TrialRecord, spec: ExperimentSpec, id: String) {
    self.record = record
    self.spec = spec
    self.id = id
  }

  /// The trial that a record tells of.
  ///
  /// - Throws: ``SpecErrors`` where its spec is damaged, or names what this program lacks.
  init(_ record: TrialRecord, catalog: ComponentCatalog = .standard) throws(SpecErrors) {
    let spec = try ExperimentSpec(resolved: record.resolvedSpec, catalog: catalog)
    self.init(record: record, spec: spec, id: ResolvedSpec(spec).id)
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
