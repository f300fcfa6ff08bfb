@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Measurements
@testable import Networks
import Testing
@testable import Training

/// What an evaluation finds out depends neither on batches nor on how images are cut.
@Suite("Evaluation")
struct EvaluationTests {
  static let losses = LossConformanceTests.names.filter {
    !LossConformanceTests.ofEdges.contains($0)
  }
  private let size = Size(height: 20, width: 26)

  /// Validates on images of which the third has no labels, and every other some ignored pixels.
  private func dataset(_ folder: String, validation: [String]) throws -> SmallDataset {
    var dataset = try SmallDataset(folder, validation: 4)
    for name in ["t0", "t1", "t2", "v0", "v1", "v2", "v3"] {
      var random = RandomStream(
        seed: UInt64(name.utf8.reduce(0) { $0 * 7 + Int($1) }), purpose: .init("evaluation"))
      var ids = [UInt8](repeating: 0, count: size.area)
      for _ in 0..<8 {
        let (top, left) = (random.below(size.height), random.below(size.width))
        let id: UInt8 = [1, 1, 2, 255][random.below(4)]
        for y in top..<min(top + 7, size.height) {
          for x in left..<min(left + 5, size.width) { ids[y * size.width + x] = id }
        }
      }
      if name == "v2" { ids = ids.map { _ in 255 } }
      try dataset.writeSample(name, size: size, ids: ids)
    }
    try dataset.writeList("val.txt", validation)
    dataset.configuration.classes = ["background", "a", "b"]
    dataset.configuration.normalization = .none
    return dataset
  }

  /// What weights as they are drawn make of the data.
  private func evaluate(
    _ data: SegmentationData, batch: Int = 2, losses: [String] = losses,
    metrics: [any Metric] = [], threads: Int = 1,
    change: (inout TrainingConfiguration) -> Void = { _ in }
  ) throws -> EvaluationReport {
    var configuration = try SmallTraining(
      batchSize: 1, duration: .iterations(1), rate: 1e-30, augments: false, threads: threads
    ).configuration
    configuration.template = PointwiseTemplate()
    configuration.losses = try losses.map {
      .init(loss: try #require(try Registry.losses.makeDefault($0) as? any Loss), weight: 0.5)
    }
    configuration.evaluation.batchSize = batch
    configuration.evaluation.metrics = metrics
    configuration.evaluation.worstImages = 9
    change(&configuration)
    var found: EvaluationReport?
    _ = try TrainingLoop(configuration, data: data).run { event in
      if case .evaluationEnded(let report, _) = event { found = report }
      return .proceed
    }
    return try #require(found)
  }

  private func bits(_ report: EvaluationReport) -> [UInt64] {
    report.validationLosses.map(\.value.bitPattern) + [report.validationLoss.bitPattern]
  }

  @Test("no loss depends on the batches, though one batch has no labels")
  func batches() throws {
    try withTemporaryFolder { folder in
      let data = try dataset(folder, validation: ["v0", "v1", "v2", "v3"]).load()
      let one = try evaluate(data, batch: 1)
      #expect(one.validationLosses.allSatisfy { $0.value.isFinite })
      for (batch, threads) in [(2, 1), (3, 3), (4, 1)] {
        #expect(try bits(evaluate(data, batch: batch, threads: threads)) == bits(one))
      }
    }
  }

  @Test("a loss of pixels is the mean over all pixels, one of images over the images")
  func means() throws {
    try withTemporaryFolder { folder in
      let names = ["v0", "v1", "v2", "v3"]
      let whole = try evaluate(
        dataset(folder, validation: names).load(), losses: ["cross_entropy", "bce", "dice"])
      var (pixels, sums, images) = (0.0, [0.0, 0.0, 0.0], 0.0)
      for name in ["v0", "v1", "v3"] {
        let alone = try evaluate(
          dataset(folder, validation: [name]).load(), losses: ["cross_entropy", "bce", "dice"])
        let labelled = Double(alone.confusionCounts.reduce(0, +))
        pixels += labelled
        images += 1
        for (index, loss) in alone.validationLosses.enumerated() {
          sums[index] += loss.value * (index == 2 ? 1 : labelled)
        }
      }
      let expected = [sums[0] / pixels, sums[1] / pixels, sums[2] / images]
      for (loss, value) in zip(whole.validationLosses, expected) {
        #expect(abs(loss.value - value) < 1e-9, "\(loss.name)")
      }
      #expect(abs(whole.validationLoss - expected.reduce(0) { $0 + 0.5 * $1 }) < 1e-9)
    }
  }

  @Test("sets with names are each judged as if alone, and all as if they had none")
  func sets() throws {
    try withTemporaryFolder { folder in
      func load(_ lists: [(String?, [String])]) throws -> SegmentationData {
        var dataset = try dataset(folder, validation: ["v0"])
        let sets = try lists.enumerated().map { number, list in
          try dataset.writeList("set\(number).txt", list.1)
          return JudgedSet(name: list.0, sources: SampleSources(file: "set\(number).txt"))
        }
        dataset.configuration.source = .lists(
          train: "train.txt", validation: .list(JudgedSets(sets)))
        return try dataset.load()
      }
      func values(_ report: EvaluationReport, of set: String? = nil) -> [MeasuredValues] {
        let scope = "validation." + (set.map { "\($0)." } ?? "")
        return report.measurements.filter {
          $0.series.name.hasPrefix(scope) && !$0.series.isWallTime
            && (set != nil
              || !$0.series.name.hasPrefix(scope + "a.") && !$0.series.name.hasPrefix(scope + "b."))
        }.map(\.values)
      }
      for batch in [1, 2, 4] {
        let named = try evaluate(load([("a", ["v0", "v1", "v2"]), ("b", ["v3"])]), batch: batch)
        let plain = try evaluate(load([(nil, ["v0", "v1", "v2", "v3"])]), batch: batch)
        #expect(values(named) == values(plain) && values(plain).count > 10)
        let first = try evaluate(load([(nil, ["v0", "v1", "v2"])]), batch: batch)
        #expect(values(named, of: "a") == values(first))
        let second = try evaluate(load([(nil, ["v3"])]), batch: batch)
        #expect(values(named, of: "b") == values(second))
      }
    }
  }

  @Test("a loss that has nothing to judge is no number, and is left out of the sum")
  func nothing() throws {
    var losses = EvaluatedLosses(names: ["a", "b"])
    losses.weights = [1, 10]
    #expect(losses.sum.isNaN)
    losses.add(.nothing, of: 0)
    losses.add(LossValue(0.25, of: 3), of: 1)
    #expect(losses.named[0].value.isNaN)
    #expect(losses.sum == 2.5)
    losses.add(.nothing(.nan), of: 0)
    #expect(losses.sum.isNaN)
  }

  @Test("a validation set without a labelled pixel is refused")
  func unlabelled() throws {
    try withTemporaryFolder { folder in
      let dataset = try dataset(folder, validation: ["v2"])
      let message = "no pixel of the validation masks has a label: all are in data.ignore"
      #expect(dataset.problems() == [message])
      let error = #expect(throws: DataError.self) {
        try DataInspector().inspect(dataset.configuration, seed: 1)
      }
      #expect(error?.problems.map(\.description) == [message])
    }
  }

  // MARK: - Patches

  private func metrics() throws -> [any Metric] {
    try Registry.metrics.namesOfClasses.map { try Registry.metrics.metric($0) }
  }

  @Test("a network of single pixels is judged alike of whole images and of patches of them")
  func patches() throws {
    try withTemporaryFolder { folder in
      var dataset = try dataset(folder, validation: ["v0", "v1", "v2", "v3"])
      let whole = try evaluate(dataset.load(), metrics: metrics())
      for (height, width) in [(8, 12), (20, 26), (24, 32)] {
        dataset.configuration.geometry = .patches(
          Patches(
            size: Size(height: height, width: width),
            stride: Size(height: height / 2, width: width / 4)))
        let cut = try evaluate(dataset.load(), batch: 3, metrics: metrics())
        #expect(cut.confusionCounts == whole.confusionCounts)
        for (one, other) in zip(cut.validationLosses, whole.validationLosses) {
          #expect(
            abs(one.value - other.value) < 1e-4 * max(1, abs(other.value)), "\(one.name)")
        }
        #expect(cut.metrics.map(\.name) == whole.metrics.map(\.name))
        for (one, other) in zip(cut.metrics, whole.metrics) {
          #expect(abs(one.value - other.value) < 2e-4, "\(one.name)")
        }
        #expect(
          cut.worstImages?.images.map(\.name) == whole.worstImages?.images.map(\.name))
        #expect(cut.worstImages?.images.map(\.name).sorted() == ["v0.png", "v1.png", "v3.png"])
      }
    }
  }

  @Test("the transforms of test-time augmentation are averaged in every patch")
  func testTimeAugmentation() throws {
    try withTemporaryFolder { folder in
      var dataset = try dataset(folder, validation: ["v0", "v1", "v3"])
      func mirrored(_ data: SegmentationData) throws -> EvaluationReport {
        try evaluate(data, losses: ["cross_entropy", "bce"], metrics: metrics()) {
          $0.evaluation.testTimeAugmentation = TestTimeAugmentation(mirror: .both)
        }
      }
      let whole = try mirrored(dataset.load())
      dataset.configuration.geometry = .patches(
        Patches(size: Size(height: 8, width: 12), stride: Size(square: 5)))
      let cut = try mirrored(dataset.load())
      #expect(cut.confusionCounts == whole.confusionCounts)
      for (one, other) in zip(cut.metrics, whole.metrics) {
        #expect(abs(one.value - other.value) < 2e-4, "\(one.name)")
      }
      for (one, other) in zip(cut.validationLosses, whole.validationLosses) {
        #expect(abs(one.value - other.value) < 1e-5, "\(one.name)")
      }
    }
  }

  @Test("images of several sizes are put together of their patches, however these are batched")
  func sizes() throws {
    try withTemporaryFolder { folder in
      var dataset = try dataset(folder, validation: ["v0", "v1", "v3"])
      let sizes = [Size(height: 9, width: 31), Size(height: 5, width: 4), size]
      for (name, size) in zip(["v0", "v1", "v3"], sizes) {
        try dataset.writeSample(name, size: size)
      }
      dataset.configuration.geometry = .patches(
        Patches(size: Size(square: 8), stride: Size(square: 6)))
      let data = try dataset.load()
      #expect(data.validation.wholeImages.map(\.size) == sizes)
      #expect(data.validation.stitchedSize == Size(height: 20, width: 31))
      let one = try evaluate(data, batch: 1, metrics: metrics())
      let pixels = one.confusionCounts.reduce(0, +)
      #expect(pixels == UInt64(sizes.reduce(0) { $0 + $1.area }))
      for batch in [2, 5] {
        let other = try evaluate(data, batch: batch, metrics: metrics(), threads: 3)
        #expect(bits(other) == bits(one))
        #expect(other.metrics.map(\.value.bitPattern) == one.metrics.map(\.value.bitPattern))
      }
      for (index, size) in sizes.enumerated() {
        let (raster, labels) = try data.validation.wholeImage(index)
        let name = ["v0", "v1", "v3"][index]
        #expect(raster.pixels == (try ImageFile.readImage("\(folder)/\(name).png").pixels))
        let ids = try ImageFile.readMask("\(folder)/\(name)-mask.png").ids
        #expect(labels == ids.map { Label($0) }.ignoring255)
        #expect(raster.size == size)
      }
    }
  }

  @Test("a missed class costs the diagonal of the image, not of a patch")
  func diagonal() throws {
    try withTemporaryFolder { folder in
      var dataset = try dataset(folder, validation: ["v0"])
      var ids = [UInt8](repeating: 0, count: size.area)
      for id in 1..<8 { ids[3 * id] = UInt8(id) }
      dataset.configuration.classes = (0..<8).map { "class \($0)" }
      try dataset.writeSample("v0", size: size, ids: ids)
      dataset.configuration.geometry = .patches(Patches(size: Size(square: 8)))
      let hausdorff = try Registry.metrics.metric("hausdorff")
      let report = try evaluate(dataset.load(), metrics: [hausdorff])
      let diagonal = Double(20 * 20 + 26 * 26).squareRoot()
      let missed = report.classes("hausdorff").enumerated().filter { $0.element == diagonal }
      #expect(!missed.isEmpty, "\(report.classes("hausdorff"))")
    }
  }

  @Test("where patches overlap their probabilities are averaged by the Gaussian weights")
  func weights() throws {
    let weights = PatchStitcher.importance(of: Size(height: 1, width: 8))
    // Half a pixel and 3½ pixels from the middle, deviation 1.
    #expect(abs(weights.floats[3] - 0.8824969) < 1e-6)
    #expect(abs(weights.floats[0] - 0.0021875) < 1e-6)
    let layout = TensorLayout(Shape(1, 2, 1, 8))
    let stitcher = PatchStitcher(
      [HeadLayout(layout: layout)], averagesLogits: true, threads: 1)
    stitcher.begin(Size(height: 1, width: 10))
    let labels = [Label](repeating: 0, count: 8)
    for (left, margin) in [(0, Float(1)), (2, Float(-1))] {
      let logits = [Float](repeating: 0, count: 8) + [Float](repeating: margin, count: 8)
      logits.withUnsafeBufferPointer { logits in
        stitcher.add(
          PredictedBatch(
            heads: [logits.baseAddress!], singleLogits: logits.baseAddress!),
          labels: labels, position: 0,
          Patch(
            size: Size(height: 1, width: 8), top: 0, left: left, rows: 0..<1,
            columns: left == 0 ? 0..<5 : 5..<10))
      }
    }
    let made = stitcher.finish()
    let probability = { (margin: Double) in 1 / (1 + PortableMath.exponential(-margin)) }
    for x in 0..<10 {
      let first = x < 8 ? Double(weights.floats[x]) : 0
      let second = x >= 2 ? Double(weights.floats[x - 2]) : 0
      let mean =
        (first * probability(1) + second * probability(-1)) / (first + second)
      let found = PortableMath.exponential(Double(made.batch.logits[10 + x]))
      #expect(abs(found - mean) < 1e-6, "\(x)")
      let single = Double(made.batch.singleLogits[10 + x])
      #expect(abs(single - (first - second) / (first + second)) < 1e-6)
    }
  }
}
