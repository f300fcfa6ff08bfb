@testable import Datasets
@testable import Experiments
import Foundation
@testable import Groundwork
@testable import Tracking

/// The program as it was built, run in a folder of its own.
final class Workplace {
  let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("experiments-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  /// What a person sees of a command.
  struct Transcript: CustomStringConvertible {
    let arguments: [String]
    let output: String
    let errors: String
    let status: Int32
    var description: String {
      "experiments \(arguments.joined(separator: " "))\n\(output)\(errors)exit status \(status)"
    }
  }

  func run(
    _ arguments: String..., environment: [String: String] = [:]
  ) throws -> Transcript {
    let process = try start(arguments, environment: environment)
    return try process.finish()
  }

  /// Runs a line of shell in which `$E` is the program.
  ///
  /// - Returns: its exit status.
  func shell(_ line: String) throws -> Int32 {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment
      .merging(["E": Self.executable.path]) { $1 }
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// Starts a command without waiting for it.
  func start(_ arguments: [String], environment: [String: String] = [:]) throws -> Running {
    let process = Process()
    process.executableURL = Self.executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment
      .merging(environment) { $1 }
      .filter { $0.key != "EXPERIMENTS_RESULTS" }
    process.standardInput = FileHandle.nullDevice
    // Files, not pipes: a pipe that nobody reads in time would block the program.
    let outputFile = folder.appendingPathComponent(".output-\(UUID().uuidString)")
    let errorFile = folder.appendingPathComponent(".errors-\(UUID().uuidString)")
    for file in [outputFile, errorFile] { try Data().write(to: file) }
    process.standardOutput = try FileHandle(forWritingTo: outputFile)
    process.standardError = try FileHandle(forWritingTo: errorFile)
    try process.run()
    return Running(
      process: process, arguments: arguments, outputFile: outputFile, errorFile: errorFile)
  }

  struct Running {
    let process: Process
    let arguments: [String]
    let outputFile: URL
    let errorFile: URL

    /// The processes that it has started and that still run.
    var children: [pid_t] {
      let file = "/proc/\(process.processIdentifier)/task/\(process.processIdentifier)/children"
      let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
      return text.split(separator: " ").compactMap { pid_t($0) }
    }

    func finish() throws -> Transcript {
      process.waitUntilExit()
      defer {
        try? FileManager.default.removeItem(at: outputFile)
        try? FileManager.default.removeItem(at: errorFile)
      }
      return Transcript(
        arguments: arguments, output: try String(contentsOf: outputFile, encoding: .utf8),
        errors: try String(contentsOf: errorFile, encoding: .utf8),
        status: process.terminationStatus)
    }
  }

  func write(_ text: String, to name: String) throws {
    try write(Data(text.utf8), to: name)
  }

  func write(_ data: Data, to name: String) throws {
    let file = folder.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try data.write(to: file)
  }

  func exists(_ name: String) -> Bool {
    FileManager.default.fileExists(atPath: folder.appendingPathComponent(name).path)
  }

  /// The paths of all files below a folder, sorted.
  func files(below name: String) -> [String] {
    let root = folder.appendingPathComponent(name)
    let found = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String] ?? []
    return found.filter { !root.appendingPathComponent($0).hasDirectoryPath }.sorted()
  }

  /// The names of the overlays that were drawn of the only run that has any.
  func previews(of experiment: String) -> [String] {
    files(below: "results/\(experiment)/previews").map {
      String($0.split(separator: "/").last ?? "")
    }
  }

  func data(_ name: String) throws -> Data {
    try Data(contentsOf: folder.appendingPathComponent(name))
  }

  /// What `EXPERIMENTS_PROGRAM` names, else beside the test bundle, where the build put it.
  static let executable: URL = {
    if let program = ProcessInfo.processInfo.environment["EXPERIMENTS_PROGRAM"] {
      return URL(fileURLWithPath: program)
    }
    let bundle = CommandLine.arguments.lazy.compactMap { argument -> URL? in
      guard let end = argument.range(of: ".xctest") else { return nil }
      return URL(fileURLWithPath: String(argument[..<end.upperBound]))
    }.first
    let folder =
      bundle?.deletingLastPathComponent()
      ?? URL(fileURLWithPath: CommandLine.arguments[0])
      .deletingLastPathComponent()
    return folder.appendingPathComponent("experiments")
  }()
}
