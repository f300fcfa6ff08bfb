import Foundation
import Mutations
import Testing

@testable import Trackers

/// Changes small files of other trackers at random, for as many seconds as `EXPERIMENTS_FUZZ_SECONDS` says,
/// and reads them. `EXPERIMENTS_FUZZ_SEED` repeats one change.
@Suite("Fuzzed files of trackers", .serialized)
struct FuzzTests {

  enum Sample: String, CaseIterable {
    case events, payload, metrics, table, answer

    var bytes: [UInt8] {
      switch self {
      case .events: Self.event.bytes + scalar("loss", 1, step: 3).bytes
      case .payload: Array(Self.event.bytes.dropFirst(12).dropLast(4))
      case .metrics: Array("1700000000000 0.5 1\n1700000000001 nan 2 a b\n".utf8)
      case .table:
        Array(
          "run_id,attribute_path,attribute_type,step,float_value\r\nR,\"a,\"\"b\",float_series,1,2\n"
            .utf8)
      case .answer:
        Array(
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n1f\r\n0123456789012345678901234567890\r\n0\r\n\r\n"
            .utf8)
      }
    }

    private static let event = Event(
      wallTime: 1, step: 2,
      values: [
        Event.Value("a", .scalar(1), about: "b"),
        Event.Value("h", .histogram([.init(lower: 0, upper: 1, count: 2)])),
        Event.Value("i", .images(width: 1, height: 1, [[1, 2, 3]])), Event.Value("t", .text(["x"])),
        Event.Value(
          "s",
          .hyperparameters(.start(values: ["lr": .number(1)], group: "g", startedAt: 1))),
      ])

    /// Reads the bytes as the program would; whatever is thrown is an answer.
    func read(_ bytes: [UInt8], in folder: TemporaryFolder) {
      switch self {
      case .events:
        var file = EventFile()
        try? file.read(ByteSource(bytes, path: "events"))
      case .payload:
        var plugins: [String: String] = [:]
        _ = try? Event(bytes, plugins: &plugins)
      case .metrics, .table:
        let name = self == .metrics ? "0/\(String(repeating: "a", count: 32))/metrics/m" : "t.csv"
        try? folder.write(bytes, to: name)
        if self == .metrics {
          _ = try? MLflowFolder.runs(folder.path)
        } else {
          _ = try? NeptuneTable.runs("\(folder.path)/t.csv")
        }
      case .answer: _ = try? HTTPAnswer(Data(bytes))
      }
    }
  }

  @Test(
    "no change makes a reader trap or go in circles",
    .enabled(if: FuzzRun.isWanted), arguments: Sample.allCases)
  func changes(sample: Sample) throws {
    let folder = TemporaryFolder()
    try folder.write("experiment_id: '0'\nname: x\n", to: "0/meta.yaml")
    try folder.write("run_id: a\n", to: "0/\(String(repeating: "a", count: 32))/meta.yaml")
    let slow = try FuzzRun.slowSeeds(sample.rawValue) { seed in
      sample.read(Mutation(seed: seed).changed(sample.bytes), in: folder)
      return false
    }
    #expect(slow.isEmpty)
  }
}
