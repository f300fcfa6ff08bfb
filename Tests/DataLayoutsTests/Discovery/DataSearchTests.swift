@testable import DataLayouts
@testable import Datasets
import Foundation
import Groundwork
import Testing

/// Names alone: files are empty.
@Suite struct DataSearchTests {
  private func look(_ files: [String]) throws -> FoundFolder {
    let folder = try TemporaryFolder()
    for file in files { try folder.write("", to: file) }
    return try DataSearch.look(in: folder.path)
  }

  /// `train: images > masks`, a line for each pattern.
  private func patterns(_ files: [String]) throws -> [String] {
    Self.patterns(try look(files))
  }

  private static func patterns(_ found: FoundFolder) -> [String] {
    guard case .data(let data) = found else { return ["a layout"] }
    return Part.allCases.flatMap { part in
      (data.parts[part]?.parts ?? []).map { source in
        switch source.list {
        case .file(let path): "\(part): \(path)"
        case .pairs(let pairs):
          "\(part): \(pairs.images.joined(separator: ";")) > \(pairs.masks.joined(separator: ";"))"
            + (pairs.leavesOutUnpaired ? " skip" : "")
        }
      }
    }
  }

  private func names(_ form: String, _ count: Int = 3) -> [String] {
    (0..<count).map { form.replacing("#", with: "\($0)") }
  }

  @Test("folders of images and masks pair by their names")
  func folders() throws {
    #expect(
      try patterns(names("images/a#.jpg") + names("masks/a#.png"))
        == ["train: images/*.jpg > masks/{stem}.png"])
    #expect(
      try patterns(names("imgs/a#.jpg") + names("labels/a#_label.png"))
        == ["train: imgs/*.jpg > labels/{stem}_label.png"])
    #expect(
      try patterns(names("a#.png") + names("a#_mask.png")) == ["train: *.png > {stem}_mask.png"])
    #expect(
      try patterns(
        names("images/a#.jpg", 2) + ["images/b.png"] + names("gt/a#.png", 2) + ["gt/b.png"])
        == ["train: images/*.{jpg,png} > gt/{stem}.png"])
  }

  @Test("two volumes may be called for what they hold, and no more")
  func wordsAlone() throws {
    let folder = try TemporaryFolder()
    for name in ["images.tif", "labels.tif"] {
      let writer = try TIFFWriter(path: "\(folder.path)/\(name)", isLarge: false)
      for page in 0..<5 {
        try writer.add(
          TIFFWriter.Page(size: Size(height: 2, width: 3)),
          [UInt8](repeating: UInt8(page), count: 6))
      }
      try writer.finish()
    }
    #expect(
      Self.patterns(try DataSearch.look(in: folder.path)) == [
        "train: images.tif[0:4] > labels.tif[0:4]", "validation: images.tif[4:5] > labels.tif[4:5]",
      ])
  }

  @Test("parts are told by folders, wherever their names stand")
  func parts() throws {
    #expect(
      try patterns(
        names("train/images/#.png") + names("train/masks/#.png") + names("val/images/#.png")
          + names("val/masks/#.png"))
        == [
          "train: train/images/*.png > train/masks/{stem}.png",
          "validation: val/images/*.png > val/masks/{stem}.png",
        ])
    #expect(
      try patterns(
        names("train_images/#.png") + names("train_masks/#.png") + names("val_images/#.png")
          + names("val_masks/#.png"))
        == [
          "train: train_images/*.png > train_masks/{stem}.png",
          "validation: val_images/*.png > val_masks/{stem}.png",
        ])
    #expect(
      try patterns(
        names("images/train/#.png") + names("labels/train/#.png") + names("images/test/#.png")
          + names("labels/test/#.png"))
        == [
          "train: images/train/*.png > labels/train/{stem}.png",
          "test: images/test/*.png > labels/test/{stem}.png",
        ])
  }

  @Test("folders below are found by one pattern")
  func below() throws {
    #expect(
      try patterns(
        names("images/a/#.png") + names("images/b/#.png") + names("masks/a/#.png")
          + names("masks/b/#.png"))
        == ["train: images/**/*.png > masks/{1}/{stem}.png"])
    #expect(
      try patterns(
        names("a/images/#.png") + names("b/images/#.png") + names("a/masks/#.png")
          + names("b/masks/#.png"))
        == ["train: **/images/*.png > {1}/masks/{stem}.png"])
  }

  @Test("nnU-Net's channels are the images of a sample")
  func channels() throws {
    #expect(
      try patterns(
        names("imagesTr/c#_0000.nii.gz") + names("imagesTr/c#_0001.nii.gz")
          + names("labelsTr/c#.nii.gz"))
        == ["train: imagesTr/*_0000.nii.gz;imagesTr/{1}_0001.nii.gz > labelsTr/{1}.nii.gz"])
  }

  @Test("what has no partner is left out, and said")
  func unpaired() throws {
    let files = names("images/#.png", 5) + names("masks/#.png", 3) + ["masks/x.png"]
    #expect(try patterns(files) == ["train: images/*.png > masks/{stem}.png skip"])
    guard case .data(let data) = try look(files) else { return }
    #expect(
      data.assumptions == [
        "2 images have no mask and are left out", "1 mask has no image and is not used",
      ])
  }

  @Test("of several masks of an image those in the folder of the plain name count")
  func several() throws {
    let files = names("images/#.png") + names("masks/#.png") + names("masks_boundary/#.png")
    #expect(try patterns(files) == ["train: images/*.png > masks/{stem}.png"])
    guard case .data(let data) = try look(files) else { return }
    #expect(data.assumptions[0].contains("masks_boundary"))
  }

  @Test("lists come first, and of two for one part the one with the shorter name")
  func lists() throws {
    let folder = try TemporaryFolder()
    for file in names("images/#.png") + names("masks/#.png") { try folder.write("", to: file) }
    for list in ["train.txt", "val.txt", "train_more.txt"] {
      try folder.write("images/0.png masks/0.png\n", to: list)
    }
    try folder.write("a text\n", to: "README.txt")
    try folder.write("sky\nroad\n", to: "classes.txt")
    guard case .data(let data) = try DataSearch.look(in: folder.path) else {
      Issue.record("no data")
      return
    }
    #expect(data.parts == [.train: "train.txt", .validation: "val.txt"])
    #expect(data.classFile == "classes.txt")
    #expect(data.assumptions.count == 2 && data.assumptions[1].contains("train_more.txt"))
  }

  @Test("a data set of another tool is named")
  func layout() throws {
    let found = try look(names("JPEGImages/#.jpg") + names("SegmentationClass/#.png"))
    guard case .layout(let layout, _) = found else {
      Issue.record("\(found)")
      return
    }
    #expect(layout.name == "voc")
  }

  @Test(
    "a folder without pairs is an error that says what would be found",
    arguments: [
      ([String](), "holds no files"),
      (["a.docx", "b.docx"], "2 .docx"),
      (["images/0.png", "images/1.png"], "none whose name or folder says that it is a mask"),
      (["masks/0.png"], "no folder beside it"),
      (["images/foo1.png", "masks/bara.png"], "no folder beside it has images of such names"),
      (["im*ges/0.png", "masks/0.png"], "patterns cannot say"),
    ])
  func refusals(_ files: [String], _ part: String) throws {
    let error = #expect(throws: DataError.self) { try look(files) }
    #expect("\(error!)".contains(part), "\(error!)")
  }
}
