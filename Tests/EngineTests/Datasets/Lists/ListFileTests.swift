@testable import Datasets
import Foundation
import Testing

@Suite struct ListFileTests {
  private func list(_ text: String, root: String? = nil, masks: Int = 1) throws -> ListFile {
    try withTemporaryFolder { folder in
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/list.txt"))
      return try ListFile(path: folder + "/list.txt", root: root, masks: masks)
    }
  }

  private func names(_ text: String) throws -> [[String]] {
    try list(text).samples.map { [$0.imageName, $0.maskName] }
  }

  @Test func `blank lines, comments, line ends and a byte order mark do not matter`() throws {
    let text = "\u{FEFF}a.png b.png\r\n\r\n  # c.png d.png\n\n  e.png \t f.png  "
    let samples = try list(text).samples
    #expect(samples.map(\.imageName) == ["a.png", "e.png"])
    #expect(samples.map(\.maskName) == ["b.png", "f.png"])
    #expect(samples.map(\.line) == [1, 5])
    #expect(samples.map(\.number) == [0, 1])
  }

  @Test func `paths with blanks are quoted or separated by a tab`() throws {
    #expect(try names("\"my a.png\" b.png") == [["my a.png", "b.png"]])
    #expect(try names("a.png   \"my b.png\"") == [["a.png", "my b.png"]])
    #expect(try names("my a.png\tmy b.png") == [["my a.png", "my b.png"]])
    #expect(try names("\"my a.png\"\t\"b\"") == [["my a.png", "b"]])
  }

  @Test func `a semicolon joins images, unless it is quoted`() throws {
    func images(_ text: String, count: Int = 2) throws -> [[String]] {
      try withTemporaryFolder { folder in
        try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/list.txt"))
        return try ListFile(
          path: folder + "/list.txt", root: nil,
          stack: ImageStack(images: Array(repeating: 1, count: count))
        ).samples.map { $0.images.map(\.name) + [$0.maskName] }
      }
    }
    #expect(try images("a.png;b.png m.png") == [["a.png", "b.png", "m.png"]])
    #expect(try images("\"a b.png\";c.png m.png") == [["a b.png", "c.png", "m.png"]])
    #expect(try images("a b.png ; \"c;d.png\"\tm n.png") == [["a b.png", "c;d.png", "m n.png"]])
    #expect(try images("\"a;b.png\" m.png", count: 1) == [["a;b.png", "m.png"]])
    #expect(
      try images("v.h5:/a[0:2];v.h5:/b[3:5] m.h5:/m[0:2]") == [
        ["v.h5:/a[0]", "v.h5:/b[3]", "m.h5:/m[0]"], ["v.h5:/a[1]", "v.h5:/b[4]", "m.h5:/m[1]"],
      ])
    let error = #expect(throws: DataError.self) {
      try images("a.png m.png\na.png;b.png m.png;n.png\n\"a\"b m.png\nv.h5:/a[0:2];b.png m.png")
    }
    #expect(
      error?.problems.map(\.message) == [
        "names 1 image and data.channels means 2: join them by ';', with a number each in "
          + "data.channels, as [3, 1] (a path that holds ';' is quoted)",
        "names 2 masks, but the task takes one of a sample: name one (a path that holds ';' is "
          + "quoted)",
        "expected 'image mask', found '\"a\"b m.png' (quote paths that hold blanks)",
        "v.h5:/a[0:2] lists 2 and m.png 1: every image needs a mask",
      ])
  }

  @Test func `entries are relative to the root, else to the list's folder, or absolute`() throws {
    let own = try list("a.png /masks/a.png")
    #expect(own.samples[0].image == (own.path as NSString).deletingLastPathComponent + "/a.png")
    #expect(own.samples[0].mask == "/masks/a.png")
    #expect(try list("x/a.png b.png", root: "/data").samples[0].image == "/data/x/a.png")
  }

  @Test func `several masks are joined, and a part in quotes is taken as it is`() throws {
    let samples = try list(
      "a.png b.png;c.png;d.png weight=2\ne.png \"f;g h.png\";i.png;\"j.png\"\nk l.png\tm n.png;o.png;p"
        + "\nq.h5:/x[0:2] r.h5:/a[0:2];r.h5:/b[2:4];r.h5:/c[0:2]", root: "/data", masks: 3
    ).samples
    let paths = samples.map { sample in sample.masks.map(\.name) }
    #expect(
      paths == [
        ["b.png", "c.png", "d.png"], ["f;g h.png", "i.png", "j.png"], ["m n.png", "o.png", "p"],
        ["r.h5:/a[0]", "r.h5:/b[2]", "r.h5:/c[0]"], ["r.h5:/a[1]", "r.h5:/b[3]", "r.h5:/c[1]"],
      ])
    #expect(samples[0].weight == 2 && samples[0].masks[1].path.text == "/data/c.png")
    #expect(samples[4].maskName == "r.h5:/a[1]" && samples[4].masks[2].slice?.index == 1)
    let error = #expect(throws: DataError.self) {
      try list("a.png b.png;c.png\na.h5:/x[0:2] b.h5:/x[0:2];b.h5:/y[0:3]", masks: 2)
    }
    #expect(
      error?.problems.map(\.message) == [
        "a.h5:/x[0:2] lists 2 and b.h5:/y[0:3] 3: every image needs a mask"
      ])
  }

  @Test func `every bad line is told with its number`() {
    let error = #expect(throws: DataError.self) {
      try list("a.png\nb.png b-mask.png\nmy c.png c-mask.png\n\"open d.png")
    }
    #expect(error?.problems.map(\.line) == [1, 3, 4])
    #expect(error?.problems.first?.message.contains("expected 'image mask', found 'a.png'") == true)
  }

  @Test func `an empty list and a missing list are errors with the path`() {
    let empty = #expect(throws: DataError.self) { try list("# nothing\n") }
    #expect(empty?.description.contains("list.txt: lists no samples") == true)
    let missing = #expect(throws: DataError.self) { try ListFile(path: "/no/list.txt", root: nil) }
    #expect(missing?.description == "/no/list.txt: does not exist: correct the path or data.root")
  }

  @Test func `a list that is not text is an error`() throws {
    try withTemporaryFolder { folder in
      try Data([0xFF, 0xFE, 0x41]).write(to: URL(fileURLWithPath: folder + "/list.txt"))
      let error = #expect(throws: DataError.self) {
        try ListFile(path: "list.txt", root: folder)
      }
      #expect(error?.problems.first?.message == "is not UTF-8 text")
    }
  }

  @Test func `a line may set a weight and a region behind its two paths`() throws {
    let samples = try list(
      "a.png b.png weight=2.5\n\"c d.png\" e.png roi=r.png weight=1", root: "/data"
    )
    .samples
    #expect(samples.map(\.weight) == [2.5, 1])
    #expect(samples.map(\.roi) == [nil, "/data/r.png"])
    let error = #expect(throws: DataError.self) {
      try list("a.png b.png weight=0\na.png b.png wieght=1\na.png b.png roi=\na.png b.png c.png")
    }
    #expect(
      error?.problems.map(\.message) == [
        "weight must be a number from 1e-6 to 1e6, not '0'",
        "unknown setting 'wieght': a line may set weight=NUMBER, roi=PATH and boxes=PATH",
        "roi names no file",
        "expected 'image mask', found 'a.png b.png c.png' (quote paths that hold blanks)",
      ])
  }
}
