@testable import Datasets
@testable import Groundwork
import Testing

@Suite("Files of boxes")
struct BoxFileTests {
  private func boxes(_ text: String) throws -> [LabelBox] { try BoxFile(Array(text.utf8)).boxes }

  @Test("a line is a class and four edges; blank lines and comments are skipped")
  func lines() throws {
    #expect(
      try boxes("# class xmin ymin xmax ymax\n1 2 3 10 20\r\n\n  2 0.5 1.25 3e1 4 \n") == [
        LabelBox(label: 1, left: 2, top: 3, right: 10, bottom: 20),
        LabelBox(label: 2, left: 0.5, top: 1.25, right: 30, bottom: 4),
      ])
    #expect(try boxes("").isEmpty)
  }

  @Test("what is written is read again")
  func written() throws {
    let file = BoxFile([
      LabelBox(label: 1, left: 2, top: 3, right: 10, bottom: 20),
      LabelBox(label: 3, left: 0.1, top: 1.0 / 3, right: 7.25, bottom: 1e6),
    ])
    #expect(try BoxFile(Array(file.text.utf8)) == file)
    #expect(file.text.hasPrefix("1 2 3 10 20\n"))
  }

  @Test(
    "what is no box is told by its line",
    arguments: [
      "1 2 3 10", "1 2 3 10 20 5", "x 2 3 10 20", "1 2 3 ten 20", "1 2 3 nan 20", "-1 2 3 10 20",
      "70000 1 1 2 2", "1 10 3 10 20", "1 2 30 10 20", "1 2 3 inf 20",
    ])
  func wrong(line: String) {
    #expect {
      try boxes("1 2 3 10 20\n\(line)\n")
    } throws: {
      "\($0)".hasPrefix("line 2: ")
    }
  }

  @Test("a box of another class than there is, or outside of the image, is refused")
  func check() throws {
    let size = Size(height: 10, width: 20)
    func check(_ text: String) throws { try BoxFile(Array(text.utf8)).check(size, classes: 3) }
    try check("1 0 0 20 10\n2 -3 5 4 30")
    for wrong in ["0 1 1 2 2", "3 1 1 2 2", "1 20 1 25 2", "1 1 10 2 12", "1 -5 1 0 2"] {
      #expect(throws: ImageError.self) { try check(wrong) }
    }
  }

  @Test("a line of a list may name boxes, which are digested with its other files")
  func listed() throws {
    try withTemporaryFolder { folder in
      let image = Raster(size: Size(height: 4, width: 4), channels: 1, pixels: (0..<16).map { $0 })
      try ImageFile.write(image, to: "\(folder)/a.png")
      try ImageFile.write(
        Mask(size: image.size, ids: [0, 1] + Array(repeating: 0, count: 14)), to: "\(folder)/m.png")
      try FileBytes.write(Array("1 1 0 2 1\n".utf8), to: "\(folder)/a.txt")
      try FileBytes.write(Array("a.png m.png boxes=a.txt\n".utf8), to: "\(folder)/list.txt")
      let list = try ListFile(path: "list.txt", root: folder)
      #expect(list.samples[0].boxes?.name == "a.txt")
      let configuration = DataConfiguration(
        root: folder,
        source: .lists(
          train: SampleSources(file: "list.txt"),
          validation: .list(JudgedSets(SampleSources(file: "list.txt")))),
        classes: ["none", "one"], ignore: [], geometry: .original, channels: 1,
        normalization: .none)
      let reader = SampleReader(configuration)
      var buffers = SampleBuffers()
      let before = try reader.read(list.samples[0], &buffers).facts.digest
      #expect(before.line.contains(" boxes="))
      try FileBytes.write(Array("1 1 0 3 1\n".utf8), to: "\(folder)/a.txt")
      #expect(try reader.read(list.samples[0], &buffers).facts.digest != before)
      try FileBytes.write(Array("2 1 0 3 1\n".utf8), to: "\(folder)/a.txt")
      #expect(throws: DataError.self) { try reader.read(list.samples[0], &buffers) }
      try FileBytes.write(Array("a.png m.png boxes=none.txt\n".utf8), to: "\(folder)/list.txt")
      #expect(throws: DataError.self) {
        try reader.read(try ListFile(path: "list.txt", root: folder).samples[0], &buffers)
      }
    }
  }
}
