internal import Foundation

/// Finds out what of an index still holds, and reads the rest.
struct IndexRefresh: Sendable {
  let store: FolderStore
  let known: IndexFile?
  let margin: Int
  /// The latest plans, by experiment.
  let plans: [String: LatestPlan]

  /// What has to be done.
  struct State {
    /// Runs of the known index that hold, by their numbers there.
    var current: [Int] = []
    var stale: [FoundRun] = []
    /// True where the known index says everything and nothing else.
    var isCurrent = false
  }

  func state(of found: [FoundRun]) -> State {
    guard let known else { return State(stale: found) }
    let places = places(of: found, in: known)
    let objectives = Objectives(plans)
    let files = Dictionary(
      uniqueKeysWithValues: Set(known.runs.map(\.files)).map { number in
        (number, known.text(number).map(FileNames.init(lines:)))
      })
    let kept = parallelMap(Array(zip(found, places))) { run, place -> Int? in
      guard let place else { return nil }
      let entry = known.runs[place]
      guard entry.stamp != 0, let names = files[entry.files] ?? nil else { return nil }
      let folder = RunFolder(root: store.root, experiment: run.experiment, id: run.id).path
      return RunStamp(folder: folder, files: names).value == entry.stamp ? place : nil
    }
    var state = State()
    for (run, place) in zip(found, kept) {
      if let place, isJudgedNow(place, run, objectives) {
        state.current.append(place)
      } else {
        state.stale.append(run)
      }
    }
    state.isCurrent = state.stale.isEmpty && state.current.count == known.runs.count
    return state
  }

  /// Where each of the runs is in the index; `nil` for one that is new.
  private func places(of found: [FoundRun], in known: IndexFile) -> [Int?] {
    func isAt(_ place: Int, _ run: FoundRun) -> Bool {
      let entry = known.runs[place]
      return known.text(entry.id) == run.id && known.text(entry.experiment) == run.experiment
    }
    // A folder that has not changed lists them as it did.
    if found.count == known.runs.count, found.indices.allSatisfy({ isAt($0, found[$0]) }) {
      return Array(found.indices)
    }
    let places = Dictionary(
      known.runs.enumerated().map { index, run in
        ("\(known.text(run.experiment) ?? "")/\(known.text(run.id) ?? "")", index)
      }, uniquingKeysWith: { first, _ in first })
    return found.map { places["\($0.experiment)/\($0.id)"] }
  }

  /// False where the experiment has been given another objective since.
  private func isJudgedNow(_ place: Int, _ run: FoundRun, _ objectives: Objectives) -> Bool {
    guard let known else { return false }
    let entry = known.runs[place]
    let schema = known.tables[Int(entry.table)].schema
    func cell(_ detail: IndexSchema.Detail) -> QueryValue? {
      known.column(Int(entry.table), IndexSchema.place(of: detail))
        .flatMap { IndexCell(bits: $0[Int(entry.row)]).value(known.text) }
    }
    guard case .text(let metric)? = cell(.ownMetric),
      case .number(let maximize)? = cell(.ownMaximize)
    else { return false }
    let own = Objective(metric: metric, maximize: maximize == 1)
    return (objectives.objective(of: run) ?? own) == schema.objective || schema.settings.isEmpty
  }

  /// The index as it should be.
  func contents(_ state: State) -> IndexContents {
    var contents = IndexContents()
    copy(state.current, into: &contents)
    let objectives = Objectives(plans)
    // No more records than this are in memory at once.
    for start in stride(from: 0, to: state.stale.count, by: Self.batch) {
      let runs = Array(state.stale[start..<min(state.stale.count, start + Self.batch)])
      for (run, read) in zip(runs, parallelMap(runs) { read($0, objectives) }) {
        guard let read else { continue }
        contents.add(
          read.row, experiment: run.experiment, id: run.id, files: read.files, stamp: read.stamp)
      }
    }
    return contents
  }

  private static let batch = 256

  private func read(_ run: FoundRun, _ objectives: Objectives) -> Read? {
    let began = RunStamp.now()
    let folder = RunFolder(root: store.root, experiment: run.experiment, id: run.id)
    guard let record = store.listedRun(run.id, experiment: run.experiment) else { return nil }
    let files = folder.files(of: record)
    let stamp = RunStamp(folder: folder.path, files: FileNames(lines: files))
    return Read(
      row: IndexRow(record.judged(by: objectives.objective(of: run))), files: files,
      stamp: stamp.newest < began - margin ? stamp.value : 0)
  }

  private struct Read: Sendable {
    let row: IndexRow
    let files: String
    let stamp: UInt64
  }

  /// Copies runs of the known index; one of which a column is damaged is left out, and read next time.
  private func copy(_ runs: [Int], into contents: inout IndexContents) {
    guard let known else { return }
    var numbers: [UInt32: UInt32] = [:]
    for (table, runs) in Dictionary(grouping: runs, by: { Int(known.runs[$0].table) })
      .sorted(by: { $0.key < $1.key })
    {
      let schema = known.tables[table].schema
      let columns = (0..<schema.cellCount).compactMap { known.column(table, $0) }
      guard columns.count == schema.cellCount else { continue }
      let target = contents.table(of: schema)
      for run in runs {
        let entry = known.runs[run]
        guard let experiment = known.text(entry.experiment), let id = known.text(entry.id),
          let files = known.text(entry.files)
        else { continue }
        let cells = columns.map { column -> UInt64 in
          let cell = IndexCell(bits: column[Int(entry.row)])
          guard let old = cell.textNumber else { return cell.bits }
          if let number = numbers[old] { return cell.renumbered(number).bits }
          let number = contents.intern(known.text(old) ?? "")
          numbers[old] = number
          return cell.renumbered(number).bits
        }
        contents.add(
          cells, table: target, experiment: experiment, id: id, files: files, stamp: entry.stamp)
      }
    }
  }
}

extension FolderStore {
  /// The latest plans that can be read, by experiment.
  func latestPlans() -> [String: LatestPlan] {
    var plans: [String: LatestPlan] = [:]
    for experiment in (try? experiments()) ?? [] {
      plans[experiment] = try? LatestPlan.read(from: "\(root)/\(experiment)")
    }
    return plans
  }
}

/// What experiments' trials are judged by now, by their latest plans.
private struct Objectives: Sendable {
  private var byExperiment: [String: (trials: Set<String>, objective: Objective?)] = [:]

  init(_ plans: [String: LatestPlan]) {
    byExperiment = plans.mapValues { (Set($0.trials), $0.objective) }
  }

  /// `nil` where it is that of the run's own record.
  func objective(of run: FoundRun) -> Objective? {
    byExperiment[run.experiment].flatMap { $0.trials.contains(run.id) ? $0.objective : nil }
  }
}
