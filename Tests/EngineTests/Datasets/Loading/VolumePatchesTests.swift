@testable import Datasets
@testable import Groundwork
import Testing

/// Patches of volumes, which are as many patches of their slices.
@Suite struct VolumePatchesTests {
  private let size = Size(height: 5, width: 7)

  /// Volumes of five and of four slices.
  private func dataset(
    _ folder: String, _ extent: SpatialExtent = [3, 4, 6], _ steps: SpatialExtent = [2, 3, 5]
  ) throws -> SmallDataset {
    var dataset = try SmallDataset(folder, train: 5, validation: 4)
    for name in (0..<5).map({ "t\($0)" }) + (0..<4).map({ "v\($0)" }) {
      try dataset.writeSample(name, size: size)
    }
    dataset.configuration.geometry = .patches(Patches(extent: extent, steps: steps))
    return dataset
  }

  @Test("slabs stand a stride apart, and the last ends with the volume")
  func slabs() {
    let patches = Patches(extent: [4, 8, 8], steps: [3, 8, 8])
    #expect(patches.slabs(of: 4) == [0..<4])
    #expect(patches.slabs(of: 5) == [0..<4, 1..<5])
    #expect(patches.slabs(of: 10) == [0..<4, 3..<7, 6..<10])
    #expect(patches.slabs(of: 11) == [0..<4, 3..<7, 6..<10, 7..<11])
    #expect(Patches(size: Size(square: 8)).slabs(of: 1) == [0..<1])
  }

  @Test("a sample is the same part of as many slices, one beneath the other")
  func samples() throws {
    try withTemporaryFolder { folder in
      let data = try dataset(folder).load()
      // Two slabs of each volume, and 2 × 2 places in each.
      #expect((data.train.count, data.validation.count) == (8, 8))
      #expect(data.train.extent == [3, 4, 6])
      #expect(data.train.size == Size(height: 12, width: 6))
      #expect(data.train.names[0] == "t0.png to t2.png[0:4, 0:6]")
      #expect(data.train.names[7] == "t2.png to t4.png[1:5, 1:7]")
      #expect((0..<8).map(data.train.number) == Array(0..<8))
      let sample = try data.train.sample(7)
      for (slice, name) in ["t2", "t3", "t4"].enumerated() {
        let pixels = try ImageFile.readImage("\(folder)/\(name).png").pixels
        let ids = try ImageFile.readMask("\(folder)/\(name)-mask.png").ids
        for row in 0..<4 {
          let (place, from) = ((slice * 4 + row) * 6, (1 + row) * 7 + 1)
          #expect(
            sample.image[place..<place + 6].elementsEqual(
              pixels[from..<from + 6].lazy.map(Float.init)))
          #expect(
            sample.labels[place..<place + 6].elementsEqual(
              ids[from..<from + 6].lazy.map(Label.init)))
        }
      }
    }
  }

  @Test("how they are read changes nothing in a batch")
  func batches() throws {
    try withTemporaryFolder { folder in try dataset(folder).expectEqualBatches(6) }
  }

  @Test("the data has the fingerprints that it has as images, and is counted before it is read")
  func fingerprints() throws {
    try withTemporaryFolder { folder in
      var dataset = try dataset(folder)
      let volumes = try dataset.load()
      let inspection = try DataInspector().inspect(dataset.configuration, seed: 7)
      #expect((inspection.trainingSamples, inspection.validationSamples) == (8, 8))
      #expect(inspection.extent == [3, 4, 6])
      #expect(inspection.fingerprints == volumes.fingerprints)
      dataset.configuration.geometry = .original
      #expect(try dataset.load().fingerprints == volumes.fingerprints)
    }
  }

  @Test("slices are put together of the patches that show them")
  func wholeImages() throws {
    try withTemporaryFolder { folder in
      let validation = try dataset(folder).load().validation
      let images = validation.wholeImages
      #expect(images.map(\.name) == (0..<4).map { "v\($0).png" })
      #expect(images.map(\.samples) == [0..<4, 0..<8, 0..<8, 4..<8])
      #expect(
        validation.imagesShown(of: images) == Array(repeating: 0..<3, count: 4)
          + Array(repeating: 1..<4, count: 4))
      for index in 0..<4 {
        let (raster, labels) = try validation.wholeImage(index)
        #expect(raster.pixels == (try ImageFile.readImage("\(folder)/v\(index).png").pixels))
        let ids = try ImageFile.readMask("\(folder)/v\(index)-mask.png").ids
        #expect(labels == ids.map { Label($0) })
      }
    }
  }

  @Test("slices without labels weigh nothing, and patches of them are not trained on")
  func sparse() throws {
    try withTemporaryFolder { folder in
      var dataset = try dataset(folder, [1, 5, 7], [1, 5, 7])
      for name in ["t0", "t1", "t3"] {
        try dataset.writeMask(name, size: size, ids: Array(repeating: 255, count: size.area))
      }
      #expect(try dataset.load().train.count == 5)
      dataset.configuration.geometry = .patches(
        Patches(extent: [1, 5, 7], steps: [1, 5, 7], leastLabelled: 0.5))
      #expect(try dataset.load().train.names.map { String($0.prefix(6)) } == ["t2.png", "t4.png"])
      dataset.configuration.geometry = .patches(
        Patches(extent: [2, 5, 7], steps: [1, 5, 7], leastLabelled: 0.5))
      let half = try dataset.load().train
      #expect(half.count == 3)
      #expect(try half.labels(0).prefix(35).allSatisfy { $0 == Labels.ignoreIndex })
      #expect(try half.labels(0).suffix(35).allSatisfy { $0 != Labels.ignoreIndex })
    }
  }

  @Test("a volume of fewer slices than a patch is mirrored, and no label counts twice")
  func mirrored() throws {
    #expect(Patches(extent: [9, 1, 1]).places(in: 2..<6) == [2, 3, 4, 5, 4, 3, 2, 3, 4])
    #expect(Patches(extent: [3, 1, 1]).places(in: 4..<5) == [4, 4, 4])
    try withTemporaryFolder { folder in
      let data = try dataset(folder, [6, 5, 7], [6, 5, 7]).load().validation
      #expect(
        data.count == 1 && data.wholeImages.map(\.samples) == Array(repeating: 0..<1, count: 4))
      let sample = try data.sample(0)
      let slices = (0..<6).map { Array(sample.image[$0 * 35..<($0 + 1) * 35]) }
      #expect(slices[4] == slices[2] && slices[5] == slices[1])
      #expect(sample.labels[..<140].allSatisfy { $0 != Labels.ignoreIndex })
      #expect(sample.labels[140...].allSatisfy { $0 == Labels.ignoreIndex })
    }
  }

  @Test("slices of several sizes are refused with their place")
  func problems() throws {
    try withTemporaryFolder { folder in
      let dataset = try dataset(folder, [2, 4, 6], [2, 4, 6])
      try dataset.writeSample("v2", size: Size(height: 6, width: 7))
      #expect(dataset.problems().count == 1)
      #expect(
        dataset.problems()[0].contains("image v2.png is 6×7, v0.png is 5×7 (height × width)"))
    }
  }

  @Test("images of two folders are two volumes")
  func volumes() throws {
    func sample(_ name: String) -> ListedSample {
      let file = ListedFile(name: name, path: FilePath("/data/\(name)"), slice: nil)
      return ListedSample(list: "list", line: 1, number: 0, images: [file], masks: [])
    }
    let samples = ["a/0.png", "a/1.png", "b/0.png", "b/1.png", "b/2.png"].map(sample)
    #expect(samples.volumes == [0..<2, 2..<5])
  }
}
