import Foundation
import Testing

@testable import Engine

@Suite struct DataInspectionTests {
  @Test func `it says what loading would give`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      dataset.configuration.geometry = .resize(Size(height: 8, width: 8))
      for thorough in [false, true] {
        let inspection = try SegmentationData.inspect(
          dataset.configuration, seed: 1, thorough: thorough)
        #expect(
          inspection
            == DataInspection(
              trainingSamples: 3, validationSamples: 2, size: Size(height: 8, width: 8),
              channels: 1))
      }
    }
  }

  @Test func `a glance finds wrong sizes and kinds, a thorough look wrong ids too`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder)
      try dataset.writeMask(
        "t0", size: Size(height: 4, width: 5), ids: Array(repeating: 0, count: 20))
      try dataset.writeSample("t1", ids: Array(repeating: 9, count: 24))
      let colours = Raster(
        size: Size(height: 4, width: 6), channels: 3, pixels: Array(repeating: 0, count: 72))
      try ImageFile.write(colours, to: folder + "/v0-mask.png")
      func lines(thorough: Bool) -> [Int?] {
        let error = #expect(throws: DataError.self) {
          try SegmentationData.inspect(dataset.configuration, seed: 1, thorough: thorough)
        }
        return error?.problems.map(\.line) ?? []
      }
      #expect(lines(thorough: false) == [1, 1])
      #expect(lines(thorough: true) == [1, 2, 1])
    }
  }

  @Test func `scenes that are not drawn are taken at their word, and nothing is drawn`() throws {
    try withTemporaryFolder { folder in
      let scenes = GeneratedScenes(
        train: 4, validation: 2, size: Size(height: 32, width: 48), classes: 3, seed: 1)
      var configuration = DataConfiguration(
        root: nil, source: .generated(scenes, folder: folder + "/scenes"),
        classes: scenes.classNames, ignore: [], geometry: .original, channels: 3,
        normalization: .dataset)
      let inspection = try SegmentationData.inspect(configuration, seed: 1)
      #expect(inspection.trainingSamples == 4)
      #expect(inspection.size == Size(height: 32, width: 48))
      #expect(!FileManager.default.fileExists(atPath: folder + "/scenes"))
      configuration.geometry = .crop(Size(height: 33, width: 33))
      #expect(throws: DataError.self) { try SegmentationData.inspect(configuration, seed: 1) }
    }
  }
}
