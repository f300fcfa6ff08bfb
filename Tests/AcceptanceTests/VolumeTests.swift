@testable import Datasets
@testable import Experiments
import Foundation
@testable import Groundwork
import Testing

/// Volumes from the list to the prediction, by what a person sees.
@Suite struct VolumeTests {
  /// A MetaImage of slices of 32 × 32.
  private func metaImage(_ slices: [[UInt8]]) -> Data {
    let header = """
      ObjectType = Image
      NDims = 3
      DimSize = 32 32 \(slices.count)
      ElementType = MET_UCHAR
      ElementSpacing = 0.5 0.75 2
      Offset = 1 2 3
      TransformMatrix = 1 0 0 0 1 0 0 0 1
      ElementDataFile = LOCAL

      """
    return Data(header.utf8) + Data(slices.flatMap { $0 })
  }

  /// Squares that move, and which pixels they are.
  private func slices() -> (images: [[UInt8]], masks: [[UInt8]]) {
    let masks = (0..<6).map { slice in
      (0..<32 * 32).map { pixel -> UInt8 in
        (8 + slice..<20 + slice).contains(pixel / 32) && (6..<18).contains(pixel % 32) ? 1 : 0
      }
    }
    return (masks.map { $0.map { 60 + 120 * $0 } }, masks)
  }

  @Test("a volume trains, and its prediction is a volume in the same place")
  func wholeWay() throws {
    let workplace = try Workplace()
    let (images, masks) = slices()
    try workplace.write(metaImage(images), to: "scan.mha")
    try workplace.write(metaImage(masks), to: "cells.mha")
    try workplace.write("scan.mha[:4] cells.mha[0:4]\n", to: "train.txt")
    try workplace.write("scan.mha[4:] cells.mha[4:6]\n", to: "val.txt")
    try workplace.write(
      """
      experiment: volume
      data: {train: train.txt, validation: val.txt, classes: [background, cell], channels: 1}
      template: {name: unet, base_channels: 4, depth: 2}
      losses: [cross_entropy]
      solver: {type: ADAMW, base_lr: 1e-2}
      training: {epochs: 2, batch_size: 2}
      limits: {threads: 1}

      """, to: "s.yaml")
    let check = try workplace.run("check", "s.yaml")
    #expect(check.output.contains("2 × 0.75 × 0.5 mm (slices × height × width)"), "\(check)")
    let run = try workplace.run("run", "s.yaml")
    try #require(run.status == 0, "\(run)")
    let show = try workplace.run("show", "volume/1")
    #expect(show.output.contains("2 × 0.75 × 0.5 mm"), "\(show)")

    let predict = try workplace.run("predict", "volume/1", "scan.mha", "-o", "out")
    try #require(predict.status == 0, "\(predict)")
    #expect(workplace.files(below: "out") == ["prediction.json", "scan.nii.gz"])
    let made = try VolumeFormats.open(
      workplace.folder.path + "/out/scan.nii.gz", dataset: "", axes: nil)
    let scan = try VolumeFormats.open(workplace.folder.path + "/scan.mha", dataset: "", axes: nil)
    #expect(made.slices == 6 && made.facts == scan.facts)
    // The same as masks of their own.
    let apart = try workplace.run(
      "predict", "volume/1", "scan.mha[1:3]", "-o", "apart", "--mask-format", "png")
    try #require(apart.status == 0, "\(apart)")
    #expect(
      workplace.files(below: "apart") == ["prediction.json", "scan_0001.png", "scan_0002.png"])
    var mask = MaskValues()
    try made.read(2, into: &mask, asColours: false)
    #expect(
      try ImageFile.readMask(workplace.folder.path + "/apart/scan_0002.png").ids == mask.bytes)
    let again = try workplace.run("predict", "volume/1", "scan.mha", "-o", "out")
    #expect(again.output.contains("6 images predicted before"), "\(again)")
  }

  @Test("the masks of a stack of TIFF are a stack of TIFF")
  func stacks() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    try workplace.write(SmallSpecs.lists, to: "s.yaml")
    let run = try workplace.run("run", "s.yaml")
    try #require(run.status == 0, "\(run)")
    let size = Size(height: 32, width: 32)
    let writer = try TIFFWriter(path: workplace.folder.path + "/stack.tif", isLarge: false)
    var page = TIFFWriter.Page(size: size)
    page.resolution = TIFF.Resolution(width: 4, height: 8, unit: 3)
    for pixels in slices().images { try writer.add(page, pixels) }
    try writer.finish()
    let predict = try workplace.run("predict", "lists/1", "stack.tif[:]", "-o", "out")
    try #require(predict.status == 0, "\(predict)")
    #expect(workplace.files(below: "out") == ["prediction.json", "stack.tif"])
    let made = try TIFF(path: workplace.folder.path + "/out/stack.tif")
    #expect(made.pages == 6)
    #expect(try made.header(page: 5).holdsIDs)
    let some = try workplace.run("predict", "lists/1", "stack.tif[2:4]", "-o", "some")
    #expect(some.status == 0, "\(some)")
    #expect(workplace.files(below: "some") == ["prediction.json", "stack_0002-0003.tif"])
    let wrong = try workplace.run(
      "predict", "lists/1", "data/images/4.png", "-o", "no", "--mask-format", "nifti")
    #expect(wrong.status == 64 && wrong.errors.contains("is no slice of a volume"), "\(wrong)")
  }
}
