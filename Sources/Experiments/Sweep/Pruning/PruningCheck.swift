internal import Datasets
internal import Groundwork
internal import Tracking

/// Whether trials can be pruned as a sweep asks for: where they are compared there must be evaluations.
struct PruningCheck {
  let pruner: SweepPruner
  let specs: [ExperimentSpec]
  let objective: Objective

  /// The first of what is wrong; empty where nothing is.
  func problems() -> [SpecDiagnostic] {
    guard let comparing = pruner.comparing(objective)?.part else { return [] }
    let problems =
      [continued(comparing), units(comparing)] + specs.map { rung(comparing, $0) } + [
        end(comparing)
      ]
    return Array(problems.compactMap(\.self).prefix(1))
  }

  private func continued(_ part: SweepPruner.Part) -> SpecDiagnostic? {
    guard specs.contains(where: { $0.training.continues != nil }) else { return nil }
    return SpecDiagnostic(
      .unfitPruner,
      "\(part.choice.name) compares trials from their beginning, and with training.continues they go on from "
        + "other runs", at: part.place, remedy: "leave one of them out")
  }

  /// Epochs of trials and steps of others cannot be compared.
  private func units(_ part: SweepPruner.Part) -> SpecDiagnostic? {
    let durations = Set(specs.map { PruningUnit($0.training.duration) })
    guard durations.count == 1, let unit = durations.first else {
      return SpecDiagnostic(
        .unfitPruner,
        "some trials are trained for epochs and some for iterations, which \(part.choice.name) cannot compare",
        at: part.place, remedy: "give all of them training.epochs, or training.iterations")
    }
    guard let first = part.pruner.firstRung, PruningUnit(first) != unit else { return nil }
    return SpecDiagnostic(
      .unfitPruner,
      "\(part.choice.name) begins to compare after \(first.text), and trials are trained for "
        + "\(unit.words(2))", at: part.rungPlace,
      remedy:
        "write min in \(unit.words(2)), or how long trials are trained in \(PruningUnit(first).words(2))"
    )
  }

  /// Every rung is a multiple of the first.
  private func rung(_ part: SweepPruner.Part, _ spec: ExperimentSpec) -> SpecDiagnostic? {
    guard let first = part.pruner.firstRung else { return nil }
    let every = spec.evaluation.every
    let (unit, length, step) = (PruningUnit(first), first.count, every.count)
    guard PruningUnit(every) == unit else {
      return SpecDiagnostic(
        .unfitPruner,
        "\(part.choice.name) compares trials after \(first.text), and they are evaluated every \(every.text)",
        at: part.rungPlace,
        remedy:
          "write evaluation.every and min in the same unit, both in epochs or both in iterations")
    }
    guard !length.isMultiple(of: step) else { return nil }
    let longer = (length / step + 1) * step
    return SpecDiagnostic(
      .unfitPruner,
      "\(part.choice.name) compares trials after \(first.text), when there is no evaluation: evaluation.every is "
        + "\(every.text)", at: part.rungPlace,
      remedy: "write min: \(unit.words(longer, withCount: true)), or evaluation.every: "
        + "\(unit.words(divisor(of: length, below: step), withCount: true))")
  }

  private func divisor(of length: Int, below step: Int) -> Int {
    (1..<max(2, step)).reversed().first { length.isMultiple(of: $0) } ?? 1
  }

  /// A first rung behind the end of every trial prunes none.
  private func end(_ part: SweepPruner.Part) -> SpecDiagnostic? {
    guard let first = part.pruner.firstRung,
      let longest = specs.map(\.training.duration.count).max(), first.count >= longest
    else { return nil }
    return SpecDiagnostic(
      .unfitPruner,
      "\(part.choice.name) begins to compare after \(first.text), and the longest trial ends after "
        + "\(PruningUnit(first).words(longest, withCount: true)): it would prune nothing",
      at: part.rungPlace, remedy: "write a smaller min, or leave sweep.pruner out")
  }
}

extension TrainingInterval {
  fileprivate var count: Int {
    switch self {
    case .epochs(let count), .iterations(let count): count
    }
  }
}
