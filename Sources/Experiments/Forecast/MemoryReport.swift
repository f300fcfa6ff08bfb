internal import Datasets
import Tracking

/// Which trials of a plan take how much memory.
struct MemoryReport: Sendable {
  /// Trials that take the same, by their first number.
  private let groups: [Group]
  private let needs: [(trial: Trial, memory: TrialMemory)]

  private struct Group {
    let memory: TrialMemory
    var trials: [Trial]
  }

  /// - Parameter needs: in the order of the plan.
  init(_ needs: [(trial: Trial, memory: TrialMemory)]) {
    var groups: [Group] = []
    for (trial, memory) in needs {
      if let index = groups.firstIndex(where: { $0.memory == memory }) {
        groups[index].trials.append(trial)
      } else {
        groups.append(Group(memory: memory, trials: [trial]))
      }
    }
    (self.groups, self.needs) = (groups, needs)
  }

  /// Bytes of each trial's worker, in the order of the plan.
  var workers: [Int] { needs.map(\.memory.total) }

  // MARK: - Table

  /// A row for each amount, the largest first, with the hyperparameters that tell the rows apart;
  /// empty where all trials take the same.
  ///
  /// - Parameter width: columns of the terminal that it has.
  func table(width: Int?) -> String {
    guard groups.count > 1 else { return "" }
    let paths = decidingPaths
    var table = TableLayout(
      [.init("trials", .right)] + paths.map { .init($0, importance: 4) }
        + [
          .init("tensors", .right, importance: 3), .init("images", .right, importance: 1),
          .init("program", .right, importance: 2), .init("memory", .right),
        ])
    let sorted = groups.sorted { $0.memory.total > $1.memory.total }
    for group in sorted.prefix(Self.maximumRows) {
      table.add(
        [NumberRanges.text(group.trials.map(\.record.number))]
          + paths.map { group.trials[0].text(of: $0) ?? "" }
          + [group.memory.tensors, group.memory.images, group.memory.program, group.memory.total]
          .map(Units.bytes))
    }
    let rest = groups.count - Self.maximumRows
    let lines = [table.text(width: width)] + (rest > 0 ? ["… and \(rest) smaller amounts"] : [])
    return lines.joined(separator: "\n")
  }

  /// Hyperparameters that are the same within each group, but not in all of them.
  private var decidingPaths: [String] {
    let paths = needs.first?.trial.record.hyperparameters.map(\.path) ?? []
    return paths.filter { path in
      let values = groups.map { Set($0.trials.map { $0.text(of: path) }) }
      return values.allSatisfy { $0.count == 1 } && Set(values).count > 1
    }
  }

  // MARK: - Limit

  /// Says of every point that takes more than the limit how much it takes and what can be done.
  ///
  /// - Throws: ``Failure`` where there is such a point.
  func require(atMost limit: Int) throws(Failure) {
    let excess = needs.filter { $0.memory.total > limit }
    guard !excess.isEmpty else { return }
    var points: [(trials: [Trial], memory: TrialMemory)] = []
    for (trial, memory) in excess {
      if points.last?.trials[0].record.point == trial.record.point {
        points[points.count - 1].trials.append(trial)
      } else {
        points.append(([trial], memory))
      }
    }
    var lines = points.prefix(Self.maximumRows).map { point in
      let amounts = Self.amounts(point.memory.total, limit)
      return
        "\(DiagnosticCode.excessiveMemory.label): \(Self.need(of: point.trials, amounts.need)), more than limits.memory, "
        + "\(amounts.limit): \(Units.bytes(point.memory.tensors)) of tensors, "
        + "\(Units.bytes(point.memory.images)) of cached images, "
        + "\(Units.bytes(point.memory.program)) of the program and its batches"
    }
    let rest = points.count - Self.maximumRows
    if rest > 0 { lines.append("… and \(rest) more") }
    lines += Self.remedies(excess.map(\.memory), limit)
    lines.append("\(Units.count(points.count, "error")); nothing was run")
    throw Failure(.badInput, lines.joined(separator: "\n"), code: .excessiveMemory)
  }

  /// "trial 3 (template.base_channels 64, seed 1) needs 9.2 GB".
  private static func need(of trials: [Trial], _ amount: String) -> String {
    guard trials.count > 1 else {
      return "trial \(trials[0].record.number) (\(trials[0].name)) needs \(amount)"
    }
    let settings = trials[0].record.hyperparameters.filter { $0.path != TrialRecord.foldPath }
      .map { "\($0.path) \($0.text)" }
    let brackets = settings.isEmpty ? "" : " (\(settings.joined(separator: ", ")))"
    let numbers = NumberRanges.text(trials.map(\.record.number))
    return "trials \(numbers)\(brackets) need \(amount) each"
  }

  /// To the byte where rounding would make them the same.
  private static func amounts(_ need: Int, _ limit: Int) -> (need: String, limit: String) {
    let rounded = (need: Units.bytes(need), limit: Units.bytes(limit))
    guard rounded.need == rounded.limit else { return rounded }
    return (Units.count(need, "byte"), Units.count(limit, "byte"))
  }

  private static func remedies(_ excess: [TrialMemory], _ limit: Int) -> [String] {
    var lines: [String] = []
    if excess.contains(where: { $0.total - $0.images > limit }) {
      lines.append(
        "  use a smaller training.batch_size or data.size, or set training.recompute: true")
    }
    if let most = excess.map({ $0.total - $0.images }).filter({ $0 <= limit }).max() {
      lines.append("  keep fewer images: limits.cache_memory: \(limit - most)")
    }
    return lines
  }

  private static let maximumRows = 20
}

extension Trial {
  /// A hyperparameter's value, as tables show it.
  fileprivate func text(of path: String) -> String? {
    record.hyperparameters.first { $0.path == path }?.text
  }
}
