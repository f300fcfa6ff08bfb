@testable import Datasets
import Digest
import Foundation
@testable import Groundwork
@testable import Learning
import Testing

@Suite struct RepeatedImagesTests {
  /// What is said of a small data set that was changed, without the folder.
  private func said(
    _ change: (inout SmallDataset) throws -> Void
  ) throws -> (problems: [String], warnings: [String]) {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      try change(&dataset)
      func words(_ problems: [DataProblem]) -> [String] {
        problems.map { $0.description.replacingOccurrences(of: folder + "/", with: "") }
      }
      do {
        let inspection = try DataInspector().inspect(dataset.configuration, seed: 3)
        return ([], words(inspection.warnings))
      } catch let error as DataError {
        return (words(error.problems), words(error.warnings))
      }
    }
  }

  private func link(_ name: String, to target: String, in folder: String) throws {
    try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder)/\(name)", withDestinationPath: target)
  }

  private let trained = "what validates must not have been trained on"

  @Test func `an image that was trained on is found under another spelling`() throws {
    let found = try said { try $0.writeText("val.txt", "./t1.png v0-mask.png\n") }
    #expect(found.problems == ["val.txt:1: image ./t1.png is also line 2 of train.txt: \(trained)"])
  }

  @Test func `one list for both is found`() throws {
    let found = try said { dataset in
      dataset.configuration.source = .lists(train: "train.txt", validation: .list("train.txt"))
    }
    #expect(found.problems.count == 3)
    #expect(
      found.problems.first == "train.txt:1: image t0.png is also line 1: \(trained)")
  }

  @Test func `slices that validate are told of where training sees them`() {
    func slice(_ index: Int) -> ListedFile {
      let slice = VolumeSlice(file: FilePath("v.h5"), dataset: "/raw", index: index)
      return ListedFile(name: "\(index)", path: FilePath(slice.name), slice: slice)
    }
    func digest(_ index: Int) -> SHA256.Value {
      SHA256.Value(bytes: Array(repeating: UInt8(index), count: SHA256.Value.count))!
    }
    func warnings(validating index: Int) -> [String] {
      var samples: [ListedSample] = []
      for own in [0, index] {
        var sample = ListedSample(
          list: own == 0 ? "train.txt" : "val.txt", line: own + 1, number: 0,
          images: [slice(own)], masks: [ListedFile(name: "m", path: FilePath("m"), slice: nil)])
        sample.stackedImages = [slice(own), slice(own + 1)]
        samples.append(sample)
      }
      let facts = [0, index].map { own in
        SampleFacts(
          originalSize: Size(height: 1, width: 1),
          digest: SampleDigest(
            images: [digest(own), digest(own + 1)], masks: [digest(99)], roi: nil),
          isUniform: false, depths: [], white: nil)
      }
      let catalogue = Catalogue(train: [samples[0]], validation: [samples[1]])
      return RepeatedImages(catalogue, facts).warnings.map(\.description)
    }
    #expect(warnings(validating: 2) == [])
    #expect(
      warnings(validating: 1) == [
        "train.txt:1: image 0 is trained on beside a slice that validates: leave as many slices out "
          + "between the two as data.slices shows"
      ])
  }

  @Test func `links and copies are found`() throws {
    let linked = try said { try link("v0.png", to: "t2.png", in: $0.folder) }
    #expect(linked.problems == ["val.txt:1: image v0.png is also line 3 of train.txt: \(trained)"])
    let copied = try said { dataset in
      try FileManager.default.removeItem(atPath: dataset.folder + "/v1.png")
      try FileManager.default.copyItem(
        atPath: dataset.folder + "/t0.png", toPath: dataset.folder + "/v1.png")
    }
    #expect(
      copied.problems
        == ["val.txt:2: image v1.png is a copy of t0.png, line 1 of train.txt: \(trained)"])
  }

  @Test(
    arguments: [DataConfiguration.Validation.fraction(0.4), .fold(1, of: 2)])
  func `copies in a list that is parted are found`(
    validation: DataConfiguration.Validation
  ) throws {
    let change = { (dataset: inout SmallDataset) throws -> Void in
      try dataset.writeList("train.txt", ["t0", "t1", "t2", "t0"])
      dataset.configuration.source = .lists(train: "train.txt", validation: validation)
    }
    #expect(
      try said(change).problems == [
        "train.txt:4: image t0.png is also line 1: what validates in one fold must not train in it"
      ])
    // Together they can only train or only validate.
    let grouped = try said { dataset in
      try change(&dataset)
      dataset.configuration.groups = .pattern("^t[0-9]")
    }
    #expect(grouped.problems == [])
  }

  @Test func `images of one value are no copies of each other`() throws {
    let found = try said { dataset in
      for name in ["t0", "v0"] {
        try ImageFile.write(
          Raster(
            size: Size(height: 4, width: 6), channels: 1, pixels: Array(repeating: 0, count: 24)),
          to: "\(dataset.folder)/\(name).png")
      }
    }
    #expect(found.problems == [])
  }

  @Test func `a mask that is its own image is refused, an image with two masks is said`() throws {
    let found = try said { dataset in
      try dataset.writeText(
        "train.txt",
        "t0-mask.png t0-mask.png\nt1.png t1-mask.png\nt1.png t2-mask.png\n")
    }
    #expect(
      found.problems
        == ["train.txt:1: image t0-mask.png and mask t0-mask.png are the same file"])
    #expect(
      found.warnings.first == "train.txt:3: image t1.png is also line 2, with another mask")
  }

  @Test func `a line that is repeated to weigh more is fine`() throws {
    let found = try said { try $0.writeList("train.txt", ["t0", "t1", "t0"]) }
    #expect(found.problems == [] && found.warnings == [])
  }

  @Test func `names that differ in their normal form alone are two files`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder)
      let (composed, decomposed) = ("\u{E9}", "e\u{301}")
      for (name, value) in [(composed, 1), (decomposed, 2)] {
        let pixels = (0..<24).map { UInt8($0 * value) }
        try ImageFile.write(
          Raster(size: Size(height: 4, width: 6), channels: 1, pixels: pixels),
          to: "\(folder)/\(name).png")
      }
      try dataset.writeText(
        "train.txt", "\(composed).png t0-mask.png\n\(decomposed).png t1-mask.png\n")
      let data = try dataset.load()
      #expect(try data.train.image(0).pixels[3] == 3)
      #expect(try data.train.image(1).pixels[3] == 6)
    }
  }

  @Test func `what all samples have behind their first image makes none a copy of another`() throws
  {
    func lines(_ names: [String], _ other: (String) -> String) -> String {
      names.map { "\($0).png;\(other($0)).png \($0)-mask.png\n" }.joined()
    }
    func problems(_ other: (String) -> String) throws -> [String] {
      try said { dataset in
        try dataset.writeSample("map")
        dataset.configuration.stack = ImageStack(images: [1, 1])
        try dataset.writeText("train.txt", lines(["t0", "t1"], other))
        try dataset.writeText("val.txt", lines(["v0"], other))
      }.problems
    }
    #expect(try problems { _ in "map" } == [])
    #expect(
      try problems { $0 == "v0" ? "t1" : "map" }
        == ["val.txt:1: image t1.png is also line 2 of train.txt: \(trained)"])
    #expect(
      try problems { $0 == "t0" ? "v0" : "map" }
        == ["val.txt:1: image v0.png is also line 1 of train.txt: \(trained)"])
  }
}
