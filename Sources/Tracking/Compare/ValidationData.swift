/// Which runs were validated on the same data, and so can be ranked among each other.
///
/// The same are runs with equal digests of their validation samples and equal class names. Where
/// samples are drawn from the training list, by seed and fold, the runs of an experiment that drew
/// alike for the same seed and fold are the same too. Of a run without a digest nothing is known, and
/// it is taken for one of the others.
struct ValidationData {
  /// The group of each run; 0 is the one that an attempt began on last.
  private let groups: [RunPlace: Int]
  /// The label of each group.
  let labels: [String]
  /// True where the groups differ in class names alone, false where they differ in what was looked
  /// at.
  let differsInClasses: Bool

  var areSeveral: Bool { labels.count > 1 }

  func group(of run: some NamedRun) -> Int { groups[run.place] ?? 0 }

  func label(of run: some NamedRun) -> String { labels.isEmpty ? "" : labels[group(of: run)] }

  init(_ runs: [ComparedRun]) {
    // A run that has no history, or a damaged one, has no values that could be ranked.
    let known = runs.filter { $0.evaluations != nil }
      .compactMap { run in run.validationDigest.map { (run: run, digest: $0) } }
    let contents = Set(known.map { Link.content($0.digest, classes: $0.run.classNames) })
    guard contents.count > 1 else {
      groups = [:]
      labels = known.prefix(1).map { String($0.digest.prefix(8)) }
      differsInClasses = false
      return
    }
    var links = Links()
    var versions: [Slot: [String]] = [:]
    // The earliest drawing of every slot is the first version, and so on.
    for (run, digest) in known.sorted(by: { $0.run.firstBegan < $1.run.firstBegan }) {
      let classes = run.classNames
      links.add(run.place, .content(digest, classes: classes))
      let settings = run.settings
      guard settings.splitsTrainingList else { continue }
      let slot = Slot(
        experiment: run.experiment, list: settings.root.value(at: ["data", "train"]),
        validation: settings.root.value(at: ["data", "validation"]), classes: classes,
        seed: run.seed, fold: run.fold)
      var seen = versions[slot] ?? []
      if !seen.contains(digest) { seen.append(digest) }
      versions[slot] = seen
      let version = seen.firstIndex(of: digest) ?? 0
      links.add(run.place, .version(slot.family, version))
    }
    let components = links.components(of: known.map(\.run.place))
    let byComponent = Dictionary(grouping: known) { components[$0.run.place] ?? 0 }
    let newest = byComponent.values.sorted { left, right in
      let (first, second) = (left.map(\.run.lastBegan).max(), right.map(\.run.lastBegan).max())
      if first != second { return (first ?? "") > (second ?? "") }
      return Self.firstPlace(left.map(\.run)) < Self.firstPlace(right.map(\.run))
    }
    var groups: [RunPlace: Int] = [:]
    var labels: [String] = []
    for (index, members) in newest.enumerated() {
      for member in members { groups[member.run.place] = index }
      let first = members.min { $0.run.place < $1.run.place }
      labels.append(String((first?.digest ?? "").prefix(8)))
    }
    differsInClasses = labels.count > 1 && Set(labels).count == 1
    if differsInClasses {
      labels = newest.map { members in
        members.first?.run.classNames.joined(separator: ", ") ?? ""
      }
    }
    self.groups = groups
    self.labels = labels
  }

  private static func firstPlace(_ runs: [ComparedRun]) -> RunPlace {
    runs.map(\.place).min() ?? RunPlace(experiment: "", number: 0, id: "")
  }

  /// What must be drawn alike.
  private struct Slot: Hashable {
    let experiment: String
    let list: SettingValue?
    let validation: SettingValue?
    let classes: [String]
    let seed: UInt64
    let fold: String?

    var family: Family {
      Family(experiment: experiment, list: list, validation: validation, classes: classes)
    }
  }

  fileprivate struct Family: Hashable {
    let experiment: String
    let list: SettingValue?
    let validation: SettingValue?
    let classes: [String]
  }

  /// What makes the data of two runs one.
  fileprivate enum Link: Hashable {
    case content(String, classes: [String])
    case version(Family, Int)
  }

  /// Runs that share a link, directly or by way of others.
  private struct Links {
    private var runs: [Link: [RunPlace]] = [:]
    private var links: [RunPlace: [Link]] = [:]

    mutating func add(_ run: RunPlace, _ link: Link) {
      runs[link, default: []].append(run)
      links[run, default: []].append(link)
    }

    func components(of places: [RunPlace]) -> [RunPlace: Int] {
      var components: [RunPlace: Int] = [:]
      var followed: Set<Link> = []
      for (index, place) in places.enumerated() where components[place] == nil {
        var reached = [place]
        components[place] = index
        while let next = reached.popLast() {
          for link in links[next] ?? [] where followed.insert(link).inserted {
            for other in runs[link] ?? [] where components[other] == nil {
              components[other] = index
              reached.append(other)
            }
          }
        }
      }
      return components
    }
  }
}

extension RunRecord {
  /// SHA-256 of the samples that the latest attempt was validated on.
  package var validationDigest: String? { digest(of: "validation") }

  /// SHA-256 of the samples that the latest attempt was trained on.
  package var trainingDigest: String? { digest(of: "train") }

  /// SHA-256 of the list that was parted to train and to validate, else of what was trained on: the same
  /// for all seeds and folds.
  package var sharedDigest: String? { digest(of: "list") ?? trainingDigest }

  private func digest(of list: String) -> String? {
    attempts.last?.data.first { $0.name == list }?.sha256
  }

  /// Which part of the training list validates; `nil` where none does.
  var fold: String? {
    trial.hyperparameters.first { $0.path == TrialRecord.foldPath }?.text
  }
}
