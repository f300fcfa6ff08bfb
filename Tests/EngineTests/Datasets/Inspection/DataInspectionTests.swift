@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

@Suite struct DataInspectionTests {
  @Test func `it says what loading would give`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      dataset.configuration.geometry = .resize(Size(height: 8, width: 8))
      let inspection = try DataInspector().inspect(dataset.configuration, seed: 1)
      let loaded = try dataset.load()
      #expect(inspection.trainingSamples == loaded.train.count)
      #expect(inspection.validationSamples == loaded.validation.count)
      #expect(inspection.extent == [8, 8] && inspection.channels == 1)
      #expect(inspection.fingerprints == loaded.fingerprints)
    }
  }

  @Test func `wrong sizes, kinds and ids are found, all of them`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder)
      try dataset.writeMask(
        "t0", size: Size(height: 4, width: 5), ids: Array(repeating: 0, count: 20))
      try dataset.writeSample("t1", ids: Array(repeating: 9, count: 24))
      let colours = Raster(
        size: Size(height: 4, width: 6), channels: 3, pixels: Array(repeating: 0, count: 72))
      try ImageFile.write(colours, to: folder + "/v0-mask.png")
      let error = #expect(throws: DataError.self) {
        try DataInspector().inspect(dataset.configuration, seed: 1)
      }
      #expect(error?.problems.map(\.line) == [1, 2, 1])
    }
  }

  @Test func `pixels and images of each class are counted on either side`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder)
      try dataset.writeSample("t0", ids: Array(repeating: 1, count: 20) + [255, 255, 255, 255])
      try dataset.writeSample("t1", ids: Array(repeating: 0, count: 24))
      try dataset.writeSample("t2", ids: Array(repeating: 255, count: 24))
      for name in ["v0", "v1"] {
        try dataset.writeSample(name, ids: Array(repeating: 0, count: 24))
      }
      let inspection = try DataInspector().inspect(dataset.configuration, seed: 1)
      let labels = try #require(inspection.labels)
      #expect(labels.train.pixels == [24, 20] && labels.train.images == [1, 1])
      #expect(labels.train.ignoredPixels == 28 && labels.train.allPixels == 72)
      #expect(labels.validation.pixels == [48, 0] && labels.validation.images == [2, 0])
      #expect(
        inspection.warnings.map(\.description) == [
          "no validation mask holds a pixel of class cell",
          "1 of 3 training masks has no labelled pixel",
        ])
    }
  }

  @Test(arguments: ["train.txt", "val.txt"])
  func `masks that are all ignored are refused`(list: String) throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder)
      for name in list == "train.txt" ? ["t0", "t1", "t2"] : ["v0", "v1"] {
        try dataset.writeSample(name, ids: Array(repeating: 255, count: 24))
      }
      let error = #expect(throws: DataError.self) {
        try DataInspector().inspect(dataset.configuration, seed: 1)
      }
      let name = list == "train.txt" ? "training" : "validation"
      #expect(
        error?.description
          == "no pixel of the \(name) masks has a label: all are in data.ignore")
    }
  }

  @Test func `patches are counted as they would be cut and trained on`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      // The left half alone is labelled.
      let half = (0..<24).map { UInt8($0 % 6 < 3 ? $0 % 2 : 255) }
      for name in ["t0", "t1", "t2", "v0", "v1"] { try dataset.writeSample(name, ids: half) }
      dataset.configuration.geometry = .patches(
        Patches(size: Size(height: 2, width: 3), leastLabelled: 0.5))
      let inspection = try DataInspector().inspect(dataset.configuration, seed: 1)
      let loaded = try dataset.load()
      #expect(inspection.trainingSamples == 6 && loaded.train.count == 6)
      #expect(inspection.validationSamples == 8 && loaded.validation.count == 8)
      #expect(inspection.fingerprints == loaded.fingerprints)
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
      let inspection = try DataInspector().inspect(configuration, seed: 1)
      #expect(inspection.trainingSamples == 4)
      #expect(inspection.extent == [32, 48])
      #expect(!FileManager.default.fileExists(atPath: folder + "/scenes"))
      configuration.geometry = .crop(Size(height: 33, width: 33))
      #expect(throws: DataError.self) { try DataInspector().inspect(configuration, seed: 1) }
    }
  }

  @Test func `scenes that were changed since they were drawn are not believed`() throws {
    try withTemporaryFolder { folder in
      let scenes = GeneratedScenes(
        train: 2, validation: 1, size: Size(height: 16, width: 16), classes: 3, seed: 1)
      let place = folder + "/scenes"
      try scenes.write(to: place)
      let configuration = DataConfiguration(
        root: nil, source: .generated(scenes, folder: place), classes: scenes.classNames,
        ignore: [], geometry: .original, channels: 3, normalization: .dataset)
      #expect(try DataInspector().inspect(configuration, seed: 1).trainingSamples == 2)
      let masks = try FileManager.default.contentsOfDirectory(atPath: place + "/masks").sorted()
      try FileManager.default.removeItem(atPath: "\(place)/masks/\(masks[0])")
      try FileManager.default.copyItem(
        atPath: "\(place)/masks/\(masks[1])", toPath: "\(place)/masks/\(masks[0])")
      let error = #expect(throws: DataError.self) {
        try DataInspector().inspect(configuration, seed: 1)
      }
      #expect(error?.problems.first?.message.contains("they are drawn anew") == true)
    }
  }
}
