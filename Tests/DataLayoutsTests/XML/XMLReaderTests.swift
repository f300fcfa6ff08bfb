@testable import DataLayouts
import Datasets
import Testing

@Suite struct XMLReaderTests {
  private let folder: TemporaryFolder
  init() throws { folder = try TemporaryFolder() }

  @Test("an element is read with what is in it, and again from its place in the file")
  func elements() throws {
    let path = try folder.write(
      "<?xml version=\"1.0\"?>\n<all>\n<image name=\"é &amp; b\">\n<box a=\"1\"/>text</image>\n<other/>\n<image name=\"2\"/></all>",
      to: "a.xml")
    var found: [XMLElement] = []
    try XMLReader.read(path, elements: ["image"]) { found.append($0) }
    #expect(found.map { $0["name"] } == ["é & b", "2"])
    #expect(found[0].children.map(\.name) == ["box"] && found[0].line == 3)
    for element in found {
      let range = try #require(element.range)
      let again = try #require(try XMLReader.element(path, at: range))
      #expect(again.attributes == element.attributes && again.text == element.text)
    }
  }

  @Test("entities, which may stand for gigabytes, are refused with the line")
  func entities() throws {
    let path = try folder.write(
      "<?xml version=\"1.0\"?>\n<!DOCTYPE a [<!ENTITY b \"bbbbbbbb\">]>\n<a>&b;</a>", to: "a.xml")
    let error = #expect(throws: DataError.self) {
      try XMLReader.read(path, elements: ["a"]) { _ in }
    }
    #expect(error?.problems.first?.line == 2)
    #expect(error?.description.contains("DOCTYPE") == true)
  }

  @Test(
    "what is no XML, and what is nested without end, is refused",
    arguments: [
      "<a><b></a>", "", "{}", "<a>\u{1}</a>", String(repeating: "<a>", count: 1000),
    ])
  func mistakes(_ text: String) throws {
    let path = try folder.write(text, to: "a.xml")
    #expect(throws: DataError.self) { try XMLReader.read(path, elements: ["b"]) { _ in } }
  }
}
