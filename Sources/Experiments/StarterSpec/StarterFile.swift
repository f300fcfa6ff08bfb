internal import DataLayouts
internal import Datasets
import Foundation
internal import Tracking

/// A starter spec that is checked as `experiments check` does it, fitted to the memory of the machine, and
/// then written.
struct StarterFile {
  /// As typed.
  let path: String
  let machine: Machine

  /// The folder of the spec, absolute.
  var folder: String {
    URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent().path
  }

  /// - Throws: ``Failure`` where something lies there already.
  func checkPlace() throws(Failure) {
    guard ["yaml", "yml"].contains((path as NSString).pathExtension.lowercased()) else {
      throw Failure(.usage, "error: -o \(path): a spec is written as .yaml")
    }
    guard !FileManager.default.fileExists(atPath: path) else { throw taken }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue
    else { throw Failure(.usage, "error: -o \(path): there is no folder \(folder)") }
  }

  private var taken: Failure {
    Failure(.usage, "error: \(path) is there already: name another file with -o")
  }

  /// What a check found.
  struct Checked {
    let spec: StarterSpec
    let facts: PlanFacts
  }

  /// Takes smaller batches while a trial takes more than half of the machine's memory.
  ///
  /// - Throws: whatever a check of the spec would end with.
  func check(_ draft: StarterSpec, store: FolderStore) throws -> Checked {
    var spec = draft
    while true {
      let source = try SourceText.decoding(Array(spec.text.utf8), name: path, folder: folder)
      let plan = try ExperimentSpec.load(source, folder: folder, results: store.root).plan()
      let inspected = try plan.inspected(results: store.root)
      let survey = try Sweep(inspected: inspected, store: store, machine: machine)
        .survey(inspected.plan.trials)
      let need = survey.facts.memoryReport(of: inspected.plan.trials).workers.max() ?? 0
      if need > machine.memory / 2, spec.batchSize > 1 {
        spec.mostImages = spec.batchSize / 2
        continue
      }
      guard spec.memory.isEmpty else { return Checked(spec: spec, facts: survey.facts) }
      // A comment changes nothing that was checked.
      spec.memory =
        "takes \(Units.bytes(need)) of the \(Units.bytes(machine.memory)) of this machine"
      return Checked(spec: spec, facts: survey.facts)
    }
  }

  /// What is wrong with a text of a spec whose data nobody looks at: a line for each problem.
  func problems(of text: String) throws -> [String] {
    do {
      let source = try SourceText.decoding(Array(text.utf8), name: path, folder: folder)
      _ = try ExperimentSpec.load(source, folder: folder).plan()
      return []
    } catch let errors as SpecErrors {
      return errors.diagnostics.map { problem in
        "\(problem.mark.place): \(problem.message)" + (problem.remedy.map { ": \($0)" } ?? "")
      }
    }
  }

  /// - Throws: ``Failure`` where something lies there by now, or the system refuses.
  func write(_ text: String) throws(Failure) {
    let partial = "\(folder)/.\((path as NSString).lastPathComponent)-\(UUID().uuidString).partial"
    defer { unlink(partial) }
    do {
      try Data(text.utf8).write(to: URL(fileURLWithPath: partial))
    } catch {
      throw Failure(
        .damagedStore, "error: \(path) cannot be written: \(error.localizedDescription)")
    }
    // A link is made only where nothing lies.
    guard link(partial, path) == 0 else {
      if errno == EEXIST { throw taken }
      throw Failure(
        .damagedStore, "error: \(path) cannot be written: \(String(cString: strerror(errno)))")
    }
  }
}
