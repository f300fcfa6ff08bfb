import Testing

@testable import Tracking

struct TextWidthTests {
  @Test(
    "wide characters take two columns, marks none",
    arguments: [("abc", 3), ("道路", 4), ("é", 1), ("e\u{301}", 1), ("👩‍🔬", 2), ("±…─", 3), ("", 0)])
  func widths(text: String, width: Int) {
    #expect(TextWidth.of(text) == width)
  }

  @Test("a long text gives up its middle")
  func shortened() {
    #expect(TextWidth.shortened("cross_entropy", to: 8) == "cros…opy")
    #expect(TextWidth.shortened("cross_entropy", to: 13) == "cross_entropy")
    #expect(TextWidth.shortened("道路道路", to: 5) == "道…路")
    #expect(TextWidth.shortened("abc", to: 1) == "…")
  }

  @Test("lines end between words, are indented as the first, and keep a long word whole")
  func wrapped() {
    #expect(TextWidth.wrapped("one two three", to: 7) == ["one two", "three"])
    #expect(TextWidth.wrapped("  one two", to: 6) == ["  one", "  two"])
    #expect(
      TextWidth.wrapped("see /a/very/long/path now", to: 8) == ["see", "/a/very/long/path", "now"])
    #expect(TextWidth.wrapped("a  b", to: 80) == ["a  b"])
  }
}
