internal import Datasets
internal import Groundwork
internal import Learning
internal import Tracking

extension ExperimentSpec {
  /// The spec with every setting there is, those too that a ``ResolvedSpec`` leaves out where they
  /// have their defaults, so that the specs of records of any age can be laid side by side.
  var complete: CanonicalJSON {
    var entries: [String: CanonicalJSON] = [
      "tags": .list(tags.map { .text($0) }), "folder": .text(folder), "task": .text(task.name),
      "data": data.complete,
      "template": template.complete, "losses": losses.complete, "solver": solver.complete,
      "augmentation": augmentation.complete, "training": training.complete,
      "evaluation": evaluation.complete, "checkpoints": checkpoints.canonical,
      "limits": limits.canonical,
    ]
    entries["about"] = about.map { .text($0) }
    entries["weights"] = weights?.canonical
    return .object(entries)
  }
}

extension TrialSettings {
  /// Every setting of a run, those that its record leaves out with their defaults; as far as the
  /// record goes where this program cannot read its spec.
  init(complete run: RunRecord) { self.init(completing: TrialSettings(run.trial)) }

  /// The same of the settings of a run.
  init(completing settings: TrialSettings) {
    let spec = try? ExperimentSpec(resolved: settings.texts.resolved)
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
    for term in losses.terms where term.weight.canonical.text != CanonicalJSON.number(1).text {
      deviating[term.choice.name, default: []].insert("weight")
    }
    for term in losses.terms where term.head != nil {
      deviating[term.choice.name, default: []].insert("head")
    }
    return deviating
  }
}

extension CanonicalJSON {
  /// What stands for a setting that is not made.
  fileprivate static let nothing = CanonicalJSON.text("none")

  /// An object with values for keys that it lacks.
  fileprivate func adding(_ defaults: [String: CanonicalJSON]) -> CanonicalJSON {
    guard case .object(let entries) = self else { return self }
    return .object(entries.merging(defaults) { own, _ in own })
  }
}

extension ComponentChoice {
  fileprivate var deviatingSettings: [String] {
    fields.filter { values.all[$0.name] != $0.fallback }.map(\.name)
  }

  /// Every field, whether records keep its default or not.
  fileprivate var complete: [String: CanonicalJSON] {
    let nothing = fields.map { ($0.name, CanonicalJSON.nothing) }
    return values.all.mapValues(CanonicalJSON.init).merging(nothing) { own, _ in own }
  }
}

extension DataSection {
  fileprivate var complete: CanonicalJSON {
    canonical.adding([
      "size": .nothing, "crop": .nothing, "patches": .nothing, "slices": .nothing, "axes": .nothing,
      "range": .nothing, "roi": .nothing, "sampling": .nothing, "groups": .text("volumes"),
      "values": .nothing, "colors": .nothing, ClassColours.key: .nothing,
      "no_data": .nothing, "interpolation": .text(DataConfiguration.Resizing.antialiased.rawValue),
    ])
  }
}

extension TemplateSection {
  fileprivate var complete: CanonicalJSON {
    canonical.adding(choice.complete).adding(["initialization": .nothing])
  }
}

extension LossesSection {
  fileprivate var complete: CanonicalJSON {
    .list(
      terms.map { term in
        .object([
          term.choice.name: .object(
            term.choice.complete.merging([
              "weight": term.weight.canonical, "head": .text(term.weighted.head.name),
            ]) { $1 })
        ])
      })
  }
}

extension SolverSection {
  fileprivate var complete: CanonicalJSON {
    guard case .object(var entries) = canonical.adding(choice.complete) else { return canonical }
    entries["schedule"] = CanonicalJSON.object([
      scheduleChoice.name: .object(scheduleChoice.complete)
    ]).adding(["warmup": warmupSetting])
    return CanonicalJSON.object(entries).adding([
      "clip_value": .nothing, "clip_norm": .nothing, "iter_size": .integer(1), "ema": .nothing,
      "swa": .nothing, "groups": .nothing, "decay_norms_and_biases": .boolean(true),
    ])
  }
}

extension SolverSection {
  private var warmupSetting: CanonicalJSON {
    guard case .object(let entries) = canonical, case .object(let schedule) = entries["schedule"]
    else { return .nothing }
    return schedule["warmup"] ?? .nothing
  }
}

extension AugmentationSection {
  fileprivate var complete: CanonicalJSON {
    .list(steps.map { .object([$0.choice.name: .object($0.choice.complete)]) })
  }
}

extension TrainingSection {
  fileprivate var complete: CanonicalJSON {
    var section = resolved
    if case .object(var entries) = resolved {
      entries[ContinuedRun.key] = continues.map { .text($0.checkpoint?.shortName ?? $0.run) }
      section = .object(entries)
    }
    return section.adding([
      "early_stopping": .nothing, Self.frozenNormsKey: .list([]), ContinuedRun.key: .nothing,
    ])
  }
}

extension EvaluationSection {
  fileprivate var complete: CanonicalJSON {
    resolved.adding([
      "metrics": .list([]), "worst_images": .integer(worstImages),
      "absent_classes": .text(absentClasses.rawValue), "test_time_augmentation": .nothing,
      "postprocessing": .list([]), "previews": .nothing, "histograms": .boolean(false),
    ])
  }
}
