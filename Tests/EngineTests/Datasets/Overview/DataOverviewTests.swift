@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

@Suite struct DataOverviewTests {
  private func overview(
    _ dataset: SmallDataset, threads: Int = 2, cache: InspectionCache = InspectionCache(folder: nil)
  ) throws -> DataOverview {
    let source = try OverviewSource(dataset.configuration, seed: 1, test: nil)
    return DataOverviewer(source, cache: cache, threads: threads).overview()
  }

  private func write(_ image: Raster, _ name: String, in folder: String) throws {
    try ImageFile.write(image, to: "\(folder)/\(name).png")
    let ids = image.pixels.map { UInt8($0 > 128 ? 1 : 0) }
    try ImageFile.write(Mask(size: image.size, ids: ids), to: "\(folder)/\(name)-mask.png")
  }

  @Test func `sets, sizes, values and classes are counted`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder)
      let found = try overview(dataset)
      #expect(found.problems.isEmpty)
      #expect(found.sets.map(\.name) == ["train", "validation"])
      #expect(found.sets.map(\.samples.count) == [3, 2])
      #expect(found.sets[0].sizes.map(\.size) == [Size(height: 4, width: 6)])
      #expect(found.classes.map(\.name) == ["background", "cell"])
      let pixels = try (0..<3).flatMap { try ImageFile.readImage("\(folder)/t\($0).png").pixels }
      let cells = pixels.count { $0 % 3 == 0 }
      #expect(found.sets[0].labels.map(\.pixels) == [UInt64(72 - cells), UInt64(cells)])
      #expect(found.sets[0].share(of: 1) == Double(cells) / 72)
      let channel = found.sets[0].images[0].channels[0]
      #expect(abs(channel.moments.mean - pixels.reduce(0.0) { $0 + Double($1) } / 72) < 1e-9)
      #expect(found.statistics.pixels == found.sets[0].labels.map(\.pixels))
    }
  }

  @Test func `the number of threads changes nothing`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder, train: 9, validation: 4)
      let (one, four) = (try overview(dataset, threads: 1), try overview(dataset, threads: 4))
      #expect(one.sets.map(\.overviews) == four.sets.map(\.overviews))
      #expect(one.sets.map(\.images) == four.sets.map(\.images))
      #expect(one.sets.map(\.labels) == four.sets.map(\.labels))
      #expect(one.duplicates.groups == four.duplicates.groups)
    }
  }

  @Test func `copies and images that look alike are found within sets and across them`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      for name in ["t0", "t1", "t2", "v0", "v1"].enumerated() {
        try write(PerceptualHashTests.scene(UInt64(name.offset + 10)), name.element, in: folder)
      }
      let copy = PerceptualHashTests.scene(10)
      // The same bytes, and brighter.
      try write(copy, "v1", in: folder)
      let bright = Raster(
        size: copy.size, channels: 1, pixels: copy.pixels.map { $0 < 240 ? $0 + 9 : $0 })
      try write(bright, "t2", in: folder)
      dataset.configuration.geometry = .original
      let found = try overview(dataset)
      #expect(found.copies.map(\.places) == [[.init(set: 0, sample: 0), .init(set: 1, sample: 1)]])
      #expect(found.copies[0].isLeak)
      // The check before a training refuses them.
      #expect(found.problems.count == 1)
      #expect(found.problems[0].message.contains("v1.png is a copy of t0.png"))
      #expect(
        found.duplicates.groups.map(\.places) == [
          [.init(set: 0, sample: 0), .init(set: 0, sample: 2), .init(set: 1, sample: 1)]
        ])
      #expect(found.duplicates.leaks.map(\.places) == [[.init(set: 1, sample: 1)]])
      // The copies themselves are no pair of those that look alike.
      #expect(found.duplicates.pairs == 2)
      // Images that look alike rightly have like masks.
      #expect(!found.suspicions.contains { $0.kind == .sharedMask })
    }
  }

  @Test func `everything that is wrong is told at once, and the rest is counted`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder, train: 4)
      try dataset.writeMask(
        "t0", size: Size(height: 4, width: 5), ids: Array(repeating: 0, count: 20))
      try dataset.writeMask(
        "t1", size: Size(height: 4, width: 6), ids: Array(repeating: 7, count: 24))
      try Data("no image".utf8).write(to: URL(fileURLWithPath: folder + "/t2.png"))
      let found = try overview(dataset)
      let messages = found.problems.map(\.description)
      #expect(messages.count == 3, "\(messages)")
      #expect(
        messages.contains { $0.contains("train.txt:1") && $0.contains("mask t0-mask.png is 4×5") })
      #expect(messages.contains { $0.contains("train.txt:2") && $0.contains("holds 7 (24 pixels") })
      #expect(messages.contains { $0.contains("train.txt:3") })
      #expect(found.sets[0].unreadable == 1)
      #expect(found.sets[0].masked == 1)
      #expect(found.sets[0].pixels == 24)
    }
  }

  @Test func `masks and images that may be mistakes are named`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder, train: 7)
      let size = Size(height: 4, width: 6)
      try dataset.writeMask("t0", size: size, ids: Array(repeating: 255, count: 24))
      try dataset.writeMask("t1", size: size, ids: Array(repeating: 1, count: 24))
      try ImageFile.write(
        Raster(size: size, channels: 1, pixels: Array(repeating: 9, count: 24)),
        to: folder + "/t2.png")
      // The image holds the ids.
      let ids = (0..<24).map { UInt8($0 % 5 == 0 ? 1 : 0) }
      try ImageFile.write(Raster(size: size, channels: 1, pixels: ids), to: folder + "/t3.png")
      try dataset.writeMask("t3", size: size, ids: ids)
      let shared = (0..<24).map { UInt8($0 % 7 == 0 ? 1 : 0) }
      for name in ["t2", "t6"] {
        try dataset.writeMask(
          name, size: size, ids: (0..<24).map { $0 < name.utf8.last! - 46 ? 1 : 0 })
      }
      // Two images that do not look alike.
      let checks = (0..<24).map { UInt8(($0 / 6 + $0 % 6) % 2 == 0 ? 220 : 20) }
      try ImageFile.write(
        Raster(size: size, channels: 1, pixels: checks), to: folder + "/t5.png")
      for name in ["t4", "t5"] { try dataset.writeMask(name, size: size, ids: shared) }
      let found = try overview(dataset)
      func samples(_ kind: Suspicion.Kind) -> [Int]? {
        found.suspicions.first { $0.kind == kind }?.places.filter { $0.set == 0 }.map(\.sample)
      }
      #expect(samples(.ignoredMask) == [0])
      #expect(samples(.oneClass) == [1])
      #expect(samples(.blankImage) == [2])
      #expect(samples(.maskIsImage) == [3])
      #expect(samples(.sharedMask) == [4, 5])
      #expect(samples(.antialiasedMask) == nil && samples(.compressedMask) == nil)
    }
  }

  @Test func `lists without a spec show values, colours and images without masks`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder)
      try dataset.writeMask(
        "t0", size: Size(height: 4, width: 6), ids: (0..<24).map { $0 < 6 ? 200 : 3 })
      try dataset.writeText("plain.txt", "t0.png\nt1.png\n")
      let source = try OverviewSource(lists: [folder + "/train.txt", folder + "/plain.txt", folder])
      let found = DataOverviewer(source).overview()
      #expect(found.sets.map(\.name)[..<2] == ["train", "plain"])
      #expect(!found.knowsClasses)
      #expect(found.classes.map(\.value) == [0, 1, 3, 200])
      #expect(found.sets[0].labels[3].pixels == 6)
      #expect(found.sets[1].masked == 0 && found.sets[1].samples.count == 2)
      #expect(found.sets[2].samples.count == 10)
    }
  }

  @Test func `what is remembered is what was found, as long as the files are the same`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder)
      let source = try OverviewSource(dataset.configuration, seed: 1, test: nil)
      var buffers = SampleBuffers()
      let entries = try source.sets[0].samples.map { sample in
        (
          sample: sample, stamps: sample.filesOfItsOwn.compactMap { FileStamp($0.path) },
          overview: try #require(source.reader.look(at: sample, &buffers).overview)
        )
      }
      let memory = OverviewMemory(entries, reading: "a")
      let bytes = memory.encoded
      #expect(OverviewMemory(encoded: bytes) == memory)
      for entry in entries {
        #expect(memory.recall(entry.sample, "a") == entry.overview)
        #expect(memory.recall(entry.sample, "b") == nil)
      }
      try dataset.writeSample("t1", ids: Array(repeating: 0, count: 24))
      #expect(memory.recall(entries[1].sample, "a") == nil)
      for place in stride(from: 0, to: bytes.count, by: 97) {
        var damaged = bytes
        damaged[place] ^= 4
        #expect(OverviewMemory(encoded: damaged) == nil)
      }
      #expect(OverviewMemory(encoded: Array(bytes.dropLast())) == nil)
    }
  }

  @Test func `every class is among the chosen samples, the same every time`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder, train: 40)
      for number in 0..<40 where number != 31 {
        try dataset.writeMask(
          "t\(number)", size: Size(height: 4, width: 6), ids: Array(repeating: 0, count: 24))
      }
      for name in ["v0", "v1"] {
        try dataset.writeMask(
          name, size: Size(height: 4, width: 6), ids: Array(repeating: 0, count: 24))
      }
      let found = try overview(dataset)
      let choice = SampleChoice(found, count: 4)
      #expect(choice.places.count == 4)
      #expect(choice.places.contains(.init(set: 0, sample: 31)))
      #expect(SampleChoice(found, count: 4).places == choice.places)
    }
  }
}
