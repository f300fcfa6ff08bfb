internal import Foundation
internal import Tracking
internal import WeightFiles

/// Finds what `weights.from` names: a file where there is one, else a checkpoint of a recorded run. Each
/// is read once.
final class WeightsLookup {
  /// `nil` where runs are not looked for.
  private let store: FolderStore?
  private var recorded: Result<[RunRecord], StoreError>?
  private var found: [String: Result<FoundWeights, WeightsNotFound>] = [:]

  /// - Parameter results: the folder of the records.
  init(results: String?) { store = results.map { FolderStore(root: $0) } }

  /// - Parameters:
  ///   - text: the path of a file, or a run as a person selects one, with `@best` or `@last` behind it.
  ///   - folder: the folder that relative paths start from: absolute.
  func find(_ text: String, in folder: String) throws(WeightsNotFound) -> FoundWeights {
    let path = Path.absolute(text, in: folder)
    if let known = found[path] { return try known.get() }
    let result: Result<FoundWeights, WeightsNotFound>
    do throws(WeightsNotFound) {
      let isFile = FileManager.default.fileExists(atPath: path) && !Path.isFolder(path)
      result = .success(
        isFile || Self.looksLikePath(text)
          ? FoundWeights(try open(path)) : try checkpoint(text, orFile: path))
    } catch { result = .failure(error) }
    found[path] = result
    return try result.get()
  }

  /// The file of a checkpoint that a record names.
  func path(of wanted: RunCheckpoint) throws(WeightsNotFound) -> String {
    let runs = try runs()
    do throws(SelectorError) {
      return path(try CheckpointSelector("\(wanted)").select(from: runs))
    } catch {
      throw WeightsNotFound("the weights of \(wanted) are not in these records: \(error)")
    }
  }

  private func checkpoint(
    _ text: String, orFile path: String
  ) throws(WeightsNotFound) -> FoundWeights {
    let runs = try runs()
    let (run, checkpoint): (RunRecord, CheckpointRecord)
    do throws(SelectorError) {
      (run, checkpoint) = try CheckpointSelector(text).select(from: runs)
    } catch {
      switch error {
      case .malformed, .unknown, .noTrial:
        throw WeightsNotFound("there is no file \(path), and no such run: \(error)")
      default: throw WeightsNotFound("\(error)")
      }
    }
    guard !run.isDropped(checkpoint) else {
      throw WeightsNotFound(
        "the weights '\(checkpoint.name)' of \(run.name) are not kept any more: experiments reproduce "
          + "\(run.name) puts them back")
    }
    let found = FoundWeights(
      try open(self.path((run, checkpoint))),
      run: FoundWeights.Run(
        checkpoint: RunCheckpoint(
          experiment: run.experiment, id: run.id, checkpoint: checkpoint.name),
        spec: try? ExperimentSpec(resolved: run.trial.resolvedSpec)))
    guard found.sha256 == checkpoint.sha256 else {
      throw WeightsNotFound(
        "the checkpoint '\(checkpoint.name)' of \(run.name) is damaged: its SHA-256 is not the one that "
          + "was recorded; put \(found.file.path) back, or take another")
    }
    return found
  }

  private func open(_ path: String) throws(WeightsNotFound) -> WeightFile {
    do throws(WeightFileError) { return try WeightFile.open(path) } catch {
      throw WeightsNotFound("\(error)")
    }
  }

  private func runs() throws(WeightsNotFound) -> [RunRecord] {
    guard let store else { return [] }
    let result: Result<[RunRecord], StoreError>
    if let recorded {
      result = recorded
    } else {
      do throws(StoreError) { result = .success(try store.catalogue().runs) } catch {
        result = .failure(error)
      }
      recorded = result
    }
    do throws(StoreError) { return try result.get() } catch { throw WeightsNotFound("\(error)") }
  }

  private func path(_ found: (run: RunRecord, checkpoint: CheckpointRecord)) -> String {
    let folder = store?.folder(of: found.run.id, experiment: found.run.experiment) ?? ""
    return Path.absolute(
      "\(folder)/\(found.checkpoint.file)", in: FileManager.default.currentDirectoryPath)
  }

  /// Whether a text is meant as a path whatever is there.
  static func looksLikePath(_ text: String) -> Bool {
    let endings = [".caffemodel", ".h5", ".hdf5", ".keras", ".safetensors", ".pth", ".pt", ".bin"]
    return ["/", "./", "../"].contains { text.hasPrefix($0) }
      || endings.contains { text.lowercased().hasSuffix($0) }
  }
}
