@testable import Experiments
import Foundation
@testable import Groundwork
import Testing
@testable import Tracking

/// `Tests/CrashPoints`, as `make test` and `make test-crash` have built it.
enum CrashPoints {
  static let library = ProcessInfo.processInfo.environment["EXPERIMENTS_CRASH_POINTS"]
  /// True in `make test-crash`, which takes its time.
  static let isLong = ProcessInfo.processInfo.environment["EXPERIMENTS_CRASH_TESTS"] != nil
}

/// Tens of runs that are killed at random and at chosen instants, each of which has to end in the bytes
/// of one that was left alone: `make test-crash`.
@Suite(.enabled(if: CrashPoints.library != nil && CrashPoints.isLong), .serialized)
struct CrashTests {
  private let spec = SmallSpecs.generated(epochs: 6, rates: ["1e-2"])

  private func uninterrupted() throws -> Record {
    let workplace = try Workplace()
    return try Record(of: spec, in: workplace)
  }

  /// The same command again until it is done, and the bytes of a run that was left alone.
  private func expectEnd(_ workplace: Workplace, _ reference: Record, _ comment: String) throws {
    var transcript = try workplace.run("run", "tiny.yaml")
    for _ in 0..<3 where transcript.status != 0 {
      transcript = try workplace.run("run", "tiny.yaml")
    }
    #expect(transcript.status == 0, "\(comment)\n\(transcript)")
    #expect(try Record(of: workplace) == reference, "\(comment)")
    // A few hundred bytes may stay beside what is complete, but no half of a checkpoint.
    let left = workplace.files(below: "results").filter {
      $0.contains("checkpoints/") && $0.hasSuffix(".partial")
    }
    #expect(left.isEmpty, "\(comment): \(left)")
  }

  @Test(
    "a process that ends between any two names of files, or has a full disk, leaves what goes on",
    arguments: ["worker", "parent"], ["before", "after", "full"])
  func everyName(role: String, action: String) throws {
    let reference = try uninterrupted()
    for number in 1...40 {
      let workplace = try Workplace()
      try workplace.write(spec, to: "tiny.yaml")
      let first = try workplace.run(
        "run", "tiny.yaml",
        environment: [
          "LD_PRELOAD": CrashPoints.library ?? "", "CRASH_ROLE": role, "CRASH_NUMBER": "\(number)",
          "CRASH_ACTION": action, "SWIFT_BACKTRACE": "enable=no",
        ])
      let comment = "\(role) \(action) \(number)"
      #expect(!first.errors.contains("Cocoa") && !first.errors.contains("damaged"), "\(first)")
      let list = try workplace.run("ls")
      #expect(!list.output.contains("damaged"), "\(comment)\n\(list)")
      try expectEnd(workplace, reference, comment)
      // The last name has been given.
      if first.status == 0, action != "full" || number > 30 { return }
    }
  }

  /// With states that are kept between its two evaluations.
  private var longIntervals: String {
    spec.replacingOccurrences(
      of: "limits:",
      with: "evaluation: {every: 3 epochs}\ncheckpoints: {every: 1 iterations}\nlimits:")
  }

  @Test("a run that is killed at random instants ends in the same bytes", arguments: [false, true])
  func randomInstants(keepsBetweenEvaluations: Bool) throws {
    let spec = keepsBetweenEvaluations ? longIntervals : spec
    let workplace = try Workplace()
    let reference = try Record(of: spec, in: workplace)
    let seed = UInt64.random(in: 0...(.max))
    var generator = Draws(state: seed)
    for number in 0..<100 {
      let workplace = try Workplace()
      try workplace.write(spec, to: "tiny.yaml")
      for _ in 0..<Int.random(in: 1...5, using: &generator) {
        let running = try workplace.start(["run", "tiny.yaml"], environment: [:])
        usleep(UInt32.random(in: 0...400_000, using: &generator))
        let parent = running.process.processIdentifier
        let victims = Bool.random(using: &generator) ? Self.children(of: parent) : [parent]
        for victim in victims { kill(victim, SIGKILL) }
        _ = try running.finish()
      }
      try expectEnd(workplace, reference, "run \(number) of seed \(seed)")
    }
  }

  private static func children(of process: pid_t) -> [pid_t] {
    let file = "/proc/\(process)/task/\(process)/children"
    let text = (try? String(contentsOfFile: file, encoding: .utf8)) ?? ""
    return text.split(separator: " ").compactMap { pid_t($0) }
  }

  /// SplitMix64 (Steele, Lea, Flood, 2014): the same instants for the same seed.
  private struct Draws: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return mixed ^ (mixed >> 31)
    }
  }
}
