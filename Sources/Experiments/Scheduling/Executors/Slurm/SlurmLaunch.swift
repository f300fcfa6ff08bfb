internal import Datasets
import Foundation
internal import Tracking

/// What was submitted to a cluster, in a hidden folder beside the records: the spec as it was then, so that
/// a file that is changed later changes nothing, the script, and the logs of the tasks.
struct SlurmLaunch: Codable, Sendable {
  let experiment: String
  /// Absolute: the folder of the records.
  let results: String
  let spec: Spec
  let tasks: Int
  /// Cores of each task.
  let cores: Int
  let retriesFailed: Bool
  let acceptsAnyMachine: Bool
  /// SHA-256 of the program that submitted: the tasks are to be the same.
  let program: String

  /// The text of the spec, with every base file and override in it.
  struct Spec: Codable, Sendable {
    /// The file's name, for messages.
    let name: String
    /// Absolute: where relative paths of the text start.
    let folder: String
    let text: String
    /// `training.epochs=+20`, which goes on from finished runs.
    let extensions: [String]
  }

  private static let parent = ".slurm"
  private static let file = "launch.json"
  /// The file that holds the number of the job, once it is submitted.
  private static let jobFile = "job"

  func loadedSpec() throws(SpecErrors) -> LoadedSpec {
    try ExperimentSpec.load(
      SourceText(name: spec.name, text: spec.text), folder: spec.folder, results: results)
  }
}

// MARK: - In its folder

extension SlurmLaunch {
  /// A launch in its folder.
  struct Stored: Sendable {
    let launch: SlurmLaunch
    /// Absolute.
    let folder: String
    /// The number of the job; `nil` where it was not submitted.
    let job: String?

    /// The log of a task, which all of its lives write.
    func log(_ task: Int) -> String { "\(folder)/task-\(task).log" }
  }

  /// - Parameter folder: as ``store()`` made it.
  static func read(_ folder: String) throws -> Stored {
    let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(file)"))
    let job = SmallFile.text(of: "\(folder)/\(jobFile)", atMost: 64)
      .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }
    return Stored(
      launch: try JSONDecoder().decode(Self.self, from: data), folder: folder, job: job)
  }

  /// Makes a folder for the launch, with the script in it.
  ///
  /// - Returns: the folder and the path of the script.
  func store(executable: String) throws -> (folder: String, script: String) {
    let parent = "\(results)/\(Self.parent)"
    try FileManager.default.createDirectory(
      atPath: parent, withIntermediateDirectories: true)
    var number = 1
    // Whoever makes the folder has the number.
    while mkdir("\(parent)/\(experiment)-\(number)", 0o777) != 0 {
      guard errno == EEXIST else {
        throw Failure(
          .damagedStore,
          "error: no folder can be made in \(parent): \(String(cString: strerror(errno)))")
      }
      number += 1
    }
    let folder = "\(parent)/\(experiment)-\(number)"
    try Data(try JSONOutput.text(self).utf8).write(
      to: URL(fileURLWithPath: "\(folder)/\(Self.file)"), options: .atomic)
    let script = "\(folder)/task.sh"
    try Data(SlurmRequest.script(program: executable, folder: folder).utf8).write(
      to: URL(fileURLWithPath: script), options: .atomic)
    return (folder, script)
  }

  /// Notes the number of the submitted job.
  static func note(job: String, in folder: String) throws {
    try Data("\(job)\n".utf8).write(
      to: URL(fileURLWithPath: "\(folder)/\(jobFile)"), options: .atomic)
  }

  /// When the first of the tasks began, in seconds since 1970: now, if this is the first that asks.
  static func began(in folder: String) throws -> Double {
    let path = "\(folder)/began"
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
    let now = Date().timeIntervalSince1970
    guard file >= 0 else {
      // Whoever made it may be about to write it.
      return SmallFile.text(of: path, atMost: 64).flatMap { Double($0) } ?? now
    }
    try FileHandle(fileDescriptor: file, closeOnDealloc: true).write(
      contentsOf: Data("\(now)".utf8))
    return now
  }

  /// The launches of an experiment that were submitted, the latest first.
  static func submitted(_ experiment: String, results: String) -> [Stored] {
    let parent = "\(results)/\(parent)"
    let names = (try? FileManager.default.contentsOfDirectory(atPath: parent)) ?? []
    let numbers = names.compactMap { name in
      name.hasPrefix("\(experiment)-") ? Int(name.dropFirst(experiment.count + 1)) : nil
    }
    return numbers.sorted(by: >).lazy
      .compactMap { try? read("\(parent)/\(experiment)-\($0)") }
      .filter { $0.job != nil && $0.launch.experiment == experiment }
  }
}
