@testable import Datasets
import Digest
import Foundation
@testable import Groundwork
import Testing

@Suite struct GeneratedScenesTests {
  private let scenes = GeneratedScenes(
    train: 6, validation: 2, size: Size(height: 48, width: 64), classes: 5, seed: 3)

  private func configuration(_ folder: String) -> DataConfiguration {
    DataConfiguration(
      root: nil, source: .generated(scenes, folder: folder), classes: scenes.classNames,
      ignore: [], geometry: .original, channels: 3, normalization: .dataset)
  }

  private func contents(_ folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder).sorted() {
      files[name] = try? Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))
    }
    return files
  }

  @Test func `the same settings give the same bytes, another seed others`() throws {
    try withTemporaryFolder { folder in
      try scenes.write(to: folder + "/a")
      try scenes.write(to: folder + "/b")
      var other = scenes
      other.seed = 4
      try other.write(to: folder + "/c")
      let files = try contents(folder + "/a")
      #expect(files.count == 2 * 8 + 5)
      #expect(try contents(folder + "/b") == files)
      #expect(try contents(folder + "/c")["images/0000.jpg"] != files["images/0000.jpg"])
    }
  }

  @Test func `they load as any data set, with every class in it`() throws {
    try withTemporaryFolder { folder in
      let data = try SegmentationData.load(configuration(folder), seed: 1)
      #expect(data.train.count == 6)
      #expect(data.validation.count == 2)
      #expect(data.train.size == scenes.size)
      #expect(data.classStatistics.pixels.allSatisfy { $0 > 0 })
      #expect(data.train.names[2...3] == ["images/0002.jpg", "images/0003.png"])
      #expect(try ClassNames.read("classes.txt", root: folder) == scenes.classNames)
    }
  }

  @Test func `fewer classes leave the later shapes out`() throws {
    try withTemporaryFolder { folder in
      var three = scenes
      three.classes = 3
      try three.write(to: folder)
      for number in 0..<8 {
        let mask = try ImageFile.readMask(folder + "/masks/000\(number).png")
        #expect(mask.ids.allSatisfy { $0 < 3 })
      }
    }
  }

  @Test func `a complete drawing is used again, another or an interrupted one drawn over`() throws {
    try withTemporaryFolder { folder in
      var drawn = 0
      try scenes.write(to: folder) { _, _ in drawn += 1 }
      let files = try contents(folder)
      try scenes.write(to: folder) { _, _ in drawn += 1 }
      #expect(drawn == 8)
      try FileManager.default.removeItem(atPath: folder + "/scenes.txt")
      try Data().write(to: URL(fileURLWithPath: folder + "/masks/0001.png"))
      #expect(!scenes.areComplete(in: folder))
      try scenes.write(to: folder) { _, _ in drawn += 1 }
      #expect(drawn == 16)
      #expect(try contents(folder) == files)
      var other = scenes
      other.seed = 4
      #expect(!other.areComplete(in: folder))
    }
  }

  @Test func `settings that cannot be drawn are errors, all at once`() {
    let impossible = GeneratedScenes(
      train: 0, validation: 1, size: Size(height: 8, width: 64), classes: 6, seed: 1)
    let error = #expect(throws: DataError.self) { try impossible.write(to: "/tmp/never") }
    #expect(error?.problems.count == 3)
  }

  @Test func `a folder that cannot be made is an error with its path`() throws {
    try withTemporaryFolder { folder in
      try Data().write(to: URL(fileURLWithPath: folder + "/file"))
      let error = #expect(throws: DataError.self) { try scenes.write(to: folder + "/file/scenes") }
      #expect(error?.problems.first?.file == folder + "/file/scenes")
    }
  }
}
