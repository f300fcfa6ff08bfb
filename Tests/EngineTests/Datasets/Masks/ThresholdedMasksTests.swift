@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

@Suite struct ThresholdedMasksTests {
  private func thresholded(_ folder: String) throws -> SmallDataset {
    var dataset = try SmallDataset(folder)
    dataset.configuration.maskMeaning = .threshold(100)
    dataset.configuration.ignore = []
    return dataset
  }

  @Test func `from the threshold on a pixel is of the second class`() throws {
    try withTemporaryFolder { folder in
      let dataset = try thresholded(folder)
      try dataset.writeMask(
        "t0", size: Size(height: 4, width: 6),
        ids: (0..<24).map { [0, 99, 100, 255][$0 % 4] })
      let labels = try dataset.load().train.labels(0)
      #expect(labels == (0..<24).map { [0, 0, 1, 1][$0 % 4] })
    }
  }

  @Test func `a JPEG of black and white is the same mask as a PNG`() throws {
    try withTemporaryFolder { folder in
      let dataset = try thresholded(folder)
      let size = Size(height: 4, width: 6)
      let ids = (0..<24).map { UInt8($0 % 6 < 3 ? 0 : 255) }
      try dataset.writeMask("t0", size: size, ids: ids)
      let plain = try dataset.load().train.labels(0)
      // In three channels, as tools that know no grey write it.
      try ImageFile.write(
        Raster(size: size, channels: 3, pixels: ids.flatMap { [$0, $0, $0] }),
        to: folder + "/mask.jpg", quality: 60)
      try FileManager.default.removeItem(atPath: folder + "/t0-mask.png")
      try FileManager.default.moveItem(
        atPath: folder + "/mask.jpg", toPath: folder + "/t0-mask.png")
      #expect(try dataset.load().train.labels(0) == plain)
      #expect(try DataInspector().inspect(dataset.configuration, seed: 7).trainingSamples == 3)
    }
  }
}
