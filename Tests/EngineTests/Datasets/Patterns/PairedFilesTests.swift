@testable import Datasets
import Foundation
import Testing

@Suite struct PairedFilesTests {
  /// The pairs of files of these names.
  private func pairs(
    _ names: [String], images: [String] = ["img/*.jpg"], masks: [String] = ["ann/{stem}.png"],
    region: String? = nil, skip: Bool = false
  ) throws -> PairedFiles {
    try withFiles(names) { folder in
      try PairedFiles(
        FilePairs(images: images, masks: masks, region: region, leavesOutUnpaired: skip),
        root: folder)
    }
  }

  private func withFiles<Result>(_ names: [String], _ body: (String) throws -> Result) throws
    -> Result
  {
    try withTemporaryFolder { folder in
      for name in names {
        let url = URL(fileURLWithPath: "\(folder)/\(name)")
        try FileManager.default.createDirectory(
          at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data().write(to: url)
      }
      return try body(folder)
    }
  }

  /// The one thing that is wrong.
  private func problem(
    _ names: [String], images: [String] = ["img/*.jpg"], masks: [String] = ["ann/{stem}.png"],
    skip: Bool = false
  ) -> DataProblem? {
    let error = #expect(throws: DataError.self) {
      try pairs(names, images: images, masks: masks, skip: skip)
    }
    #expect(error?.problems.count == 1)
    return error?.problems.first
  }

  private func lines(_ found: PairedFiles) -> [String] {
    found.pairs.map {
      ($0.images + $0.masks + ($0.region.map { [$0] } ?? [])).joined(separator: " ")
    }
  }

  @Test func `images find their masks, in natural order`() throws {
    let found = try pairs([
      "img/2.jpg", "img/10.jpg", "img/1.jpg", "ann/1.png", "ann/2.png", "ann/10.png", "img/x.txt",
    ])
    #expect(
      lines(found) == ["img/1.jpg ann/1.png", "img/2.jpg ann/2.png", "img/10.jpg ann/10.png"])
    #expect(found.candidates.map(\.file) == ["ann/1.png", "ann/2.png", "ann/10.png"])
  }

  @Test func `folders below are followed, and a link to a folder above is not`() throws {
    try withFiles(["in/a/1.jpg", "in/b/c/1.jpg", "in/0.jpg", "m/a/1.png", "m/b/c/1.png", "m/0.png"])
    {
      folder in
      try FileManager.default.createSymbolicLink(
        atPath: "\(folder)/in/a/up", withDestinationPath: "..")
      let found = try PairedFiles(
        FilePairs(images: ["in/**/*.jpg"], masks: ["m/{folder}/{stem}.png"]), root: folder)
      #expect(
        lines(found) == ["in/0.jpg m/0.png", "in/a/1.jpg m/a/1.png", "in/b/c/1.jpg m/b/c/1.png"])
      #expect(found.candidates.map(\.file) == ["m/0.png", "m/a/1.png", "m/b/c/1.png"])
    }
  }

  @Test func `several images, several masks and a region follow from the first image`() throws {
    let found = try pairs(
      ["rgb/1_x.jpg", "depth/1.png", "a/1.png", "b/1.png", "roi/1.png"],
      images: ["rgb/*_x.jpg", "depth/{1}.png"], masks: ["a/{1}.png", "b/{1}.png"],
      region: "roi/{1}.png")
    #expect(lines(found) == ["rgb/1_x.jpg depth/1.png a/1.png b/1.png roi/1.png"])
  }

  @Test func `a mask beside its image is no image`() throws {
    let found = try pairs(
      ["d/a (1).png", "d/a (1)_mask.png", "d/a (2).png", "d/a (2)_mask.png"], images: ["d/*.png"],
      masks: ["d/{stem}_mask.png"])
    #expect(lines(found) == ["d/a (1).png d/a (1)_mask.png", "d/a (2).png d/a (2)_mask.png"])
    #expect(found.candidates.count == 2)
  }

  @Test func `slices of volumes are named behind the pattern`() throws {
    let found = try pairs(
      ["v/1.h5", "v/2.h5", "s/1.tif", "s/2.tif"], images: ["v/*.h5:/raw[0:4]"],
      masks: ["s/{stem}.tif[0:4]"])
    #expect(lines(found) == ["v/1.h5:/raw[0:4] s/1.tif[0:4]", "v/2.h5:/raw[0:4] s/2.tif[0:4]"])
  }

  @Test func `a pattern that nothing fits says what lies there`() {
    let files = ["img/1.JPG", "img/2.JPG", "img/deep/3.jpg", "notes.txt"]
    let wrongCase = problem(files)
    #expect(wrongCase?.setting == "images")
    #expect(wrongCase?.message.contains("/img holds 2 files in .JPG, the folder deep") == true)
    let wrongFolder = problem(files, images: ["image/*.jpg"])
    #expect(wrongFolder?.message.contains("there is no folder") == true)
    #expect(wrongFolder?.message.hasSuffix("holds 1 file in .txt, the folder img") == true)
  }

  @Test func `images without masks are all counted, and may be left out`() throws {
    let files = ["img/1.jpg", "img/2.jpg", "img/3.jpg", "ann/2.png"]
    let missing = problem(files)
    #expect(missing?.setting == "masks" && missing?.file?.hasSuffix("/ann/1.png") == true)
    #expect(
      missing?.message
        == "is not there, the mask of img/1.jpg; 2 of 3 images have none: also img/3.jpg"
        + ": add what is missing, or leave such images out by unpaired: skip")
    let found = try pairs(files, skip: true)
    #expect(
      lines(found) == ["img/2.jpg ann/2.png"] && found.unpaired == ["img/1.jpg", "img/3.jpg"])
    // Where none has one nothing is left.
    let none = problem(["img/1.jpg", "img/2.jpg"], skip: true)
    #expect(none?.message == "is not there, the mask of img/1.jpg, nor is that of any other image")
  }

  @Test func `images that would share a mask are refused`() {
    let byEnding = problem(
      ["img/1.jpg", "img/1.png", "ann/1.png"], images: ["img/*.{jpg,png}"])
    #expect(
      byEnding?.message.hasPrefix("ann/1.png would be the mask of img/1.jpg, img/1.png") == true)
    let byFolder = problem(
      ["img/a/1.jpg", "img/b/1.jpg", "ann/1.png"], images: ["img/*/*.jpg"])
    #expect(byFolder?.message.contains("write {folder}") == true)
  }
}
