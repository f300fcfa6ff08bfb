import Foundation
import Testing

@testable import Tracking

struct SettingReaderTests {
  @Test(
    "JSON is read as it is written",
    arguments: [
      ("{}", SettingValue.mapping([:])), ("[]", .list([])),
      (" [ 1 , -2.5e-3 ] ", .list([.number(1), .number(-0.0025)])),
      (
        #"{"a":{"b":[true,false,null]}}"#,
        .mapping(["a": .mapping(["b": .list([.boolean(true), .boolean(false), .none])])])
      ),
      (#""q\"b\\s\/ü\n\u00e9\ud83d\ude00€""#, .text("q\"b\\s/ü\né😀€")),
      (
        #"[{"dice":{}},{"mirror":{"p":1}}]"#,
        .components([
          .init(name: "dice", settings: .mapping([:])),
          .init(name: "mirror", settings: .mapping(["p": .number(1)])),
        ])
      ),
    ])
  func values(_ text: String, _ value: SettingValue) { #expect(SettingReader.read(text) == value) }

  @Test(
    "what is no JSON is nothing",
    arguments: [
      "", "{", "[1,", "[1 2]", "{\"a\"}", "{\"a\":}", "\"a", "\"a\\", "\"\\u12\"", "\"\\x\"", "tru",
      "nul", "1 2", "+1", ".5",
      "--1", "{1:2}", "[1]]", String(repeating: "[", count: 5000),
    ])
  func malformed(_ text: String) { #expect(SettingReader.read(text) == nil) }

  @Test("whatever the encoder writes is read back")
  func encoded() throws {
    let numbers = [
      0, 1, -1, 0.1, 1e-300, 1.7976931348623157e308, 3_426_880_038_350_228_480, 5e-324,
    ]
    let json = try JSONEncoder().encode(numbers)
    #expect(
      SettingReader.read(String(decoding: json, as: UTF8.self))
        == .list(numbers.map { .number($0) }))
    let text = String(String.UnicodeScalarView((1...0x2FF).compactMap(Unicode.Scalar.init)))
    let quoted = try JSONEncoder().encode([text])
    #expect(SettingReader.read(String(decoding: quoted, as: UTF8.self)) == .list([.text(text)]))
  }
}
