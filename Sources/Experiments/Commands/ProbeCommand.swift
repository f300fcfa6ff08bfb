import ArgumentParser
internal import Datasets
import Foundation

/// Reads what lists name of volumes, to see whether this process outlives it; started by commands
/// that want to open the files themselves. The questions come on standard input.
struct ProbeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: VolumeProcess.command, abstract: "Look at volumes.", shouldDisplay: false)

  func run() throws {
    ParentProcess.endWithIt()
    limitMemory()
    let input = FileHandle.standardInput.readDataToEndOfFile()
    for question in try JSONDecoder().decode([VolumeProbe.Question].self, from: input) {
      VolumeProbe.look(question) { say(Data("slice".utf8)) }
      say(VolumeProcess.answered)
    }
  }

  private func say(_ line: Data) {
    let line = line + Data("\n".utf8)
    _ = line.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
  }

  /// A file may ask for any amount; half of the memory is more than a slice takes.
  private func limitMemory() {
    let bytes = max(ProcessInfo.processInfo.physicalMemory / 2, 4 << 30)
    for (resource, limit) in [(RLIMIT_AS, rlim_t(bytes)), (RLIMIT_CORE, 0)] {
      var limits = rlimit(rlim_cur: limit, rlim_max: limit)
      setrlimit(__rlimit_resource_t(resource.rawValue), &limits)
    }
  }
}
