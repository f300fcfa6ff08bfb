@testable import Datasets
import Foundation
@testable import Groundwork
@testable import Tasks
import Testing

@Suite("Data whose pixels have several labels")
struct SeveralLabelsTests {
  private static let size = Size(height: 4, width: 6)

  /// Grey images with masks of three classes, which overlap.
  private func withMasks(
    _ body: (inout SmallDataset, _ masks: [String: [UInt8]]) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      dataset.configuration.reading = MultilabelTask().reading
      dataset.configuration.classes = ["cell", "nucleus", "border"]
      var masks: [String: [UInt8]] = [:]
      for name in ["t0", "t1", "t2", "v0", "v1"] {
        let start = name.utf8.reduce(0) { $0 + Int($1) }
        masks["\(name)-cell"] = (0..<24).map { ($0 + start) % 2 == 0 ? 1 : 0 }
        masks["\(name)-nucleus"] = (0..<24).map { ($0 + start) % 3 == 0 ? 200 : 0 }
        masks["\(name)-border"] = (0..<24).map { $0 == 5 ? 255 : $0 > 20 ? 7 : 0 }
      }
      for (name, ids) in masks { try dataset.write(name, ids) }
      for (list, names) in [("train.txt", ["t0", "t1", "t2"]), ("val.txt", ["v0", "v1"])] {
        try dataset.writeText(
          list,
          names.map { "\($0).png \($0)-cell.png;\($0)-nucleus.png;\($0)-border.png\n" }
            .joined())
      }
      try body(&dataset, masks)
    }
  }

  /// `[3, H, W]`
  private func labels(_ masks: [String: [UInt8]], _ name: String) -> [Label] {
    let planes = ["cell", "nucleus", "border"].map { masks["\(name)-\($0)"] ?? [] }
    return planes.flatMap { plane in
      (0..<24).map { place in
        planes.contains { $0[place] == 255 } ? Labels.ignoreIndex : plane[place] == 0 ? 0 : 1
      }
    }
  }

  @Test("a plane is 1 where the mask of its class is not 0, and ignored where any mask says so")
  func planes() throws {
    try withMasks { dataset, masks in
      for cacheBytes in [0, 1 << 20] {
        let data = try dataset.load(cacheBytes: cacheBytes)
        #expect(data.truth.task == "multilabel" && data.truth.planes == 3)
        for (index, name) in ["t0", "t1", "t2"].enumerated() {
          #expect(try data.train.labels(index) == labels(masks, name))
        }
        #expect(try data.validation.labels(1) == labels(masks, "v1"))
      }
      let found = labels(masks, "t0")
      #expect(
        found.contains(Labels.ignoreIndex)
          && (0..<24).contains { found[$0] == 1 && found[24 + $0] == 1 })
    }
  }

  @Test("each class is counted by itself")
  func statistics() throws {
    try withMasks { dataset, masks in
      let data = try dataset.load()
      let all = ["t0", "t1", "t2"].map { labels(masks, $0) }
      for label in 0..<3 {
        let counts = all.map { labels in
          UInt64(labels[24 * label..<24 * (label + 1)].count { $0 == 1 })
        }
        #expect(data.classStatistics.pixels[label] == counts.reduce(0, +))
        // 23 of 24 pixels of each image are labelled.
        #expect(
          data.classStatistics.pixelsOfImagesWithClass[label]
            == UInt64(23 * counts.count { $0 > 0 }))
      }
    }
  }

  @Test("draws favour images that show a rare class")
  func sampling() throws {
    try withMasks { dataset, _ in
      try dataset.write("t1-border", Array(repeating: 0, count: 24))
      dataset.configuration.sampling = .init(balancesClasses: true, samplesPerEpoch: 3000)
      let data = try dataset.load()
      let order = BatchOrder(
        samples: 3, batchSize: 1, seed: 1, draws: data.train.draws
      ).order(epoch: 0)
      let shown = (0..<3).map { index in order.count { $0 == index } }
      let pixels = data.classStatistics.pixels.map(Double.init)
      // Images weigh one over the share of their rarest class: the border, or the nucleus.
      let expected = pixels[2] / pixels[1]
      #expect(abs(Double(shown[1]) / Double(shown[0]) / expected - 1) < 0.25)
      #expect(abs(Double(shown[0]) / Double(shown[2]) - 1) < 0.25)
    }
  }

  @Test("labels are resized, cut and ignored outside a region as they are")
  func geometry() throws {
    try withMasks { dataset, masks in
      dataset.configuration.geometry = .crop(Size(height: 2, width: 2))
      let centre = (0..<3).flatMap { plane in
        [8, 9, 14, 15].map { labels(masks, "t0")[24 * plane + $0] }
      }
      #expect(try dataset.load().train.labels(0) == centre)
      dataset.configuration.geometry = .resize(Size(height: 8, width: 12))
      let large = try dataset.load().train.labels(0)
      let small = labels(masks, "t0")
      for place in 0..<72 {
        let (row, column) = place.quotientAndRemainder(dividingBy: 6)
        #expect(large[2 * row * 12 + 2 * column] == small[place])
      }
      dataset.configuration.geometry = .original
      try dataset.write("region", (0..<24).map { $0 < 12 ? 1 : 0 })
      try dataset.writeText(
        "train.txt", "t0.png t0-cell.png;t0-nucleus.png;t0-border.png roi=region.png\n")
      let inside = try dataset.load().train.labels(0)
      let half = (0..<72).map { $0 % 24 < 12 ? small[$0] : Labels.ignoreIndex }
      #expect(inside == half)
    }
  }

  @Test("every wrong mask is told by its name")
  func problems() throws {
    try withMasks { dataset, _ in
      try dataset.writeMask(
        "wide", size: Size(height: 4, width: 7), ids: .init(repeating: 0, count: 28))
      try dataset.writeText(
        "train.txt",
        """
        t0.png t0-cell.png;wide-mask.png;t0-border.png
        t1.png t1-cell.png;t1-nucleus.png
        t2.png t2-cell.png;t2-nucleus.png;"no such.png"
        """)
      #expect(
        dataset.problems() == [
          dataset.folder
            + "/train.txt:2: names 2 masks, but the task takes 3 of a sample: join them by ';', "
            + "in their order"
        ])
      try dataset.writeText(
        "train.txt",
        """
        t0.png t0-cell.png;wide-mask.png;t0-border.png
        t2.png t2-cell.png;t2-nucleus.png;"no such.png"
        """)
      let problems = dataset.problems()
      #expect(problems.count == 2)
      #expect(problems.first?.contains("wide-mask.png: is 4×7, the first mask 4×6") == true)
      #expect(problems.last?.contains("no such.png: does not exist") == true)
      #expect(throws: DataError.self) {
        try DataInspector().inspect(dataset.configuration, seed: 1)
      }
      dataset.configuration.reading = SemanticTask().reading
      #expect(
        dataset.problems().first?.hasSuffix(
          "names 3 masks, but the task takes one of a sample: name one (a path that holds ';' is "
            + "quoted)")
          == true)
    }
  }

  @Test("a mask that changes is noticed, and all masks are part of the fingerprint")
  func changes() throws {
    try withMasks { dataset, _ in
      let data = try dataset.load(cacheBytes: 0)
      let print = data.fingerprints[0]
      #expect(try dataset.load().fingerprints[0] == print)
      try dataset.write("t1-nucleus", Array(repeating: 3, count: 24))
      let error = #expect(throws: DataError.self) { try data.train.labels(1) }
      #expect(
        error?.description.hasSuffix(
          "t1-nucleus.png: has changed since the data was checked: start again") == true)
      #expect(try dataset.load().fingerprints[0] != print)
    }
  }

  @Test("twenty classes may overlap")
  func manyClasses() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      dataset.configuration.reading = MultilabelTask().reading
      dataset.configuration.classes = (0..<20).map { "c\($0)" }
      func isOf(_ id: Int, _ place: Int) -> Bool { place % (id + 2) == 0 }
      for id in 0..<20 { try dataset.write("m\(id)", (0..<24).map { isOf(id, $0) ? 1 : 0 }) }
      let masks = (0..<20).map { "m\($0).png" }.joined(separator: ";")
      try dataset.writeText(
        "train.txt", ["t0", "t1", "t2"].map { "\($0).png \(masks)\n" }.joined())
      try dataset.writeText("val.txt", "v0.png \(masks)\n")
      let data = try dataset.load()
      let expected = (0..<20).flatMap { id in (0..<24).map { isOf(id, $0) ? Label(1) : 0 } }
      #expect(try data.train.labels(2) == expected)
      #expect(data.train.truth.planes == 20)
      #expect(data.classStatistics.pixels[19] == 3 * 2)
      let loader = try Loader(
        training: data.train, batchSize: 2, augmentations: [Mixup(.sample(Mixup.fields))], seed: 1)
      let batch = try loader.next()
      for image in 0..<2 {
        let start = image * 20 * 24
        #expect(Array(UnsafeBufferPointer(start: batch.labels + start, count: 480)) == expected)
        let other = try #require(batch.mixedLabels).labels + start
        #expect(Array(UnsafeBufferPointer(start: other, count: 480)) == expected)
      }
    }
  }

  @Test("masks must say something")
  func limits() throws {
    try withMasks { dataset, _ in
      for name in ["t0", "t1", "t2"] {
        for kind in ["cell", "nucleus", "border"] {
          try dataset.write("\(name)-\(kind)", Array(repeating: 0, count: 24))
        }
      }
      #expect(
        dataset.problems() == [
          "no pixel of the training masks has a label: all are 0 or in data.ignore"
        ])
    }
  }

  @Test("augmentations that read a label as a class are refused, the others are not")
  func augmentations() throws {
    try withMasks { dataset, _ in
      let data = try dataset.load()
      func problem(_ augmentation: any Augmentation) -> ComponentError? {
        do throws(ComponentError) {
          _ = try Loader(
            training: data.train, batchSize: 1, augmentations: [augmentation], seed: 1)
          return nil
        } catch {
          return error
        }
      }
      let paste = try CopyPaste(.sample(CopyPaste.fields))
      #expect(
        problem(paste)?.message
          == "needs one class a pixel, but the task is multilabel: use cutmix or mosaic")
      func crop(_ share: Double) throws -> RandomCrop {
        try RandomCrop(
          .sample(
            RandomCrop.fields,
            [
              "size": .size(Size(height: 2, width: 2)), "largest_class": .number(share),
              "foreground": .number(0.5),
            ]))
      }
      #expect(try problem(crop(0.7))?.field == "largest_class")
      #expect(try problem(crop(1)) == nil)
      #expect(problem(Mirror(.sample(Mirror.fields))) == nil)
      #expect(problem(Mixup(.sample(Mixup.fields))) == nil)
    }
  }
}

extension SmallDataset {
  /// A mask of 4×6, `NAME.png`.
  fileprivate func write(_ name: String, _ ids: [UInt8]) throws {
    try ImageFile.write(
      Mask(size: Size(height: 4, width: 6), ids: ids), to: "\(folder)/\(name).png")
  }
}
