import Testing

@testable import Experiments

@Suite("Keys")
struct TerminalKeyTests {
  private func keys(_ text: String) -> [TerminalKey] {
    var bytes = Array(text.utf8)
    var keys: [TerminalKey] = []
    while let key = TerminalKey.take(from: &bytes) { keys.append(key) }
    return keys
  }

  @Test("letters, arrows and what else terminals send are told apart")
  func sequences() {
    #expect(keys("aé?") == ["a", "é", "?"])
    #expect(keys("\u{1B}[A\u{1B}OB\u{1B}[C\u{1B}[D") == [.up, .down, .right, .left])
    #expect(keys("\u{1B}[5~\u{1B}[6~\u{1B}[H\u{1B}[4~") == [.pageUp, .pageDown, .home, .end])
    #expect(keys("\r\u{7F}\t") == [.enter, .backspace, .tab])
    #expect(keys("\u{1B}") == [.escape])
    #expect(keys("\u{1B}q") == [.escape, "q"])
  }

  @Test("what no key sends is passed over, and bytes of any kind end")
  func unknown() {
    #expect(keys("\u{1B}[99~x") == ["x"])
    #expect(keys("\u{1B}[1;2Q\u{01}x") == ["x"])
    for first in UInt8.min...UInt8.max {
      for second in [0, 0x1B, 0x5B, 0x4F, 0x80, 0xFF] as [UInt8] {
        var bytes = [first, second, 0x5B]
        while TerminalKey.take(from: &bytes) != nil {}
        #expect(bytes.isEmpty)
      }
    }
  }

  @Test("no key has two meanings, and each is explained")
  func bindings() {
    let keys = KeyBinding.all.flatMap(\.keys)
    #expect(Set(keys).count == keys.count)
    #expect(KeyBinding.all.allSatisfy { !$0.label.isEmpty && !$0.about.isEmpty })
    #expect(KeyBinding.action(of: .left) == .previousSeed)
    #expect(KeyBinding.action(of: "x") == nil)
  }
}
