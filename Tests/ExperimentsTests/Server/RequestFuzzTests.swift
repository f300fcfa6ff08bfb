import Foundation
import Mutations
import Testing

@testable import Experiments

/// Changes requests at random, for as many seconds as `EXPERIMENTS_FUZZ_SECONDS` says, and reads them.
/// `EXPERIMENTS_FUZZ_SEED` repeats one change.
@Suite("Fuzzed requests", .serialized)
struct RequestFuzzTests {

  private static let samples = [
    "GET / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n",
    "GET /?t=0123456789abcdef0123456789abcdef HTTP/1.1\r\nHost: localhost:8080\r\nAccept: */*\r\n\r\n",
    "HEAD /image/00ff.png?a=b&c HTTP/1.0\r\nHost: a\r\nCookie: x=1; experiments-8080=00\r\n\r\n",
    "GET /events HTTP/1.1\r\nHost: a\r\nLast-Event-ID: 12\r\nSec-Fetch-Site: same-origin\r\n"
      + "Content-Length: 0\r\nOrigin: http://127.0.0.1:8080\r\n\r\n",
    "POST / HTTP/2\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
  ].map { Array($0.utf8) }

  @Test(
    "no bytes make the reader trap, and what it lets through is plain",
    .enabled(if: FuzzRun.isWanted))
  func changes() throws {
    let slow = try FuzzRun.slowSeeds("requests") { seed in
      check(seed)
      return false
    }
    #expect(slow.isEmpty)
  }

  private func check(_ seed: UInt64) {
    var random = Random(state: seed)
    let bytes = random.changed(Self.samples[random.below(Self.samples.count)])
    let parsing = HTTPRequest.parse(bytes)
    // Whatever arrives in parts is understood as it is in one: what is refused stays refused.
    let part = HTTPRequest.parse(bytes.prefix(random.below(bytes.count + 1)))
    if case .refused = part, case .request = parsing {
      Issue.record("seed \(seed): a part is refused, the whole is not")
    }
    guard case .request(let request) = parsing else { return }
    #expect(bytes.count <= HTTPRequest.Limit.head, "seed \(seed)")
    #expect(
      request.path.hasPrefix("/") && !request.path.contains("..") && !request.host.contains("\r"),
      "seed \(seed)")
    // Whoever may look is decided for any request that is understood.
    _ = ServerAccess(port: 8080).decision(on: request)
    _ = request.cookie("experiments-8080")
  }
}

/// Changes that follow from a seed.
private struct Random {
  var state: UInt64

  /// splitmix64 (Steele, Lea and Flood, 2014).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(max(1, limit))) }

  mutating func changed(_ sample: [UInt8]) -> [UInt8] {
    var bytes = sample
    for _ in 0...below(5) where !bytes.isEmpty {
      let place = below(bytes.count)
      switch below(9) {
      case 0: bytes[place] ^= 1 << UInt8(below(8))
      case 1: bytes[place] = UInt8(below(256))
      case 2: bytes[place] = Array(" :/?&=.%\r\n\t\0\u{7F}-aZ0".utf8)[below(17)]
      case 3: bytes.removeSubrange(place..<min(bytes.count, place + 1 + below(16)))
      case 4: bytes.insert(contentsOf: Array("\r\n".utf8), at: place)
      case 5:
        let length = min(1 + below(64), bytes.count - place)
        bytes.insert(contentsOf: bytes[place..<(place + length)], at: below(bytes.count))
      case 6:
        let count = [1, 100, 3000, 20_000][below(4)]
        bytes.insert(contentsOf: Array(repeating: bytes[place], count: count), at: place)
      case 7:
        let fields = ["Host: b", "Cookie: ;=;", "Content-Length: 9", "X: y", ": ", "Origin: null"]
        bytes.insert(contentsOf: Array((fields[below(6)] + "\r\n").utf8), at: place)
      default: bytes.removeLast(below(bytes.count))
      }
    }
    return bytes
  }
}
