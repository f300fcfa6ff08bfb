@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

/// What is wrong with a data set is told, all of it, with place and remedy.
@Suite struct SegmentationDataTests {
  private func problems(_ change: (inout SmallDataset) throws -> Void) throws -> [String] {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      try change(&dataset)
      return dataset.problems().map { $0.replacingOccurrences(of: folder + "/", with: "") }
    }
  }

  @Test func `sound data loads`() throws {
    #expect(try problems { _ in } == [])
  }

  @Test func `all problems are found in one pass, in the order of the lists`() throws {
    let found = try problems { dataset in
      try FileManager.default.removeItem(atPath: dataset.folder + "/t0.png")
      let path = dataset.folder + "/t1.png"
      try Data(contentsOf: URL(fileURLWithPath: path)).dropLast(30)
        .write(to: URL(fileURLWithPath: path))
      let size = Size(height: 2, width: 3)
      try dataset.writeMask("t2", size: size, ids: Array(repeating: 0, count: 6))
      try dataset.writeSample("v0", ids: [3, 3, 3] + Array(repeating: 0, count: 21))
    }
    #expect(found.count == 4)
    #expect(found[0] == "train.txt:1: image t0.png: does not exist: correct the path or data.root")
    #expect(found[1].hasPrefix("train.txt:2: image t1.png: "))
    #expect(found[1].contains("cut short"))
    #expect(found[2].contains("image t2.png is 4×6, mask t2-mask.png is 2×3"))
    #expect(
      found[3] == "val.txt:1: mask v0-mask.png: holds 3 (3 pixels, the first at x 0, y 0), but 2 "
        + "classes are listed: where it is cell set data.values: {0: background, 3: cell}")
  }

  @Test func `both files of a sample are looked at`() throws {
    let found = try problems { dataset in
      try dataset.writeText("t0.png", "")
      try FileManager.default.removeItem(atPath: dataset.folder + "/t0-mask.png")
    }
    #expect(
      found == [
        "train.txt:1: image t0.png: is empty: put the image in its place",
        "train.txt:1: mask t0-mask.png: does not exist: correct the path or data.root",
      ])
  }

  @Test func `a black and white mask is recognised`() throws {
    let found = try problems { dataset in
      dataset.configuration.ignore = []
      try dataset.writeSample("t0", ids: (0..<24).map { $0 < 5 ? 255 : 0 })
    }
    #expect(found.count == 1)
    #expect(found[0].contains("holds 255 (5 pixels, the first at x 0, y 0)"))
    #expect(found[0].hasSuffix("where 0 is background and 255 is cell set data.values: binary"))
  }

  @Test func `JPEG masks are refused`() throws {
    let found = try problems { dataset in
      let mask = Raster(
        size: Size(height: 4, width: 6), channels: 1, pixels: Array(repeating: 0, count: 24))
      try ImageFile.write(mask, to: dataset.folder + "/t0-mask.jpg")
      try FileManager.default.removeItem(atPath: dataset.folder + "/t0-mask.png")
      try FileManager.default.moveItem(
        atPath: dataset.folder + "/t0-mask.jpg", toPath: dataset.folder + "/t0-mask.png")
    }
    #expect(
      found == [
        "train.txt:1: mask t0-mask.png: is JPEG, which changes class ids: write masks as PNG, or where "
          + "there are two classes say from which value on a pixel is of the second, data.values: "
          + "{threshold: 128}"
      ])
  }

  @Test func `images of several sizes need one remedy, told once`() throws {
    let found = try problems { dataset in
      for name in ["t1", "v0", "v1"] {
        try dataset.writeSample(name, size: Size(height: 6, width: 6))
      }
    }
    #expect(
      found == [
        "train.txt:2: image t1.png is 6×6, t0.png is 4×6 (height × width), "
          + "and 2 more images differ: set data.size, data.crop or data.patches"
      ])
    #expect(
      try problems { dataset in
        try dataset.writeSample("t1", size: Size(height: 6, width: 6))
        dataset.configuration.geometry = .crop(Size(height: 4, width: 6))
      } == [])
  }

  @Test func `a crop larger than an image is an error`() throws {
    let found = try problems { $0.configuration.geometry = .crop(Size(height: 4, width: 7)) }
    #expect(found.count == 5)
    #expect(found[0].contains("image t0.png is 4×6, too small for data.crop 4×7"))
  }

  @Test func `what validates must not train`() throws {
    let found = try problems { try $0.writeList("val.txt", ["v0", "t1"]) }
    #expect(
      found == [
        "val.txt:2: image t1.png is also line 2 of train.txt: "
          + "what validates must not have been trained on"
      ])
  }

  @Test func `missing lists, all of them, and labels that are all ignored are errors`() throws {
    let found = try problems { dataset in
      dataset.configuration.source = .lists(train: "a.txt", validation: .list("b.txt"))
    }
    #expect(
      found == ["a.txt", "b.txt"].map { "\($0): does not exist: correct the path or data.root" })
    let unlabelled = try problems { $0.configuration.ignore = [0, 1] }
    #expect(unlabelled.count == 1)
    #expect(unlabelled[0].contains("no pixel of the training masks has a label"))
  }

  @Test func `normalisation must fit the channels`() throws {
    for normalization in [
      .imagenet, .fixed(mean: [0, 0, 0], deviation: [1, 1, 1]), .fixed(mean: [0], deviation: [0]),
    ] as [DataConfiguration.Normalization] {
      #expect(try problems { $0.configuration.normalization = normalization }.count == 1)
    }
  }

  @Test func `only the first twenty problems are shown`() {
    let error = DataError((1...25).map { DataProblem(file: "a.txt", line: $0, "is bad") })
    let lines = error.description.split(separator: "\n")
    #expect(lines.count == 21)
    #expect(lines[19] == "a.txt:20: is bad")
    #expect(lines[20] == "… and 5 more problems of the data")
  }

  @Test func `ignored ids become the ignore index and do not count`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder, train: 1, validation: 1)
      dataset.configuration.ignore = [7, 255]
      try dataset.writeSample("t0", ids: [7, 255, 1, 1] + Array(repeating: 0, count: 20))
      let data = try dataset.load()
      #expect(try data.train.labels(0).prefix(4) == [Labels.ignoreIndex, Labels.ignoreIndex, 1, 1])
      #expect(data.classStatistics.pixels == [20, 2])
      #expect(data.classStatistics.pixelsOfImagesWithClass == [22, 22])
    }
  }

  @Test func `a fraction of the list validates, and samples keep their numbers`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder, train: 10, validation: 1)
      dataset.configuration.source = .lists(train: "train.txt", validation: .fraction(0.2))
      let data = try SegmentationData.load(dataset.configuration, seed: 42)
      #expect(data.validation.names == ["t1.png", "t3.png"])
      #expect(data.train.samples.map(\.number) == [0, 2, 4, 5, 6, 7, 8, 9])
      dataset.configuration.source = .lists(train: "train.txt", validation: .fraction(0.01))
      #expect(dataset.problems().first?.contains("leaves none to validate") == true)
    }
  }

  /// Photographs of 64×96, of which a quarter of the height and a sixth of the width is asked for.
  private func photographs(_ folder: String) throws -> SmallDataset {
    var dataset = try SmallDataset(folder)
    let size = Size(height: 64, width: 96)
    for (place, name) in ["t0", "t1", "t2", "v0", "v1"].enumerated() {
      try dataset.writeSample(name, size: size)
      let pixels = (0..<size.area).map { UInt8(($0 % 96 * 2 + $0 / 96 + place) & 255) }
      try ImageFile.write(
        Raster(size: size, channels: 1, pixels: pixels), to: "\(folder)/\(name).jpg", quality: 95)
      try FileManager.default.removeItem(atPath: "\(folder)/\(name).png")
      try FileManager.default.moveItem(
        atPath: "\(folder)/\(name).jpg", toPath: "\(folder)/\(name).png")
    }
    dataset.configuration.geometry = .resize(Size(height: 16, width: 16))
    return dataset
  }

  @Test func `photographs that are made smaller are decoded smaller, masks in full`() throws {
    try withTemporaryFolder { folder in
      let data = try photographs(folder).load()
      var (decoded, resized, scratch) = (Raster(), Raster(), [Float]())
      let mask = try ImageFile.readMask(folder + "/t0-mask.png")
      var labels = LabelPlanes()
      let extent = try ImageFile.decode(
        FileBytes.read(folder + "/t0.png"), atLeast: Size(height: 32, width: 32), into: &decoded)
      #expect(decoded.size == Size(height: 32, width: 48))
      decoded.resize(extent, to: data.train.size, into: &resized, &scratch)
      #expect(try data.train.image(0) == resized)
      #expect(mask.size == Size(height: 64, width: 96))
      LabelPlanes(mask.size, mask.ids.map { Label($0) }).resize(to: data.train.size, into: &labels)
      #expect(try data.train.labels(0) == labels.labels)
    }
  }

  @Test func `statistics are those of the pixels that are trained on`() throws {
    try withTemporaryFolder { folder in
      let data = try photographs(folder).load()
      var pixels = PixelStatistics(channels: 1)
      for index in 0..<3 { pixels.add(PixelStatistics(of: try data.train.image(index))) }
      #expect(data.mean == pixels.mean.map { Float($0 / 255) })
      #expect(data.deviation == pixels.deviation.compactMap { $0 }.map { Float($0 / 255) })
    }
  }

  @Test func `image and mask must agree in the size of the files, whatever is decoded`() throws {
    try withTemporaryFolder { folder in
      let dataset = try photographs(folder)
      let size = Size(height: 32, width: 48)
      try dataset.writeMask("t1", size: size, ids: Array(repeating: 0, count: size.area))
      #expect(
        dataset.problems().map { $0.replacingOccurrences(of: folder + "/", with: "") } == [
          "train.txt:2: image t1.png is 64×96, mask t1-mask.png is 32×48 (height × width): "
            + "they must show the same pixels"
        ])
    }
  }

  @Test func `pixels, digests and counts do not depend on what was read before`() throws {
    try withTemporaryFolder { folder in
      var dataset = try photographs(folder)
      dataset.configuration.stack = ImageStack(channels: 3)
      // Every size, kind of file and geometry goes through the same buffers.
      for geometry in [
        .resize(Size(height: 16, width: 16)), .resize(Size(height: 64, width: 96)),
        .resize(Size(height: 80, width: 100)), .crop(Size(height: 20, width: 31)), .original,
      ] as [DataConfiguration.Geometry] {
        dataset.configuration.geometry = geometry
        let catalogue = try Catalogue(dataset.configuration, seed: 1)
        let reader = SampleReader(dataset.configuration)
        var buffers = SampleBuffers()
        for sample in catalogue.train + catalogue.validation + catalogue.train {
          var fresh = SampleBuffers()
          let (again, first) = (
            try reader.read(sample, &buffers), try reader.read(sample, &fresh)
          )
          #expect(again.sample.raster == first.sample.raster)
          #expect(again.sample.labels == first.sample.labels)
          #expect(again.facts.digest == first.facts.digest)
        }
      }
    }
  }

  @Test(arguments: [1, 3])
  func `samples are received in the order of the list`(threads: Int) throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder, train: 30)
      let samples = try Catalogue(dataset.configuration, seed: 1).train
      let reader = SampleReader(dataset.configuration)
      var names: [String] = []
      SampleReader.forEach(samples, threads: threads) { sample, _, buffers throws(DataError) in
        _ = try reader.read(sample, &buffers)
        return sample.imageName
      } receive: { index, name in
        #expect(names.count == index)
        names += [(try? name.get()) ?? "failed"]
      }
      #expect(names == samples.map(\.imageName))
    }
  }

  @Test func `progress counts every sample`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder)
      var calls: [[Int]] = []
      _ = try SegmentationData.load(dataset.configuration, seed: 1) { calls.append([$0, $1]) }
      #expect(calls == [[1, 5], [2, 5], [3, 5], [4, 5], [5, 5]])
    }
  }

  @Test func `every sample validates in one fold and trains in the others`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder, train: 7)
      let all = (0..<7).map { "t\($0).png" }
      var validated: [String] = []
      for fold in 1...3 {
        dataset.configuration.source = .lists(train: "train.txt", validation: .fold(fold, of: 3))
        let data = try SegmentationData.load(dataset.configuration, seed: 5)
        validated += data.validation.names
        #expect(data.train.names == all.filter { !data.validation.names.contains($0) })
        #expect(
          data.fingerprints.map(\.samples) == [data.train.count, data.validation.count, 7])
        #expect(
          try DataInspector().inspect(dataset.configuration, seed: 5).fingerprints
            == data.fingerprints)
      }
      #expect(validated.sorted() == all)
    }
  }

  @Test func `folds need as many samples and no image twice`() throws {
    #expect(
      try problems {
        $0.configuration.source = .lists(train: "train.txt", validation: .fold(1, of: 4))
      } == ["train.txt: 4 folds of 3 samples would leave some empty: use at most 3"])
    #expect(
      try problems {
        try $0.writeList("train.txt", ["t0", "t1", "t0"])
        $0.configuration.source = .lists(train: "train.txt", validation: .fold(1, of: 2))
      } == [
        "train.txt:3: image t0.png is also line 1: "
          + "what validates in one fold must not train in it"
      ])
  }
}
