@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

/// Images cut into parts: `data.patches`.
@Suite struct PatchesTests {
  @Test func `patches stand a stride apart and the last ends with the image`() {
    func starts(_ extent: Int, size: Int, stride: Int) -> [Int] {
      Patches(size: Size(height: 1, width: size), stride: Size(height: 1, width: stride))
        .patches(of: Size(height: 1, width: extent), sharesOut: false).map(\.left)
    }
    #expect(starts(100, size: 32, stride: 24) == [0, 24, 48, 68])
    #expect(starts(96, size: 32, stride: 32) == [0, 32, 64])
    #expect(starts(32, size: 32, stride: 7) == [0])
    #expect(starts(5, size: 32, stride: 32) == [0])
    #expect(starts(33, size: 32, stride: 32) == [0, 1])
  }

  @Test func `where they are shared out every pixel counts once, in the patch it is deepest in`() {
    for (extent, size, stride) in [
      (100, 32, 24), (96, 32, 32), (33, 32, 32), (5, 8, 3), (64, 16, 5),
    ] {
      let image = Size(height: extent, width: extent + 3)
      let patches = Patches(
        size: Size(height: size, width: size), stride: Size(height: stride, width: stride)
      ).patches(of: image, sharesOut: true)
      func depth(_ patch: Patch, _ y: Int, _ x: Int) -> Int {
        // Where the image ends nothing is missing.
        func side(_ place: Int, _ start: Int, _ extent: Int) -> Int {
          let before = start == 0 ? Int.max : place - start
          let behind = start + size >= extent ? Int.max : start + size - 1 - place
          return min(before, behind)
        }
        return min(side(y, patch.top, image.height), side(x, patch.left, image.width))
      }
      for y in 0..<image.height {
        for x in 0..<image.width {
          let counting = patches.filter { $0.rows.contains(y) && $0.columns.contains(x) }
          guard counting.count == 1, let own = counting.first else {
            Issue.record("pixel \(y), \(x) counts \(counting.count) times")
            return
          }
          let inside = patches.filter {
            ($0.top..<$0.top + size).contains(y) && ($0.left..<$0.left + size).contains(x)
          }
          let deepest = inside.map { depth($0, y, x) }.max() ?? 0
          // Of two that are equally deep, or differ by the pixel in the middle, either will do.
          #expect(depth(own, y, x) >= deepest - 1)
        }
      }
    }
  }

  /// Images of 10×14 and of 4×6 pixels.
  private func dataset(
    _ folder: String, _ patches: Patches, validation: DataConfiguration.Validation? = nil
  ) throws -> SmallDataset {
    var dataset = try SmallDataset(folder)
    let large = Size(height: 10, width: 14)
    try dataset.writeSample("t0", size: large)
    try dataset.writeSample("v0", size: large)
    dataset.configuration.geometry = .patches(patches)
    if let validation {
      dataset.configuration.source = .lists(train: "train.txt", validation: validation)
    }
    return dataset
  }

  private let square = Patches(
    size: Size(height: 6, width: 6), stride: Size(height: 4, width: 4))

  @Test func `patches are parts of the images, named by rows and columns`() throws {
    try withTemporaryFolder { folder in
      let dataset = try dataset(folder, square)
      let image = try ImageFile.readImage(folder + "/t0.png").pixels
      let mask = try ImageFile.readMask(folder + "/t0-mask.png").ids
      for cacheBytes in [0, 1 << 20] {
        let train = try dataset.load(cacheBytes: cacheBytes).train
        // 2 × 3 of the first image, one of each of the others.
        #expect(train.count == 8 && train.size == square.size)
        #expect(train.names[0...1] == ["t0.png[0:6, 0:6]", "t0.png[0:6, 4:10]"])
        #expect(train.samples.map(\.number) == Array(0..<8))
        for (index, (top, left)) in [(0, 0), (0, 4), (0, 8), (4, 0), (4, 4), (4, 8)].enumerated() {
          let places = (0..<36).map { (top + $0 / 6) * 14 + left + $0 % 6 }
          #expect(try train.image(index).pixels == places.map { image[$0] })
          #expect(try train.labels(index) == places.map { Label(mask[$0]) })
        }
      }
    }
  }

  @Test func `an image that is smaller is mirrored, and ignored beyond its edge`() throws {
    try withTemporaryFolder { folder in
      let dataset = try dataset(folder, Patches(size: Size(height: 6, width: 10)))
      let train = try dataset.load().train
      let last = train.count - 1
      let (image, labels) = try (train.image(last).pixels, train.labels(last))
      let pixels = try ImageFile.readImage(folder + "/t2.png").pixels
      for y in 0..<6 {
        for x in 0..<10 {
          let place = y * 10 + x
          let mirrored = (y < 4 ? y : 7 - y) * 6 + (x < 6 ? x : 11 - x)
          let isBeyond = y >= 4 || x >= 6
          #expect(image[place] == pixels[mirrored])
          #expect((labels[place] == Labels.ignoreIndex) == isBeyond)
        }
      }
    }
  }

  @Test func `what validates is measured once, whatever the patches have in common`() throws {
    try withTemporaryFolder { folder in
      let data = try dataset(folder, square).load()
      let counted = try (0..<data.validation.count).map { index in
        try data.validation.labels(index).count { $0 != Labels.ignoreIndex }
      }
      let all = counted.reduce(0, +)
      #expect(all == 164)
    }
  }

  @Test func `images are parted before they are cut, and numbers do not depend on it`() throws {
    try withTemporaryFolder { folder in
      var numbers: [String: Int] = [:]
      for fold in 1...3 {
        let dataset = try dataset(folder, square, validation: .fold(fold, of: 3))
        let data = try dataset.load()
        #expect(data.train.count + data.validation.count == 8)
        let images = [data.train, data.validation].map { Set($0.samples.map(\.image)) }
        #expect(images[0].isDisjoint(with: images[1]))
        for sample in data.train.samples + data.validation.samples {
          let before = numbers.updateValue(sample.number, forKey: sample.name)
          #expect(before == nil || before == sample.number)
        }
        let looked = try DataInspector().inspect(dataset.configuration, seed: 7)
        #expect(looked.trainingSamples == data.train.count)
        #expect(
          looked.validationSamples == data.validation.count
            && looked.extent == SpatialExtent(square.size))
      }
      #expect(Set(numbers.values) == Set(0..<8))
    }
  }

  @Test func `patches of too few labelled pixels are not trained on`() throws {
    try withTemporaryFolder { folder in
      var patches = square
      patches.leastLabelled = 0.5
      let dataset = try dataset(folder, patches)
      // The left 6 columns are labelled.
      try dataset.writeMask(
        "t0", size: Size(height: 10, width: 14), ids: (0..<140).map { $0 % 14 < 6 ? 1 : 255 })
      let data = try dataset.load()
      #expect(
        data.train.names == [
          "t0.png[0:6, 0:6]", "t0.png[4:10, 0:6]", "t1.png[0:6, 0:6]", "t2.png[0:6, 0:6]",
        ])
      #expect(data.fingerprints[0].samples == 3, "they are of images")
      let looked = try DataInspector().inspect(dataset.configuration, seed: 7)
      #expect(looked.trainingSamples == 4)
      for name in ["t0", "t1", "t2"] {
        let size = name == "t0" ? Size(height: 10, width: 14) : Size(height: 4, width: 6)
        try dataset.writeMask(name, size: size, ids: Array(repeating: 255, count: size.area))
      }
      #expect(dataset.problems().first?.contains("lower data.patches.least_labelled") == true)
    }
  }

  @Test func `a wrong mask is told once, not for every patch`() throws {
    try withTemporaryFolder { folder in
      let dataset = try dataset(folder, square)
      try dataset.writeMask(
        "t0", size: Size(height: 10, width: 14), ids: Array(repeating: 9, count: 140))
      #expect(dataset.problems().count == 1)
    }
  }

  @Test func `batches of patches depend neither on threads nor on the cache`() throws {
    try withTemporaryFolder { folder in
      let dataset = try dataset(folder, square)
      try dataset.expectEqualBatches(8, [Mirror(.sample(Mirror.fields))])
    }
  }
}
