@testable import Experiments
import Foundation
import Testing
@testable import Tracking

@Suite struct DataTests {
  /// Without what the user's own cache remembers, which must make no difference.
  private func run(
    _ workplace: Workplace, _ arguments: String..., columns: String = "100"
  ) throws -> Workplace.Transcript {
    let process = try workplace.start(
      ["data"] + arguments,
      environment: [
        "XDG_CACHE_HOME": workplace.folder.path + "/cache", "COLUMNS": columns,
      ])
    return try process.finish()
  }

  private func workplace() throws -> Workplace {
    let workplace = try Workplace()
    try workplace.writeData()
    try workplace.write(SmallSpecs.lists, to: "a.yaml")
    return workplace
  }

  @Test func `sets, values, classes and what to look at are shown`() throws {
    let workplace = try workplace()
    let shown = try run(workplace, "a.yaml")
    #expect(shown.status == 0, "\(shown)")
    #expect(shown.output.hasPrefix("lists  6 samples, 2 classes\n"))
    #expect(
      shown.output.contains("square      14.1 %      14.1 %       6        6     144 px       0"))
    let red = "red         40   40  62.5       55.6   200       200"
    #expect(shown.output.contains(red), "\(shown)")
    // Again from what is remembered, and on another width.
    #expect(try run(workplace, "a.yaml").output == shown.output)
    let narrow = try run(workplace, "a.yaml", columns: "60")
    #expect(narrow.output.split(separator: "\n").allSatisfy { $0.count <= 60 }, "\(narrow)")
    #expect(!workplace.exists("results"))
  }

  @Test func `JSON has every number`() throws {
    let workplace = try workplace()
    let shown = try run(workplace, "data/train.txt", "data/val.txt", "--json")
    #expect(shown.status == 0, "\(shown)")
    let json = try #require(
      try JSONSerialization.jsonObject(with: Data(shown.output.utf8)) as? [String: Any])
    let sets = try #require(json["sets"] as? [[String: Any]])
    #expect(sets.map { $0["name"] as? String } == ["train", "val"])
    #expect(sets.map { $0["samples"] as? Int } == [4, 2])
    #expect(json["classesAreKnown"] as? Bool == false)
    let classes = try #require(json["classes"] as? [[String: Any]])
    let ofSets = try #require(classes[1]["sets"] as? [[String: Any]])
    #expect(ofSets.map { $0["pixels"] as? Int } == [576, 288])
    #expect((json["errors"] as? [String]) == [])
  }

  @Test func `a page and a sheet are written, whole and the same every time`() throws {
    let workplace = try workplace()
    func write(_ name: String) throws -> (page: Data, sheet: Data) {
      let shown = try run(
        workplace, "a.yaml", "-o", "\(name).html", "--sheet", "\(name).png", "--count", "4")
      #expect(shown.status == 0, "\(shown)")
      #expect(shown.errors.contains("\(name).html  4 images"), "\(shown)")
      func bytes(_ file: String) throws -> Data {
        try Data(contentsOf: workplace.folder.appendingPathComponent(file))
      }
      return (try bytes("\(name).html"), try bytes("\(name).png"))
    }
    let (first, second) = (try write("one"), try write("two"))
    #expect(first == second)
    let page = String(decoding: first.page, as: UTF8.self)
    #expect(page.hasPrefix("<!doctype html>") && page.hasSuffix("</body></html>\n"))
    #expect(page.contains("default-src 'none'; style-src 'sha256-"))
    #expect(!page.contains("<script") && !page.contains("src=\"http"))
    #expect(page.contains("data:image/jpeg;base64,"))
    for section in ["findings", "sets", "values", "classes", "images", "origin"] {
      #expect(page.contains("<section id=\"\(section)\""), "\(section)")
    }
    let svg = try run(workplace, "a.yaml", "--sheet", "sheet.svg")
    #expect(svg.status == 0 && workplace.exists("sheet.svg"), "\(svg)")
  }

  @Test(
    "data says what a check says, and shows the rest",
    arguments: WrongDataSet.masks + WrongDataSet.colours + WrongDataSet.images)
  func wrong(_ set: WrongDataSet) throws {
    let workplace = try Workplace()
    try workplace.writeTinyData()
    try set.spoil(workplace)
    let data = WrongDataSet.data.merging(set.data) { $1 }
      .sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)\n" }.joined()
    try workplace.write("data:\n" + data + WrongDataSet.rest + set.losses, to: "spec.yaml")
    let shown = try run(workplace, "spec.yaml")
    #expect(shown.status == 65, "\(shown)")
    // What can be read is shown, unless the spec itself is wrong.
    let isOfFiles = set.messages.contains { $0.hasPrefix("train.txt:") }
    #expect(shown.output.contains("train") || !isOfFiles, "\(shown)")
    #expect(workplace.problems(in: shown.errors) == set.messages)
  }

  @Test func `mistakes of the command line are told with what to do`() throws {
    let workplace = try workplace()
    for (arguments, message) in [
      (["a.yaml", "data/train.txt"], "name one spec, or lists and folders, not both"),
      (["data/train.txt", "--set", "seed=3"], "--set changes a spec, and none is named"),
      (["a.yaml", "-o", "page.pdf"], "a page is written as .html"),
      (["a.yaml", "--sheet", "sheet.gif"], "a sheet is written as .png, .pdf or .svg"),
      (["a.yaml", "--count", "0"], "--count must be from 1 to 200"),
    ] {
      let process = try workplace.start(["data"] + arguments)
      let shown = try process.finish()
      #expect(shown.status == 64 && shown.errors.contains(message), "\(shown)")
    }
    let missing = try run(workplace, "none.txt", "other.txt")
    #expect(missing.status == 65, "\(missing)")
    #expect(missing.errors.contains("none.txt") && missing.errors.contains("other.txt"))
  }
}
