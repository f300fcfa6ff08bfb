@testable import DataLayouts
import Testing

@Suite struct SourceFolderTests {
  @Test(
    "names are found as tools write them: with the separators of Windows, in folders, decomposed")
  func names() throws {
    let folder = try TemporaryFolder()
    for name in [
      "images/day/1.png", "images/night/1.png", "gro\u{0308}ße.png", "._a.png", "x/y.png",
    ] {
      try folder.write("", to: name)
    }
    let source = SourceFolder(folder.path)
    #expect(source.files.count == 4)
    #expect(source.find("..\\images\\day\\1.png", near: ["json"]) == .one("images/day/1.png"))
    #expect(source.find("night/1.png", near: []) == .one("images/night/1.png"))
    #expect(source.find("größe.png", near: []) != .none)
    #expect(source.find("/home/somebody/y.png", near: []) == .one("x/y.png"))
    #expect(
      source.find("1.png", near: []) == .several(["images/day/1.png", "images/night/1.png"]))
    #expect(source.find("../../etc/passwd", near: [""]) == .none)
  }

  @Test(
    "words of a name say the part",
    arguments: [
      ("train2017", Part.train), ("instances_val2017.json", .validation), ("Test", .test),
      ("valid", .validation),
    ])
  func parts(_ name: String, _ part: Part) { #expect(SourceFolder.part(in: name) == part) }

  @Test(
    "words within other words say nothing",
    arguments: ["trains", "latest", "valley", "contest", "images"])
  func noParts(_ name: String) { #expect(SourceFolder.part(in: name) == nil) }
}
