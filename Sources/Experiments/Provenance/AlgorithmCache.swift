internal import Datasets
import Digest
internal import Execution
import Foundation

/// What was measured of the convolutions on this machine: a file of the user's cache folder, one for
/// each processor, instruction set and version of the library.
///
/// It spares measuring again and makes all trials of a machine choose alike. Nothing depends on its
/// being there: what is missing, damaged or not writable is measured anew.
struct AlgorithmCache: Sendable {
  /// The path of the cache's file; `nil` where there is no folder for it.
  private let file: String?

  private struct Contents: Codable {
    /// For readers: what the file name is a digest of.
    var machine: String
    var algorithms: [String: String]
  }

  /// The cache in the user's cache folder.
  static var standard: AlgorithmCache { AlgorithmCache(folder: CacheFolder.standard) }

  init(folder: String?) {
    let name = "convolutions-\(SHA256.hex(of: Self.machine).prefix(16)).json"
    file = folder.map { "\($0)/\(name)" }
  }

  /// What the times were measured on, and with.
  private static var machine: String {
    let libraries = EngineLibraries.versions.map { "\($0.name) \($0.version)" }
    return ([System.current.processor, EngineLibraries.instructionSet] + libraries)
      .joined(separator: ", ")
  }

  /// The chosen algorithms, by the convolution's description.
  func load() -> [String: String] {
    guard let file, let text = SmallFile.text(of: file, atMost: 64 << 20) else { return [:] }
    return (try? JSONDecoder().decode(Contents.self, from: Data(text.utf8)))?.algorithms ?? [:]
  }

  /// Adds choices to those that are there, which win: what others chose is what they go on with.
  func add(_ algorithms: [String: String]) {
    let present = load()
    let all = algorithms.merging(present) { $1 }
    guard let file, all != present else { return }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    guard
      let data = try? encoder.encode(Contents(machine: Self.machine, algorithms: all))
    else { return }
    let url = URL(fileURLWithPath: file)
    try? FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try? data.write(to: url, options: .atomic)
  }
}

/// Choices that a run is told to make, as a file that its worker is given.
enum AlgorithmFile {
  static func write(_ algorithms: [String: String], to path: String) throws {
    try JSONEncoder().encode(algorithms).write(to: URL(fileURLWithPath: path), options: .atomic)
  }

  static func read(_ path: String) throws -> [String: String] {
    try JSONDecoder().decode(
      [String: String].self, from: try Data(contentsOf: URL(fileURLWithPath: path)))
  }
}
