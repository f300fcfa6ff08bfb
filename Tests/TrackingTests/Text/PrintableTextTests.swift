import Testing

@testable import Tracking

struct PrintableTextTests {
  @Test(
    "what could steer a terminal is shown as U+FFFD",
    arguments: [
      "\u{1B}", "\u{7}", "\u{0}", "\u{7F}", "\u{9B}", "\u{85}", "\u{202E}", "\u{2066}", "\u{2028}",
      "\u{200B}", "\u{FEFF}", "\u{E0041}", "\r",
    ])
  func steering(scalar: String) {
    #expect("a\(scalar)b".printable == "a\u{FFFD}b")
    #expect("a\(scalar)b".printableLines == "a\u{FFFD}b")
    #expect(JSONText.quoted("a\(scalar)b").unicodeScalars.allSatisfy { !$0.isUnprintable })
  }

  @Test("letters, emoji and their joiners stay as they are")
  func kept() {
    for text in ["Gebäude", "道路", "שלום", "👩‍🔬", "é", "a\u{A0}b"] { #expect(text.printable == text) }
  }

  @Test("lines stay lines where they are meant to")
  func lines() {
    #expect("a\nb".printable == "a\u{FFFD}b")
    #expect("a\nb".printableLines == "a\nb")
  }

  @Test("JSON keeps its lines and escapes what is in its strings")
  func json() {
    #expect(JSONText.printable("{\n \"a\": \"\u{202E}\"\n}") == "{\n \"a\": \"\\u202e\"\n}")
    #expect(JSONText.quoted("\u{E0041}") == "\"\\udb40\\udc41\"")
  }
}
