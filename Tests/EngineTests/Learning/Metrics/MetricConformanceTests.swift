@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

/// What every metric promises, checked for each of the list.
@Suite("Every metric")
struct MetricConformanceTests {
  static let names = Registry.metrics.namesOfClasses
  /// Ignored pixels are errors to these.
  static let countingIgnored: Set = ["acc", "meanacc", "meaniou"]
  /// Zero where nothing is right.
  static let shares: Set = [
    "mean_iou", "mean_dice", "pixel_accuracy", "mean_class_accuracy", "frequency_weighted_iou",
    "image_mean_iou", "precision", "recall", "f_beta", "acc", "meanacc", "meaniou",
  ]

  /// What they compare has no place in the image.
  static let placeless: Set = ["betti_error_0", "betti_error_1"]

  func make(_ name: String) throws -> any Metric {
    let metric = try Registry.metrics.metric(name)
    let hasBackground = type(of: metric).fields.contains { $0.name == "include_background" }
    return hasBackground
      ? try Registry.metrics.metric(name, ["include_background": .boolean(true)]) : metric
  }

  @Test("a metric says rightly whether it has values of classes", arguments: names)
  func classValues(name: String) throws {
    let metric = try make(name)
    let bench = MetricBench()
    let measured = bench.measure(metric, batch: bench.images)
    #expect(type(of: metric).judgesClasses == !measured.classes.isEmpty)
  }

  @Test("batches, threads and layouts do not change a bit", arguments: names)
  func division(name: String) throws {
    let metric = try make(name)
    let bench = MetricBench()
    let whole = bench.measure(metric, batch: bench.images)
    #expect(whole.value.isFinite)
    for batch in [1, 2, 3, 7] {
      for threads in [1, 3] {
        let other = bench.measure(metric, batch: batch, threads: threads)
        #expect(sameBits(other, whole), "batches of \(batch), \(threads) threads")
      }
    }
    #expect(sameBits(bench.measure(metric, block: 8), whole))
  }

  @Test("an evaluation leaves nothing behind for the next", arguments: names)
  func reuse(name: String) throws {
    let metric = try make(name)
    let bench = MetricBench()
    let context = MetricContext(classes: bench.classes)
    let accumulator = metric.makeAccumulator(for: context)
    let first = bench.measure(metric, accumulator: accumulator)
    let other = bench.opposite.measure(metric, accumulator: accumulator)
    #expect(sameBits(bench.measure(metric, accumulator: accumulator), first))
    #expect(!sameBits(other, first))
  }

  @Test("a perfect prediction has the best value there is", arguments: names)
  func perfect(name: String) throws {
    let metric = try make(name)
    let measured = MetricBench().complete.perfect.measure(metric)
    let best = type(of: metric).isHigherBetter ? 1.0 : 0.0
    #expect(abs(measured.value - best) < 1e-12)
    #expect(measured.classes.allSatisfy { $0.isNaN || abs($0 - best) < 1e-12 })
    #expect(measured.images.allSatisfy { abs($0 - best) < 1e-12 })
  }

  @Test(
    "where nothing is right the value is worse than by any other prediction",
    arguments: names.filter { !placeless.contains($0) })
  func opposite(name: String) throws {
    let metric = try make(name)
    let bench = MetricBench().complete
    let (value, worst) = (bench.measure(metric).value, bench.opposite.measure(metric).value)
    #expect(type(of: metric).isHigherBetter ? worst < value : worst > value)
    if Self.shares.contains(name) { #expect(worst == 0) }
  }

  @Test("how classes are numbered does not matter", arguments: names)
  func permutation(name: String) throws {
    let metric = try make(name)
    let bench = MetricBench()
    let names: [Label] = [2, 0, 3, 1]
    let (before, after) = (bench.measure(metric), bench.renamed(names).measure(metric))
    #expect(abs(before.value - after.value) < 1e-7)
    for (first, second) in zip(before.images, after.images) { #expect(abs(first - second) < 1e-7) }
    guard !before.classes.isEmpty else { return }
    for (label, other) in names.enumerated() {
      #expect(abs(before.classes[label] - after.classes[Int(other)]) < 1e-7)
    }
  }

  @Test(
    "what is predicted at ignored pixels does not matter",
    arguments: names.filter { !countingIgnored.contains($0) })
  func ignoredPixels(name: String) throws {
    let metric = try make(name)
    var bench = MetricBench()
    let before = bench.measure(metric)
    let area = bench.size.height * bench.size.width
    for (place, label) in bench.labels.enumerated() where label == Labels.ignoreIndex {
      let (image, pixel) = place.quotientAndRemainder(dividingBy: area)
      for c in 0..<bench.classes {
        bench.logits[(image * bench.classes + c) * area + pixel] = c == 1 ? .nan : 1e30
      }
    }
    #expect(bench.labels.contains(Labels.ignoreIndex))
    #expect(sameBits(bench.measure(metric), before))
  }

  @Test("without a known pixel there is no value", arguments: names)
  func nothingKnown(name: String) throws {
    var bench = MetricBench(images: 2)
    bench.labels = bench.labels.map { _ in Labels.ignoreIndex }
    let measured = try bench.measure(make(name))
    // A share of all pixels is 0 to a metric that counts ignored ones as errors.
    #expect(name == "acc" ? measured.value == 0 : measured.value.isNaN)
  }

  @Test("everything taken for one class is a prediction like any other", arguments: names)
  func emptyPrediction(name: String) throws {
    let bench = MetricBench()
    let empty = MetricBench(
      bench.size, classes: bench.classes,
      predictions: [Label](repeating: 0, count: bench.labels.count), labels: bench.labels)
    let measured = try empty.measure(make(name))
    #expect(measured.value.isFinite)
    #expect(measured.images.allSatisfy { $0.isFinite })
  }

  @Test("a single class, and as many as labels can name", arguments: names, [1, 300])
  func classCounts(name: String, classes: Int) throws {
    let bench = MetricBench(images: 1, Size(height: 6, width: 7), classes: classes)
    let measured = try bench.measure(make(name), batch: 1)
    #expect(measured.classes.isEmpty || measured.classes.count == classes)
    let perfect = try bench.complete.perfect.measure(make(name), batch: 1).value
    let best = try type(of: make(name)).isHigherBetter ? 1.0 : 0.0
    // Of one class nothing can be agreed on beyond chance, and no pixel is of another.
    let means: Bool = classes > 1 || !["matthews_correlation", "specificity"].contains(name)
    if means { #expect(abs(perfect - best) < 1e-12) }
  }

  @Test("every image has a value where images are judged", arguments: names)
  func images(name: String) throws {
    let metric = try make(name)
    let bench = MetricBench()
    let measured = bench.measure(metric)
    #expect(measured.images.count == (type(of: metric).judgesImages ? bench.images : 0))
    for (index, value) in measured.images.enumerated() {
      let area = bench.size.height * bench.size.width
      var alone = bench
      alone.labels = Array(bench.labels[index * area..<(index + 1) * area])
      alone.logits = Array(
        bench.logits[index * area * bench.classes..<(index + 1) * area * bench.classes])
      #expect(agree(alone.measure(metric, batch: 1).value, value), "image \(index)")
    }
  }

  @Test("no value of a metric has the name of a loss's")
  func uniqueNames() {
    #expect(Set(Registry.metrics.names).isDisjoint(with: Registry.losses.names))
    var taken: Set<String> = []
    for metric in Registry.metrics.components {
      for name in [metric.name] + metric.otherNames {
        #expect(taken.insert(name).inserted, "\(name)")
        #expect(Registry.metrics.find(name) == metric)
      }
    }
  }
}
