@testable import Experiments
import Foundation
import Testing

/// Runs whose disk refuses one call, or has no room or can only be read from then on: each has to say so, to leave every record sound,
/// and to end with the next command in the bytes of one that was left alone.
///
/// `make test` tries some of the calls, `make test-crash` every one.
@Suite(.enabled(if: CrashPoints.library != nil), .serialized)
struct RefusalTests {
  private static let spec = SmallSpecs.generated(epochs: 2, rates: ["1e-2"])

  /// What is refused to which process, see `Tests/CrashPoints`.
  struct Refusal: Sendable, CustomTestStringConvertible {
    let role: String
    let calls: String
    let action: String
    var testDescription: String { "\(role): \(calls) \(action)" }
  }

  private static let refusals: [Refusal] = {
    let roles = ["worker", "parent"]
    let all = roles.flatMap { role in
      [
        ("write", "error"), ("write", "full"), ("fsync", "error"), ("names", "error"),
        ("names", "readonly"),
        ("read", "error"),
      ]
      .map { Refusal(role: role, calls: $0.0, action: $0.1) }
    }
    return CrashPoints.isLong ? all : all.filter { $0.role == "worker" && $0.action == "error" }
  }()

  @Test(
    "a disk that refuses any one call, is full or can only be read leaves what goes on",
    arguments: refusals)
  func everyCall(_ refusal: Refusal) throws {
    let whole = try Workplace()
    let reference = try Record(of: Self.spec, in: whole)
    for number in stride(from: 1, through: 500, by: CrashPoints.isLong ? 1 : 20) {
      let workplace = try Workplace()
      try workplace.write(Self.spec, to: "tiny.yaml")
      let first = try workplace.run(
        "run", "tiny.yaml",
        environment: [
          "LD_PRELOAD": CrashPoints.library ?? "", "CRASH_ROLE": refusal.role,
          "CRASH_CALLS": refusal.calls, "CRASH_ACTION": refusal.action,
          "CRASH_NUMBER": "\(number)", "SWIFT_BACKTRACE": "enable=no",
          "CRASH_FOLDER": workplace.folder.appendingPathComponent("results").path,
          "CRASH_MARK": workplace.folder.appendingPathComponent("mark").path,
        ])
      // All calls have been tried.
      guard workplace.exists("mark") else { return }
      let comment = "\(refusal.testDescription) \(number)"
      #expect([0, 1, 74, 75].contains(first.status), "\(comment)\n\(first)")
      #expect(!first.errors.contains("Cocoa"), "\(comment)\n\(first)")
      let list = try workplace.run("ls")
      #expect(!list.output.contains("damaged"), "\(comment)\n\(first)\n\(list)")
      var last = try workplace.run("run", "tiny.yaml")
      if last.status == 1, last.errors.contains("--retry") {
        last = try workplace.run("run", "tiny.yaml", "--retry")
      }
      #expect(last.status == 0, "\(comment)\n\(first)\n\(last)")
      #expect(try Record(of: workplace) == reference, "\(comment)")
    }
    Issue.record("there is no end to the calls")
  }
}
