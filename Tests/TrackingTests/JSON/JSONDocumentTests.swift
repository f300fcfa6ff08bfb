import Foundation
import Testing

@testable import Tracking

@Suite("JSON in one pass")
struct JSONDocumentTests {
  private static func document(_ text: String) -> JSONDocument? { JSONDocument(Array(text.utf8)) }

  @Test(
    "what is no JSON to the letter is refused",
    arguments: [
      "", " ", "{", "}", "[1,]", "[,1]", "[1 2]", "{\"a\" 1}", "{\"a\":1,}", "{1:2}", "01", "-",
      "1.",
      ".5", "1e", "1e+", "+1", "--1", "0x10", "NaN", "Infinity", "nul", "truE", "'a'", "\"a",
      "\"\\\"",
      "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\u{1}\"", "\"a\nb\"", "1 2", "[1]]", "\u{FEFF}1",
      #""\ud83d""#, #""\ud83dx""#, #""\ude00\ud83d""#, "/* */1",
    ])
  func refusals(_ text: String) { #expect(Self.document(text) == nil) }

  @Test(
    "bytes that are no UTF-8 are refused, in strings as elsewhere",
    arguments: [
      [0x22, 0xFF, 0x22], [0x22, 0xC3, 0x22], [0x22, 0xC0, 0x80, 0x22],
      [0x22, 0xED, 0xA0, 0x80, 0x22],
      [0x22, 0xF5, 0x80, 0x80, 0x80, 0x22], [0x22, 0x5C, 0x6E, 0xFF, 0x22], [0xC2, 0xA0, 0x31],
    ] as [[UInt8]])
  func bytes(_ bytes: [UInt8]) { #expect(JSONDocument(bytes) == nil) }

  @Test("nesting is read down to the bound and no further")
  func depth() {
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(Self.document(nested(JSONDocument.deepest)) != nil)
    #expect(Self.document(nested(JSONDocument.deepest + 1)) == nil)
    #expect(Self.document(String(repeating: "[", count: 1_000_000)) == nil)
    #expect(Self.document(String(repeating: "{\"a\":", count: 1_000_000)) == nil)
  }

  @Test(
    "escapes stand for their letters",
    arguments: [
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"), (#""\u00e9\u00E9""#, "éé"),
      (#""a\ud83d\ude00b""#, "a😀b"), (#""ü\u0000ß""#, "ü\u{0}ß"), (#""\\u0041""#, #"\u0041"#),
    ])
  func escapes(_ text: String, _ value: String) {
    #expect(Self.document(text)?.string(0) == value)
  }

  @Test("numbers are the nearest ones, to the last bit")
  func numbers() throws {
    let texts = [
      "0", "-0", "0.1", "1e-300", "1.7976931348623157e308", "5e-324", "2.2250738585072011e-308",
      "9007199254740993", "0.30000000000000004", "123456789012345678901234567890", "1E+2",
      "4.9e-324",
      "1.00000000000000011102230246251565404236316680908203126",
    ]
    for text in texts {
      let value = try #require(Self.document(text)?.double(0))
      #expect(value.bitPattern == strtod(text, nil).bitPattern, "\(text)")
    }
    #expect(Self.document("1e400")?.double(0) == nil)
    #expect(Self.document("\(UInt64.max)")?.integer(0, as: UInt64.self) == .max)
    #expect(Self.document("\(Int64.min)")?.integer(0, as: Int64.self) == .min)
    #expect(Self.document("18446744073709551616")?.integer(0, as: UInt64.self) == nil)
    #expect(Self.document("300")?.integer(0, as: UInt8.self) == nil)
    #expect(Self.document("1.5")?.integer(0, as: Int.self) == nil)
    #expect(Self.document("1e2")?.integer(0, as: Int.self) == 100)
  }
}
