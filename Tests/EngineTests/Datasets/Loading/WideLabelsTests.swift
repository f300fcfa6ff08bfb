import CKernels
@testable import Datasets
import Foundation
@testable import Groundwork
import HDF5
import Testing

/// Data sets of more classes than a byte can name.
@Suite("Labels of 16 bits")
struct WideLabelsTests {
  private static let classes = 300

  /// Slices of one volume; masks of 16 bits and more name any of the classes.
  private func withVolume(
    _ body: (SmallDataset, _ ids: [Int]) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      let ids = (0..<5 * 24).map { $0 * 7 % Self.classes }
      let file = try HDF5File()
      try file.root.write(ids.map { UInt8($0 % 251) }, shape: [5, 4, 6], to: "raw")
      try file.root.write(
        ids.map { Int64($0 == 140 ? 60_000 : $0) }, shape: [5, 4, 6], to: "labels")
      try file.image().write(to: URL(fileURLWithPath: folder + "/v.h5"))
      try dataset.writeText("train.txt", "v.h5:/raw[0:3] v.h5:/labels[0:3]\n")
      try dataset.writeText("val.txt", "v.h5:/raw[3:5] v.h5:/labels[3:5]\n")
      dataset.configuration.classes = (0..<Self.classes).map { "c\($0)" }
      dataset.configuration.ignore = [60_000]
      try body(dataset, ids)
    }
  }

  @Test("labels above 255 are read, kept, counted and put in batches")
  func loading() throws {
    try withVolume { dataset, ids in
      let expected = ids.map { $0 == 140 ? Labels.ignoreIndex : Label($0) }
      for cacheBytes in [0, 1 << 20] {
        let data = try dataset.load(cacheBytes: cacheBytes)
        for index in 0..<3 {
          #expect(
            try data.train.labels(index) == Array(expected[index * 24..<(index + 1) * 24]))
        }
        for (id, count) in data.classStatistics.pixels.enumerated() {
          #expect(count == UInt64(expected[..<72].count { $0 == Label(id) }))
        }
        let loader = Loader(evaluating: data.validation, batchSize: 2)
        let batch = try loader.next()
        #expect(
          Array(UnsafeBufferPointer(start: batch.labels, count: 48)) == Array(expected[72...]))
        withExtendedLifetime(loader) {}
      }
      try dataset.expectEqualBatches(3, [CopyPaste(.sample(CopyPaste.fields))])
    }
  }

  @Test("what is found in masks is remembered with every class")
  func inspection() throws {
    try withVolume { dataset, ids in
      let folder = dataset.folder + "/cache"
      let found = try (0..<2).map { _ in
        try DataInspector(cache: InspectionCache(folder: folder))
          .inspect(dataset.configuration, seed: 1)
      }
      #expect(found[0].labels == found[1].labels)
      let table = try #require(found[0].labels?.train)
      #expect(table.pixels[287] == UInt64(ids[..<72].count { $0 == 287 }))
      #expect(table.ignoredPixels == UInt64(ids[..<72].count { $0 == 140 }))
      #expect(found[0].labelBytes == 2)
    }
  }

  @Test("a byte a label is kept where all classes fit", arguments: [255, 256])
  func storage(values: Int) {
    let labels = (0..<values).map { Label($0) } + [Labels.ignoreIndex]
    let stored = StoredLabels(labels, values: values)
    #expect(stored.labels == labels && stored.count == labels.count)
    if case .bytes = stored { #expect(values == 255) } else { #expect(values == 256) }
    #expect(StoredLabels.bytesPerLabel(values: values) == (values == 255 ? 1 : 2))
  }

  @Test("the kernels have room for as many classes as a data set may have")
  func room() {
    #expect(Labels.maximumClasses == Int(CK_MAX_CLASSES))
    #expect(Int(Labels.ignoreIndex) == Int(CK_IGNORED))
  }

  @Test("every map of an augmentation moves all planes alike")
  func planes() throws {
    let size = Size(height: 24, width: 30)
    let one = coordinateScene(size: size)
    for type in AugmentationConformanceTests.types {
      let fields = FieldValues.sample(
        type.fields, type is Rotate90.Type ? ["turns": .name("half")] : [:])
      let augmentation = try type.init(fields)
      guard !(augmentation is CopyPaste) else { continue }
      for draw in 0..<6 {
        func result(planes: Int) -> Sample {
          func scene(_ mirrored: Bool) -> Sample {
            let plain = coordinateScene(size: size, mirrored: mirrored)
            return Sample(
              size: size, channels: 3, image: plain.image,
              labels: (0..<planes).flatMap { plane in plain.labels.map { $0 + 1000 * Label(plane) }
              },
              planes: planes, fill: plain.fill)
          }
          var sample = scene(false)
          var random = RandomStream(seed: 5, purpose: .init("planes"), sample: draw)
          sample.partners = (0..<augmentation.partners(random)).map { _ in scene(true) }
          augmentation.apply(to: &sample, random: &random)
          return sample
        }
        let (single, several) = (result(planes: 1), result(planes: 3))
        #expect(several.image == single.image && several.planes == 3)
        #expect(several.size == single.size && one.planes == 1)
        for plane in 0..<3 {
          let start = plane * single.labels.count
          let expected = single.labels.map {
            $0 == Labels.ignoreIndex ? $0 : $0 + 1000 * Label(plane)
          }
          #expect(
            Array(several.labels[start..<start + single.labels.count]) == expected,
            "\(type.name), plane \(plane)")
        }
      }
    }
  }
}
