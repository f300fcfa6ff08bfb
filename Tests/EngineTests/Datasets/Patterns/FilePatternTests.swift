@testable import Datasets
import Testing

@Suite struct FilePatternTests {
  private func stars(_ pattern: String, _ name: String) -> [String]? {
    FileNamePattern(pattern[...]).match(name)
  }

  @Test func `a star takes what it can, every one but the last as little as that`() {
    #expect(stars("*.jpg", "a.b.jpg") == ["a.b"])
    #expect(stars("*_*.png", "a_b_c.png") == ["a", "b_c"])
    #expect(stars("img*", "img") == [""])
    #expect(stars("a?c", "abc") == [])
    #expect(stars("a?*", "abc") == ["c"])
    #expect(stars("ü*.png", "ü1.png") == ["1"])
    #expect(stars("*ab", "aab") == ["a"])
    for (pattern, name) in [
      ("*.jpg", "a.jpeg"), ("a*b*c", "acb"), ("?", ""), ("*.jpg", ".x.jpg"), ("a", "ab"),
      ("ab*ba", "aba"), ("*.jpg", "a.JPG"),
    ] { #expect(stars(pattern, name) == nil, "\(pattern) \(name)") }
    #expect(stars(".*", ".x") == ["x"])
  }

  @Test func `many stars take no longer than a few`() {
    let pattern = String(repeating: "a*", count: 5_000) + "b"
    #expect(stars(pattern, String(repeating: "a", count: 20_000)) == nil)
  }

  @Test func `braces stand for alternatives`() throws {
    let pattern = try FilePattern("{a,b}/*.{jpg,png}")
    #expect(pattern.alternatives.count == 4 && pattern.stars == 1)
    #expect(try FilePattern("a/**/**/b").alternatives[0].count == 3)
    #expect(try FilePattern("a/**").alternatives[0].count == 3)
  }

  @Test(arguments: ["{stem}.jpg", "a{", "a}", "{a,{b,c}}", String(repeating: "{a,b}", count: 10)])
  func `a brace that says nothing is refused`(text: String) {
    #expect(throws: PatternError.self) { try FilePattern(text) }
  }

  @Test func `names are in the order in which people count`() {
    let sorted = [
      "a/b.png", "a/c1.png", "a01.png", "a1.png", "a1b.png", "a2.png", "a10.png", "b.png", "z", "é",
    ]
    #expect(sorted.reversed().sorted(by: NaturalOrder.precedes) == sorted)
    #expect(!NaturalOrder.precedes("a", "a"))
    let huge = String(repeating: "9", count: 40)
    #expect(NaturalOrder.precedes("a\(huge)", "a1\(huge)"))
  }

  @Test func `a partner follows from the image's path`() throws {
    let images = try FilePattern("in/**/*_x_*.jpg")
    let image = MatchedFile(
      path: "in/p/q/a_x_b.c.jpg", folder: "p/q", stars: ["p/q", "a", "b.c"])
    func path(_ text: String) throws -> String {
      try PartnerTemplate(text, images: images).path(of: image)
    }
    #expect(try path("out/{folder}/{stem}.png") == "out/p/q/a_x_b.c.png")
    #expect(try path("{1}/{3}_{2}_{name}") == "p/q/b.c_a_a_x_b.c.jpg")
    let top = MatchedFile(path: "in/s.nii.gz", folder: "", stars: ["", "s"])
    let template = try PartnerTemplate("/m/{folder}/{stem}.png", images: images)
    #expect(template.path(of: top) == "/m/s.png")
    #expect(try PartnerTemplate("{folder}/{name}", images: images).path(of: top) == "s.nii.gz")
    for text in ["m/{stm}.png", "m/{4}", "m/*.png", "m.png", "m/{stem", "m/}"] {
      #expect(throws: PatternError.self, "\(text)") {
        try PartnerTemplate(text, images: images)
      }
    }
  }

  @Test func `an entry is a file and a part of it`() {
    for (entry, file, part) in [
      ("a.png", "a.png", ""), ("v.h5:/raw[3]", "v.h5", ":/raw[3]"),
      ("s.tif[0:24]", "s.tif", "[0:24]"),
      ("x [1].png", "x [1].png", ""), ("*.zarr:/0", "*.zarr", ":/0"),
    ] {
      #expect(EntryParts(entry).file == file && EntryParts(entry).part == part)
    }
  }
}
