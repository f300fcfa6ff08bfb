internal import Foundation

/// Recorded runs under the names that select them, without records that are copies of others.
package struct Catalogue<Run: ListedRun>: Sendable {
  /// The runs by experiment and number; last are those whose number another trial has now.
  package private(set) var runs: [Run] = []
  /// What else lies between the records, a sentence each.
  package private(set) var strays: [Stray] = []
  /// For each experiment whose numbers have no known meaning, a sentence that says so.
  package private(set) var warnings: [String: String] = [:]

  package typealias Stray = StrayRecord

  package init() {}

  /// - Parameters:
  ///   - plan: the ids of the experiment's trials by number; `nil` where that is not known.
  ///   - root: the folder of the records.
  mutating func add(
    _ records: [Run], of experiment: String, plan: [String]?, root: String
  ) {
    // A folder that lies in two places is read twice from the one where its id says.
    var seen: Set<String> = []
    let records = records.filter { seen.insert($0.id).inserted }
    for (home, runs) in Dictionary(grouping: records, by: \.home).sorted(by: { $0.key < $1.key })
    where home != experiment {
      strays.append(Self.foreign(runs, of: home, in: experiment, root: root))
    }
    let own = records.filter { run in
      guard run.home == experiment else { return false }
      guard !Self.isID(run.id) else { return true }
      strays.append(
        Stray(
          experiment: experiment,
          folder: RunFolder(root: root, experiment: experiment, id: run.id).path,
          reason: "its folder is not called by an id"))
      return false
    }
    let copies = Self.copies(own, plan: plan ?? [])
    for run in own where copies[run.id] != nil {
      strays.append(
        Stray(
          experiment: experiment,
          folder: RunFolder(root: root, experiment: experiment, id: run.id).path,
          reason: "it is a copy of \(copies[run.id] ?? "")"))
    }
    runs += Self.numbered(own.filter { copies[$0.id] == nil }, plan: plan)
      .sorted { $0.isListed(before: $1) }
  }

  /// Notes that the latest plan of an experiment is not known.
  mutating func addUnknownPlan(of experiment: String, reason: String, root: String) {
    warnings[experiment] =
      "\(root)/\(experiment)/\(LatestPlan.file) cannot be read: \(reason); numbers are those that "
      + "the runs of \(experiment) were recorded with, where no two have the same; to write it "
      + "anew, run the spec"
  }

  /// Adds what lies where no record can be found by its id.
  mutating func addMisfiled(in root: String, experiments: [String]) {
    for experiment in experiments {
      let trials = "\(root)/\(experiment)/\(RunFolder.trials)"
      for prefix in Self.names(in: trials) {
        for name in Self.names(in: "\(trials)/\(prefix)") where name.prefix(2) != prefix {
          let folder = "\(trials)/\(prefix)/\(name)"
          guard access("\(folder)/\(RunFolder.specification)", F_OK) == 0 else { continue }
          let place = "\(RunFolder.trials)/\(name.prefix(2))"
          let isCopy = access("\(root)/\(experiment)/\(place)/\(name)", F_OK) == 0
          strays.append(
            isCopy
              ? Stray(
                experiment: experiment, folder: folder,
                reason: "a run of that name lies in \(place)")
              : Stray(
                experiment: experiment, folder: folder, reason: "it belongs at \(place)/\(name)",
                remedy: "move it back"))
        }
      }
    }
  }

  /// The stray for records that lie in the folder of one experiment and are runs of another.
  private static func foreign(
    _ runs: [Run], of home: String, in experiment: String, root: String
  ) -> Stray {
    let folder = "\(root)/\(experiment)"
    if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: folder) {
      return Stray(
        experiment: experiment, folder: folder, reason: "it is a symbolic link to \(target)",
        remedy: "remove the link")
    }
    let reason =
      runs.count == 1
      ? "its record is a run of \(home)" : "its \(runs.count) records are runs of \(home)"
    let isTaken = access("\(root)/\(home)", F_OK) == 0
    return isTaken || home.isEmpty
      ? Stray(experiment: experiment, folder: folder, reason: reason)
      : Stray(
        experiment: experiment, folder: folder, reason: reason,
        remedy: "rename the folder to \(root)/\(home)")
  }

  private static func names(in folder: String) -> [String] {
    (FolderListing(folder)?.names ?? []).filter { !$0.hasPrefix(".") }.sorted()
  }

  private static func isID(_ name: String) -> Bool {
    name.utf8.count == 16
      && name.utf8.allSatisfy { byte in
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
      }
  }

  /// Records that are another's to the time of their first attempt, by id, with the other's id.
  private static func copies(_ runs: [Run], plan: [String]) -> [String: String] {
    let origins = runs.compactMap(\.firstAttempt)
    guard Set(origins).count < origins.count else { return [:] }
    let planned = Set(plan)
    var originals: [String: String] = [:]
    var copies: [String: String] = [:]
    let ordered = runs.sorted { left, right in
      (planned.contains(left.id) ? 0 : 1, left.id) < (planned.contains(right.id) ? 0 : 1, right.id)
    }
    for run in ordered {
      guard let origin = run.firstAttempt else { continue }
      if let original = originals[origin] {
        copies[run.id] = original
      } else {
        originals[origin] = run.id
      }
    }
    return copies
  }

  /// The runs with the numbers of the plan; those that it does not have are superseded. Without a
  /// plan a number is that of the record, where no other has the same.
  private static func numbered(_ runs: [Run], plan: [String]?) -> [Run] {
    if let plan {
      let numbers = Dictionary(
        plan.enumerated().map { ($1, $0 + 1) }, uniquingKeysWith: { first, _ in first })
      return runs.map { run in
        var run = run
        if let number = numbers[run.id] { run.number = number } else { run.isSuperseded = true }
        return run
      }
    }
    let counts = Dictionary(grouping: runs, by: \.number).mapValues(\.count)
    return runs.map { run in
      var run = run
      // A record whose spec cannot be read has no number.
      run.isSuperseded = run.number < 1 || counts[run.number] != 1
      return run
    }
  }
}

/// The catalogue of whole records.
package typealias RunCatalogue = Catalogue<RunRecord>
