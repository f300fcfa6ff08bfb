@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

@Suite struct LoaderTests {
  /// A batch that outlives its loan.
  private struct Copy: Equatable {
    let images: [Float]
    let labels: [Label]
    let count: Int
    var otherLabels: [Label] = []
    var lambdas: [Float] = []
  }

  private func take(_ loader: Loader, _ batches: Int) throws -> [Copy] {
    let shape = loader.shape
    return try (0..<batches).map { _ in
      let batch = try loader.next()
      let pixels = shape.batch * shape.area
      var copy = Copy(
        images: Array(UnsafeBufferPointer(start: batch.images, count: shape.count)),
        labels: Array(UnsafeBufferPointer(start: batch.labels, count: pixels)),
        count: batch.count)
      if let mixedLabels = batch.mixedLabels {
        copy.otherLabels = Array(UnsafeBufferPointer(start: mixedLabels.labels, count: pixels))
        copy.lambdas = Array(UnsafeBufferPointer(start: mixedLabels.lambdas, count: shape.batch))
      }
      return copy
    }
  }

  private let augmentations: [any Augmentation] = [
    Mirror(.sample(Mirror.fields)),
    try! RandomCrop(.sample(RandomCrop.fields, ["size": .size(Size(height: 3, width: 4))])),
  ]

  private func training(
    _ data: SegmentationData, firstBatch: Int = 0, seed: UInt64 = 1, threads: Int = 2
  ) throws -> Loader {
    try Loader(
      training: data.train, batchSize: 2, augmentations: augmentations, seed: seed,
      firstBatch: firstBatch, threads: threads)
  }

  @Test func `batches do not depend on the number of threads`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder, train: 7)
      for cacheBytes in [0, 1 << 20] {
        let data = try dataset.load(cacheBytes: cacheBytes)
        let one = try take(training(data, threads: 1), 40)
        for threads in [2, 4, 9] {
          #expect(try take(training(data, threads: threads), 40) == one, "\(threads) threads")
        }
        let evaluated = try take(Loader(evaluating: data.train, batchSize: 4, threads: 1), 20)
        #expect(
          try take(Loader(evaluating: data.train, batchSize: 4, threads: 4), 20) == evaluated)
      }
    }
  }

  @Test func `every augmentation gives the same batches, whatever the number of threads`() throws {
    try withTemporaryFolder { folder in
      let data = try SmallDataset(folder, train: 7).load(cacheBytes: 0)
      for type in AugmentationConformanceTests.types
      where !type.changesPoints
        && ![RandomCrop.name, CropSize.name, Rotate90.name].contains(type.name)
      {
        let augmentations = [try type.init(.sample(type.fields, ["probability": .number(0.9)]))]
        func batches(threads: Int) throws -> [Copy] {
          try take(
            Loader(
              training: data.train, batchSize: 2, augmentations: augmentations, seed: 1,
              threads: threads), 4)
        }
        #expect(try batches(threads: 1) == batches(threads: 3), "\(type.name)")
      }
    }
  }

  @Test func `a training continued anywhere gets the batches it would have got`() throws {
    try withTemporaryFolder { folder in
      let data = try SmallDataset(folder, train: 5).load()
      let whole = try take(training(data), 7)
      #expect(try training(data).batchesPerPass == 2)
      for first in [1, 2, 3, 6] {
        #expect(try take(training(data, firstBatch: first), 7 - first) == Array(whole[first...]))
      }
      #expect(try take(training(data, seed: 2), 7) != whole)
      #expect(whole[0] != whole[2], "each epoch has an order of its own")
    }
  }

  @Test func `batches of mixed samples have two planes of labels, and the same ones again`() throws
  {
    try withTemporaryFolder { folder in
      let data = try SmallDataset(folder, train: 7).load(cacheBytes: 100)
      let mixup = Mixup(.sample(Mixup.fields, ["probability": .number(0.6)]))
      func batches(_ number: Int, first: Int = 0, threads: Int) throws -> [Copy] {
        try take(
          Loader(
            training: data.train, batchSize: 2, augmentations: augmentations + [mixup], seed: 1,
            firstBatch: first, threads: threads), number)
      }
      let all = try batches(12, threads: 1)
      #expect(try batches(12, threads: 4) == all)
      #expect(try batches(5, first: 7, threads: 3) == Array(all[7...]))
      // Whatever is not mixed is what it would have been without any.
      let plain = try take(training(data), 12)
      var lambdas: Set<Bool> = []
      for (mixed, plain) in zip(all, plain) {
        #expect(mixed.labels == plain.labels && mixed.lambdas.count == 2)
        #expect(plain.otherLabels.isEmpty && plain.lambdas.isEmpty)
        for (image, lambda) in mixed.lambdas.enumerated() {
          let (values, pixels) = (12 * image..<12 * (image + 1), 12 * image..<12 * (image + 1))
          #expect((lambda == 1) == (mixed.images[values] == plain.images[values]))
          #expect(
            (lambda == 1) == mixed.otherLabels[pixels].allSatisfy { $0 == Labels.ignoreIndex })
          lambdas.insert(lambda == 1)
        }
      }
      #expect(lambdas.count == 2)
    }
  }

  @Test func `draws are keyed by the place in the list, whatever is set aside`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder, train: 10)
      dataset.configuration.source = .lists(train: "train.txt", validation: .fraction(0.3))
      let train = try dataset.load().train
      let loader = try Loader(
        training: train, batchSize: 1, augmentations: augmentations, seed: 1)
      let order = BatchOrder(samples: 7, batchSize: 1, seed: 1).order(epoch: 0)
      for (index, batch) in zip(order, try take(loader, 7)) {
        var sample = try train.sample(index)
        let listed = try #require(Int(train.names[index].dropFirst().prefix(1)))
        try AugmentationPipeline(augmentations, seed: 1)
          .applyAlone(to: &sample, epoch: 0, number: listed)
        #expect(batch.labels == sample.labels)
      }
    }
  }

  @Test func `batches do not depend on the cache`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder, train: 5)
      let kept = try take(training(dataset.load()), 12)
      // A sample takes 48 bytes: none, two and all but one of the training samples are kept.
      for cacheBytes in [0, 100, 4 * 48] {
        #expect(try take(training(dataset.load(cacheBytes: cacheBytes)), 12) == kept)
      }
    }
  }

  @Test func `values are normalised with mean and deviation`() throws {
    try withTemporaryFolder { folder in
      let data = try SmallDataset(folder).load()
      let loader = Loader(evaluating: data.train, batchSize: 3)
      let batch = try take(loader, 1)[0]
      let pixels = try (0..<3).flatMap { try data.train.image($0).pixels }
      for (value, pixel) in zip(batch.images, pixels) {
        let expected = (Float(pixel) / 255 - data.mean[0]) / data.deviation[0]
        #expect(abs(value - expected) < 1e-5)
      }
      let mean = batch.images.reduce(0, +) / 72
      let variance = batch.images.reduce(0) { $0 + $1 * $1 } / 72
      #expect(abs(mean) < 1e-5)
      #expect(abs(variance - 1) < 1e-5)
    }
  }

  @Test func `ImageNet's numbers give ImageNet's values`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder, train: 1, validation: 1)
      dataset.configuration.stack = ImageStack(channels: 3)
      dataset.configuration.normalization = .imagenet
      let grey = Raster(
        size: Size(height: 4, width: 6), channels: 1, pixels: Array(repeating: 128, count: 24))
      try ImageFile.write(grey, to: folder + "/t0.png")
      let batch = try take(Loader(evaluating: dataset.load().train, batchSize: 1), 1)[0]
      let expected: [Float] = [0.0740645603, 0.205182073, 0.426492375]
      for channel in 0..<3 { #expect(abs(batch.images[24 * channel] - expected[channel]) < 1e-6) }
    }
  }

  @Test func `an evaluation sees every sample once, then all again`() throws {
    try withTemporaryFolder { folder in
      let data = try SmallDataset(folder, train: 5).load()
      let loader = Loader(evaluating: data.train, batchSize: 2)
      #expect(loader.batchesPerPass == 3)
      let batches = try take(loader, 6)
      #expect(batches.map(\.count) == [2, 2, 1, 2, 2, 1])
      #expect(Array(batches[..<3]) == Array(batches[3...]))
      #expect(batches[2].images[24...].allSatisfy { $0 == 0 })
      #expect(batches[2].labels[24...].allSatisfy { $0 == Labels.ignoreIndex })
      let labels = batches[..<3].flatMap { $0.labels[..<(24 * $0.count)] }
      #expect(labels == (try (0..<5).flatMap { try data.train.labels($0) }))
    }
  }

  @Test func `a file that cannot be read again ends the batches with its error`() throws {
    try withTemporaryFolder { folder in
      let data = try SmallDataset(folder, train: 5).load(cacheBytes: 0)
      try FileManager.default.removeItem(atPath: folder + "/t3.png")
      let loader = Loader(evaluating: data.train, batchSize: 1)
      #expect(try take(loader, 3).count == 3)
      for _ in 0..<2 {
        let error = #expect(throws: DataError.self) { try loader.next() }
        #expect(error?.description.contains("t3.png: does not exist") == true)
      }
    }
  }

  @Test(arguments: [1, 4])
  func `of several failures the first in order is told, after all batches before it`(
    threads: Int
  ) throws {
    try withTemporaryFolder { folder in
      let data = try SmallDataset(folder, train: 9).load(cacheBytes: 0)
      for name in ["t8", "t6"] {
        try FileManager.default.removeItem(atPath: "\(folder)/\(name).png")
      }
      // The same size and sound, but not what was checked.
      try FileManager.default.removeItem(atPath: folder + "/t5-mask.png")
      try FileManager.default.copyItem(
        atPath: folder + "/t4-mask.png", toPath: folder + "/t5-mask.png")
      for _ in 0..<10 {
        let loader = Loader(evaluating: data.train, batchSize: 2, threads: threads)
        #expect(try take(loader, 2).count == 2)
        let error = #expect(throws: DataError.self) { try loader.next() }
        #expect(
          error?.description.hasSuffix(
            "t5-mask.png: has changed since the data was checked: start again") == true)
      }
    }
  }

  @Test func `of what is cached no file is opened again`() throws {
    try withTemporaryFolder { folder in
      let data = try SmallDataset(folder).load()
      for name in ["t0", "t1", "t2"] {
        try FileManager.default.removeItem(atPath: "\(folder)/\(name).png")
      }
      #expect(try take(training(data), 6).count == 6)
    }
  }

  @Test func `threads end and let go of everything once the loader is gone`() throws {
    try withTemporaryFolder { folder in
      let data = try SmallDataset(folder, train: 5).load(cacheBytes: 0)
      weak var held: Bystander.Token?
      do {
        let bystander = Bystander(.sample([]))
        held = bystander.token
        let loader = try Loader(
          training: data.train, batchSize: 2, augmentations: [bystander], seed: 1, threads: 4)
        _ = try loader.next()
        #expect(held != nil)
      }
      for _ in 0..<6000 where held != nil { Thread.sleep(forTimeInterval: 0.01) }
      #expect(held == nil)
    }
  }

  @Test func `few batches are held, and fewer of large ones`() {
    #expect(BatchRing.slots(batchBytes: 1) == 4)
    #expect(BatchRing.slots(batchBytes: 80 << 20) == 3)
    #expect(BatchRing.slots(batchBytes: 1 << 30) == 2)
  }

  @Test func `a second plane of labels is counted`() {
    let shape = Shape(2, 3, 10, 20)
    #expect(BatchRing.bytes(shape: shape) == 4 * 2 * 200 * (4 * 3 + 2))
    #expect(BatchRing.bytes(shape: shape, mixes: true) == 4 * 2 * (200 * (4 * 3 + 4) + 4))
  }

  @Test func `a batch that cannot be filled is an error`() throws {
    try withTemporaryFolder { folder in
      let data = try SmallDataset(folder).load()
      let error = #expect(throws: ComponentError.self) {
        try Loader(training: data.train, batchSize: 4, augmentations: [], seed: 1)
      }
      #expect(error?.field == "batch_size")
    }
  }
}

/// Changes nothing, and tells by its token whether anybody still holds it.
private struct Bystander: Augmentation {
  final class Token: Sendable {}
  static let name = "bystander"
  static let about = "Changes nothing."
  static let fields: [FieldDeclaration] = []
  static let example = "bystander"
  let token = Token()

  init(_ values: FieldValues) {}

  func outputSize(for size: Size) -> Size { size }
  func apply(to sample: inout Sample, random: inout RandomStream) {}
}
