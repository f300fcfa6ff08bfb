internal import Datasets
internal import Groundwork
internal import Learning
internal import Tracking

extension ExperimentSpec {
  /// The spec with every setting there is, those too that a ``ResolvedSpec`` leaves out where they
  /// have their defaults, so that the specs of records of any age can be laid side by side.
  var complete: CanonicalJSON {
    var entries = entries(for: .comparison)
    entries["experiment"] = nil
    entries["seed"] = nil
    entries[ResolvedSpec.folderKey] = .text(folder)
    return .object(entries)
  }
}

extension TrialSettings {
  /// Every setting of a run, those that its record leaves out with their defaults; as far as the
  /// record goes where this program cannot read its spec.
  init(complete run: RunRecord) { self.init(completing: TrialSettings(run.trial)) }

  /// The same of the settings of a run.
  init(completing settings: TrialSettings) {
    let spec = try? ExperimentSpec(resolved: settings.texts.resolved, isValidated: false)
    self.init(
      settings.texts, resolvedSpec: spec?.complete.text,
      deviating: spec?.deviatingSettings ?? [:])
  }
}

extension ExperimentSpec {
  /// By the name of each component but the metrics, those of its settings that are not its defaults.
  fileprivate var deviatingSettings: [String: Set<String>] {
    var deviating: [String: Set<String>] = [:]
    func add<Value>(_ choice: ComponentChoice<Value>) {
      deviating[choice.name, default: []].formUnion(choice.deviatingSettings)
    }
    add(template.choice)
    add(solver.choice)
    add(solver.scheduleChoice)
    for term in losses.terms { add(term.choice) }
    for step in augmentation.steps { add(step.choice) }
    for term in losses.terms where term.weight != .constant(1) {
      deviating[term.choice.name, default: []].insert("weight")
    }
    for term in losses.terms where term.head != nil {
      deviating[term.choice.name, default: []].insert("head")
    }
    return deviating
  }
}

extension ComponentChoice {
  fileprivate var deviatingSettings: [String] {
    fields.filter { values.all[$0.name] != $0.fallback }.map(\.name)
  }
}
