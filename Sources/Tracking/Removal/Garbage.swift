package import Foundation

/// What of a results folder nobody needs, found without changing anything.
///
/// Of runs that are trained now nothing is garbage. Files outside of a run's lock are garbage only when they
/// are old, because their writer may be alive.
package struct Garbage: Sendable {
  package enum Kind: String, Sendable, CaseIterable, Codable {
    /// Runs that were removed.
    case trash
    /// Checkpoints and previews that no record names.
    case orphans
    /// Files and folders that writers left when they were killed.
    case temporary
    /// Runs whose number another trial of their experiment has now.
    case superseded
    /// Checkpoints that a reproduction makes again.
    case weights

    /// As a person reads it.
    package var title: String {
      switch self {
      case .trash: "trash"
      case .orphans: "checkpoints and previews that no record names"
      case .temporary: "temporary files of writers that are gone"
      case .superseded: "superseded runs"
      case .weights: "weights that are made again by reproducing"
      }
    }
  }

  package struct Item: Sendable {
    package let kind: Kind
    /// The run, file or folder, as a person knows it.
    package let name: String
    package let bytes: Int
    let target: Target
  }

  /// What is done away with.
  enum Target: Sendable {
    /// A folder of the trash with all its runs.
    case removal(String)
    /// A folder of the trash that was being removed.
    case gone(String)
    case scratch(String)
    /// What a run's lock guards.
    case leftovers(RunFolder)
    case file(String)
    case run(RunRecord)
    /// Files of checkpoints.
    case weights(RunRecord, Set<String>)
  }

  package private(set) var items: [Item] = []
  /// Why superseded runs are none, a sentence each.
  package private(set) var kept: [String] = []
  let store: FolderStore

  /// A file whose writer holds no lock is left by one that is gone when it is so many seconds old.
  static let oldAge = 3600.0

  /// - Parameters:
  ///   - olderThan: days that runs have to have been in the trash.
  ///   - now: what ages are counted from.
  package init(
    of store: FolderStore, trashOlderThan days: Double = 0, now: Date = Date()
  ) throws(StoreError) {
    self.store = store
    let catalogue = try store.catalogue()
    try addTrash(before: now.addingTimeInterval(-days * 86400))
    for run in catalogue.runs { addLeftovers(of: run, now) }
    addTemporaryFiles(now)
    addSuperseded(catalogue.runs)
  }

  /// Adds the weights of a run that can be made again, see ``FolderStore/dropWeights(_:of:)``.
  ///
  /// - Parameter names: of its checkpoints, `best` or `last`, that are to stay. A file that has both names stays where
  ///   one of them does.
  package mutating func addWeights(of run: RunRecord, but names: Set<String>) {
    let staying = Set(run.checkpoints.filter { names.contains($0.name) }.map(\.file))
    let files = Set(run.keptCheckpoints.map(\.file)).subtracting(staying)
    guard !files.isEmpty else { return }
    let folder = RunFolder(root: store.root, experiment: run.experiment, id: run.id)
    items.append(
      Item(
        kind: .weights, name: "\(run.name): \(files.sorted().joined(separator: ", "))",
        bytes: files.reduce(0) { $0 + FolderSize.of(folder.file($1)) },
        target: .weights(run, files)))
  }

  package func bytes(of kind: Kind) -> Int {
    items.filter { $0.kind == kind }.reduce(0) { $0 + $1.bytes }
  }

  private mutating func addTrash(before limit: Date) throws(StoreError) {
    let trash = Trash(of: store)
    for name in trash.removals {
      let time = try? Date(Trash.time(of: name), strategy: .iso8601)
      guard (time ?? Trash.modification(of: "\(trash.path)/\(name)")) <= limit else { continue }
      let runs = try FolderStore(root: "\(trash.path)/\(name)").runs(of: nil)
      let names = runs.prefix(3).map { "\($0.experiment)/\($0.id.prefix(8))" }
      items.append(
        Item(
          kind: .trash, name: names.joined(separator: ", ") + (runs.count > 3 ? ", …" : ""),
          bytes: FolderSize.of("\(trash.path)/\(name)"), target: .removal(name)))
    }
    for name in Self.names(in: trash.path) where name.hasPrefix(Trash.gone) {
      let path = "\(trash.path)/\(name)"
      items.append(
        Item(kind: .temporary, name: name, bytes: FolderSize.of(path), target: .gone(path)))
    }
  }

  private mutating func addLeftovers(of run: RunRecord, _ now: Date) {
    let folder = RunFolder(root: store.root, experiment: run.experiment, id: run.id)
    for file in Self.oldFiles(in: folder, now) { addFile(file) }
    guard run.status != .running, run.damage.isEmpty, let leftovers = RunLeftovers(of: folder)
    else { return }
    func add(_ kind: Kind, _ names: [String]) {
      guard !names.isEmpty else { return }
      let bytes = names.reduce(0) { $0 + FolderSize.of(folder.file($1)) }
      items.append(
        Item(
          kind: kind, name: "\(run.name): \(names.joined(separator: ", "))", bytes: bytes,
          target: .leftovers(folder)))
    }
    add(.orphans, leftovers.unnamedCheckpoints + leftovers.unnamedPreviews)
    add(.temporary, leftovers.partialFiles)
  }

  /// Half-written files of tests and labels, which are written without the run's lock.
  private static func oldFiles(in folder: RunFolder, _ now: Date) -> [String] {
    let tests = folder.names(in: TestFiles.name).filter(AtomicFile.isPartial)
      .map { "\(TestFiles.name)/\($0)" }
    let labels = names(in: folder.path).filter {
      AtomicFile.isPartial($0) && $0.hasPrefix(".\(LabelsFile.name)-")
    }
    return (tests + TestFiles(folder: folder).orphans + labels).map(folder.file)
      .filter { Trash.isOld($0, now) }
  }

  private mutating func addTemporaryFiles(_ now: Date) {
    let root = store.root
    for path in ScratchStore.leftovers(beside: root) {
      items.append(
        Item(
          kind: .temporary, name: String(path.dropFirst(root.count + 1)),
          bytes: FolderSize.of(path), target: .scratch(path)))
    }
    let experiments = (try? store.experiments()) ?? []
    for folder in [root] + experiments.map({ "\(root)/\($0)" }) {
      for name in Self.names(in: folder) {
        // Of the files that try whether the folder can be written.
        let isProbe = folder == root && UUID(uuidString: String(name.dropFirst())) != nil
        guard AtomicFile.isPartial(name) || isProbe else { continue }
        let path = "\(folder)/\(name)"
        if Trash.isOld(path, now) { addFile(path) }
      }
    }
  }

  private mutating func addFile(_ path: String) {
    let name = String(path.dropFirst(store.root.count + 1))
    items.append(
      Item(kind: .temporary, name: name, bytes: FolderSize.of(path), target: .file(path)))
  }

  private mutating func addSuperseded(_ runs: [RunRecord]) {
    let superseded = runs.filter(\.isSuperseded)
    for run in superseded {
      let objections = Trash.objections(to: [run], among: runs)
      guard objections.isEmpty else {
        kept += objections
        continue
      }
      let path = RunFolder(root: store.root, experiment: run.experiment, id: run.id).path
      items.append(
        Item(
          kind: .superseded, name: run.name, bytes: FolderSize.of(path), target: .run(run)))
    }
  }

  private static func names(in folder: String) -> [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }
}

extension Trash {
  static func modification(of path: String) -> Date {
    var status = stat()
    guard lstat(path, &status) == 0 else { return .distantFuture }
    return Date(timeIntervalSince1970: Double(status.st_mtim.tv_sec))
  }

  static func isOld(_ path: String, _ now: Date) -> Bool {
    now.timeIntervalSince(modification(of: path)) >= Garbage.oldAge
  }
}

extension RunLeftovers {
  /// - Returns: `nil` where the run's state cannot be read: then nobody knows what it names.
  init?(of folder: RunFolder) {
    do throws(StoreError) {
      self.init(folder: folder, state: try folder.state())
    } catch {
      return nil
    }
  }
}
