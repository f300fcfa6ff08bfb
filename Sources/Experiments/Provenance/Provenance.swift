internal import Datasets
import Digest
internal import Execution
import Foundation
internal import Groundwork
import Measurements
import Tracking

/// Collects what an attempt runs with: everything that decides bits, and who and when.
enum Provenance {
  /// - Parameters:
  ///   - threads: the number of threads of the worker.
  ///   - data: the fingerprints of the data that was read.
  ///   - input: how images become the network's input.
  ///   - algorithms: the algorithms of the convolutions, by the convolution's description.
  ///   - specFolder: where the spec lies, for the commit of its repository.
  static func record(
    attempt: Int, resumedAfter: EvaluationPoint?, threads: Int, data: [Fingerprint],
    input: InputRecord, algorithms: [String: String], specFolder: String
  ) throws -> ProvenanceRecord {
    let system = System.current
    return ProvenanceRecord(
      attempt: attempt, startedAt: now, host: system.host, build: try build(),
      machine: machine(system), threads: threads, libraries: libraries,
      environment: WorkerEnvironment.recorded(of: ProcessInfo.processInfo.environment),
      data: data.map(DataFingerprint.init), input: input,
      algorithms: algorithms, gitCommit: GitCommit.current(in: specFolder),
      resumedAfter: resumedAfter)
  }

  /// UTC, RFC 3339.
  static var now: String { Date.now.formatted(.iso8601) }

  /// The program that runs.
  static func build() throws -> ProvenanceRecord.Build {
    ProvenanceRecord.Build(
      version: Program.version, executable: try executableDigest(), compiler: compiler,
      configuration: configuration)
  }

  static func machine(_ system: System = .current) -> ProvenanceRecord.Machine {
    ProvenanceRecord.Machine(
      processor: system.processor, cores: ProcessInfo.processInfo.processorCount,
      instructionSet: EngineLibraries.instructionSet, kernel: system.kernel, libc: system.libc)
  }

  static var libraries: [ProvenanceRecord.Library] {
    let versions = EngineLibraries.versions + [("HDF5", TrackingLibraries.hdf5)]
    return versions.map { ProvenanceRecord.Library(name: $0.name, version: $0.version) }
  }

  /// SHA-256 of the program that runs, even if its file has been replaced since.
  static func executableDigest() throws -> String {
    let file = try FileHandle(forReadingFrom: URL(fileURLWithPath: "/proc/self/exe"))
    var hash = SHA256()
    while let chunk = try file.read(upToCount: 1 << 20), !chunk.isEmpty { hash.update(chunk) }
    return hash.finalize()
  }

  static let compiler: String = {
    #if compiler(>=6.4)
      "Swift 6.4 or later"
    #elseif compiler(>=6.3)
      "Swift 6.3"
    #else
      "Swift 6.2"
    #endif
  }()

  static let configuration: String = {
    #if DEBUG
      "debug"
    #else
      "release"
    #endif
  }()
}

/// What the operating system says of itself and of the processor.
struct System: Sendable {
  let host: String
  let kernel: String
  let processor: String
  let libc: String

  static var current: System {
    var name = utsname()
    uname(&name)
    let release = withUnsafeBytes(of: &name.release) { text(of: $0) }
    let system = withUnsafeBytes(of: &name.sysname) { text(of: $0) }
    var libc = [UInt8](repeating: 0, count: 128)
    _ = libc.withUnsafeMutableBytes {
      confstr(Int32(_CS_GNU_LIBC_VERSION), $0.bindMemory(to: CChar.self).baseAddress, $0.count)
    }
    let processors = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    return System(
      host: ProcessInfo.processInfo.hostName, kernel: "\(system) \(release)",
      processor: processor(in: processors), libc: libc.withUnsafeBytes { text(of: $0) })
  }

  /// The first processor's model in `/proc/cpuinfo`, in the words of x86-64 or of arm64.
  static func processor(in description: String) -> String {
    let names = ["model name", "Model", "CPU implementer", "Hardware"]
    let lines = description.split(separator: "\n")
    for name in names {
      for line in lines {
        let parts = line.split(separator: ":", maxSplits: 1)
        guard parts.count == 2, parts[0].trimmingCharacters(in: .whitespaces) == name else {
          continue
        }
        return parts[1].trimmingCharacters(in: .whitespaces)
      }
    }
    return "unknown"
  }

  private static func text(of bytes: UnsafeRawBufferPointer) -> String {
    String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
  }
}

extension DataFingerprint {
  /// The fingerprint that the engine computed, as a record keeps it.
  init(_ fingerprint: Fingerprint) {
    self.init(
      name: fingerprint.name, samples: fingerprint.samples, sha256: fingerprint.sha256)
  }
}
