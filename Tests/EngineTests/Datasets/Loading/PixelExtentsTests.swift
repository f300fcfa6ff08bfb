@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

/// How large the pixels of judged images are.
@Suite struct PixelExtentsTests {
  private let half = StatedExtent(unit: "um", height: 0.5, width: 0.25)

  private func judged(
    _ data: SmallDataset, pixel: StatedExtent?
  ) throws -> (extents: PixelExtents?, images: Int) {
    let dataset = try JudgedData.load(
      .validation(seed: 1), data.configuration, input: data.load().input, pixel: pixel
    ).dataset
    return (dataset.pixelExtents(of: dataset.wholeImages), dataset.imageCount)
  }

  @Test func `images that do not say it have the size that is stated`() throws {
    try withTemporaryFolder { folder in
      var data = try SmallDataset(folder)
      #expect(try judged(data, pixel: nil).extents == nil)
      let (found, images) = try judged(data, pixel: half)
      let extent = PixelExtents.Extent(height: 0.5, width: 0.25)
      #expect(found == PixelExtents(unit: "µm", images: Array(repeating: extent, count: images)))
      // Of half as many pixels each way, each is twice as large.
      data.configuration.geometry = .resize(Size(height: 2, width: 3))
      #expect(try judged(data, pixel: half).extents?.images.first == .init(height: 1, width: 0.5))
    }
  }

  @Test func `what volumes say goes before what is stated, and must be in its unit`() throws {
    try withTemporaryFolder { folder in
      let data = try SmallDataset(folder)
      let input = try data.load().input
      try HandmadeVolumes.write(
        folder, "v.nii", HandmadeVolumes.nifti((0..<120).map { UInt8($0 % 2) }))
      func load(_ list: String, in unit: String) throws -> PixelExtents? {
        try data.writeText("judged.txt", list)
        let dataset = try JudgedData.load(
          .list(SampleSources(file: folder + "/judged.txt")), data.configuration, input: input,
          pixel: StatedExtent(unit: unit, height: 3, width: 5)
        ).dataset
        return dataset.pixelExtents(of: dataset.wholeImages)
      }
      let both = "v0.png v0-mask.png\nv.nii[1] v.nii[0]\n"
      let found = try load(both, in: "mm")
      #expect(found?.unit == "mm" && found?.images.first == .init(height: 3, width: 5))
      #expect(found?.images.last.map { $0.height < 1 && $0.width < 1 } == true)
      #expect(throws: DataError.self) { try load(both, in: "um") }
      // Nothing is left of which it could be said.
      #expect(throws: DataError.self) { try load("v.nii[1] v.nii[0]\n", in: "mm") }
    }
  }
}
