@testable import DataLayouts
import Datasets
import Testing

@Suite struct JSONReaderTests {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  private func value(_ text: String) throws -> JSONValue {
    try JSONReader(path: folder.write(text, to: "a.json")).value()
  }

  @Test("values are what RFC 8259 says, and NaN is a number as Python writes it")
  func values() throws {
    let value = try value(
      "\u{FEFF}{\"a\": [1, -2.5, 1e3, 0.1, 12345678901234567890], \"b\": \"\\u00e9\\ud83d\\ude00\\n\", "
        + "\"c\": [true, null], \"d\": {\"e\": [NaN, -Infinity]}, \"f\": []}")
    #expect(value["a"]?.numbers == [1, -2.5, 1000, 0.1, 12_345_678_901_234_567_890])
    #expect(value["b"]?.text == "é😀\n")
    #expect(value["c"]?.list?.count == 2)
    #expect(value["d"]?["e"]?.numbers?.first?.isNaN == true)
    #expect(value["f"]?.numbers == [])
  }

  @Test(
    "numbers are those that Double reads",
    arguments: ["0.3", "-17.25", "123456.789", "1e-7", "299792458"])
  func numbers(_ text: String) throws {
    let number = try #require(Double(text))
    #expect(try value("[\(text), \(text)]").numbers == [number, number])
  }

  @Test(
    "a mistake is told with its line",
    arguments: [
      "{\"a\": 1,\n\"b\": }", "[1,\n2", "{\n\"a\" 1}", "[1,\nx]", "[\n\"\\q\"]", "[\n1 2]",
    ])
  func mistakes(_ text: String) {
    let error = #expect(throws: DataError.self) { try value(text) }
    #expect(error?.problems.first?.line == 2, "\(String(describing: error))")
  }

  @Test("what is nested too deep is refused, and may be skipped")
  func deep() throws {
    let text = String(repeating: "[", count: 100_000) + String(repeating: "]", count: 100_000)
    #expect(throws: DataError.self) { try value(text) }
    let reader = try JSONReader(path: folder.write("{\"a\": \(text), \"b\": 2}", to: "b.json"))
    #expect(try reader.value(skipping: ["a"])["b"]?.integer == 2)
  }

  @Test("values beyond a block of the file are whole, and a place is found again")
  func blocks() throws {
    let numbers = (0..<100_000).map { Double($0) / 4 }
    let list = numbers.map { "\($0)" }.joined(separator: ",\n ")
    let path = try folder.write("{\"first\": [\(list)], \"second\": \"end\"}", to: "c.json")
    let reader = try JSONReader(path: path)
    var place: JSONReader.Place?
    try reader.members { key throws(DataError) in
      if key == "first" { place = reader.place }
      try reader.skip()
    }
    if let place { reader.go(to: place) }
    #expect(try reader.value().numbers == numbers)
    #expect(reader.lineNumber == 100_000)
  }
}
