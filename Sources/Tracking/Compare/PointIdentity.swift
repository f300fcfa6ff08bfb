/// What trials share that differ in nothing but the seed and the fold.
///
/// The number of the point does not tell: after an edit of the spec the same number may stand for
/// another training, and values of the two must not be averaged.
struct PointIdentity: Hashable {
  private let experiment: String
  private let settings: TrialSettings
  /// Where the sweep sets it: then trials of different seeds are different points.
  private let sweptSeed: UInt64?

  init(_ run: ComparedRun) {
    experiment = run.experiment
    settings = run.settings
    sweptSeed = run.hyperparameters.contains { $0.path == "seed" } ? run.seed : nil
  }

  /// The runs of a point as rows of a table: those that were trained or validated on other data, and
  /// those that repeat a seed and fold, have rows of their own.
  static func rows(_ entries: [Ranking.Entry], _ data: ValidationData) -> [[Ranking.Entry]] {
    var rows: [(group: Int?, list: String?, replicates: Set<Replicate>, entries: [Ranking.Entry])] =
      []
    for entry in entries {
      let group = entry.run.validationDigest.map { _ in data.group(of: entry.run) }
      let list = entry.run.sharedDigest
      let replicate = Replicate(seed: entry.run.seed, fold: entry.run.fold)
      let fitting = rows.firstIndex { row in
        (group == nil || row.group == nil || row.group == group)
          && (list == nil || row.list == nil || row.list == list)
          && !row.replicates.contains(replicate)
      }
      if let fitting {
        rows[fitting].group = rows[fitting].group ?? group
        rows[fitting].list = rows[fitting].list ?? list
        rows[fitting].replicates.insert(replicate)
        rows[fitting].entries.append(entry)
      } else {
        rows.append((group, list, [replicate], [entry]))
      }
    }
    return rows.map(\.entries)
  }

  private struct Replicate: Hashable {
    let seed: UInt64
    let fold: String?
  }
}

extension PointIdentity {
  /// Equal for equal identities, in every process.
  var digest: String {
    var hash = StableHash()
    hash.combine(experiment)
    settings.root.combine(into: &hash)
    if let sweptSeed { hash.combine(sweptSeed) }
    return String(hash.value, radix: 16)
  }
}
