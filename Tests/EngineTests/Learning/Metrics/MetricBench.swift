@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

/// The images of an evaluation, and what a metric says of them however they are divided.
struct MetricBench {
  let size: Size
  let classes: Int
  /// `[I, K, H, W]`.
  var logits: [Float]
  /// `[I, H, W]`.
  var labels: [Label]

  /// - Parameter margin: of the logit of the predicted class over the others, which are 0.
  init(_ size: Size, classes: Int, predictions: [Label], labels: [Label], margin: Float = 3) {
    (self.size, self.classes, self.labels) = (size, classes, labels)
    let area = size.height * size.width
    logits = (0..<labels.count * classes).map { place in
      let (plane, pixel) = place.quotientAndRemainder(dividingBy: area)
      let (image, label) = plane.quotientAndRemainder(dividingBy: classes)
      return Int(predictions[image * area + pixel]) == label ? margin : 0
    }
  }

  /// Patches of every class, predictions that are off by a pixel and in noise, and ignored pixels.
  init(images: Int = 5, _ size: Size = Size(height: 14, width: 17), classes: Int = 4) {
    var labels: [Label] = []
    var predictions: [Label] = []
    var random = RandomStream(seed: 3, purpose: .init("metric bench"))
    for _ in 0..<images {
      var map = [Label](repeating: 0, count: size.height * size.width)
      for _ in 0..<6 {
        let (top, left) = (random.below(size.height), random.below(size.width))
        let label = random.below(classes + 1)
        for y in top..<min(top + 5, size.height) {
          for x in left..<min(left + 5, size.width) {
            map[y * size.width + x] = label == classes ? Labels.ignoreIndex : Label(label)
          }
        }
      }
      for pixel in map.indices {
        let shifted = map[max(0, pixel - 1)]
        let isNoise = random.below(9) == 0 || shifted == Labels.ignoreIndex
        predictions.append(isNoise ? Label(random.below(classes)) : shifted)
      }
      labels += map
    }
    self.init(size, classes: classes, predictions: predictions, labels: labels)
    for place in logits.indices { logits[place] += random.uniform(-1, 1) }
  }

  /// The same with the most probable class that of the label, where there is one.
  var perfect: MetricBench {
    MetricBench(
      size, classes: classes, predictions: labels.map { $0 == Labels.ignoreIndex ? 0 : $0 },
      labels: labels, margin: 60)
  }

  /// The same with no pixel right.
  var opposite: MetricBench {
    MetricBench(
      size, classes: classes,
      predictions: labels.map { $0 == Labels.ignoreIndex ? 0 : ($0 + 1) % Label(classes) },
      labels: labels, margin: 60)
  }

  /// The same with every label known.
  var complete: MetricBench {
    var bench = self
    bench.labels = labels.map { $0 == Labels.ignoreIndex ? 0 : $0 }
    return bench
  }

  /// The same with class c called `names[c]`.
  func renamed(_ names: [Label]) -> MetricBench {
    var bench = self
    let area = size.height * size.width
    bench.labels = labels.map { $0 == Labels.ignoreIndex ? $0 : names[Int($0)] }
    for place in logits.indices {
      let (plane, pixel) = place.quotientAndRemainder(dividingBy: area)
      let (image, label) = plane.quotientAndRemainder(dividingBy: classes)
      bench.logits[(image * classes + Int(names[label])) * area + pixel] = logits[place]
    }
    return bench
  }

  var images: Int { labels.count / (size.height * size.width) }

  /// - Parameters:
  ///   - batch: images in a batch; the last one is filled up with ignored pixels.
  ///   - accumulator: of the same settings; one of its own unless given.
  func measure(
    _ metric: any Metric, batch: Int = 2, block: Int = 1, threads: Int = 1,
    absentClasses: AbsentClasses = .cityscapes, spacing: PixelSpacing = .pixels,
    accumulator: (any MetricAccumulator)? = nil
  ) -> MetricValues {
    let layout = TensorLayout(Shape(batch, classes, size.height, size.width), block: block)
    let accumulator =
      accumulator
      ?? metric.makeAccumulator(
        for: MetricContext(classes: classes, absentClasses: absentClasses, threads: threads))
    let memory = MetricMemory(logits: layout, threads: threads)
    let map = PredictionMap(logits: layout, threads: threads)
    let (places, area) = (layout.places, size.height * size.width)
    accumulator.begin()
    for first in stride(from: 0, to: images, by: batch) {
      let count = min(batch, images - first)
      var stored = [Float](repeating: 0, count: layout.elements)
      for index in 0..<count * classes * area {
        stored[places[index]] = logits[first * classes * area + index]
      }
      var known = [Label](repeating: Labels.ignoreIndex, count: batch * area)
      for index in 0..<count * area { known[index] = labels[first * area + index] }
      map.update(stored)
      stored.withUnsafeBufferPointer { stored in
        known.withUnsafeBufferPointer { known in
          accumulator.add(
            EvaluatedBatch(
              logits: stored.baseAddress!, predictions: map.classes.baseAddress!,
              labels: known.baseAddress!, images: count,
              spacings: Array(repeating: spacing, count: count), memory: memory))
        }
      }
    }
    return accumulator.values()
  }
}

extension Registry where Member == any Metric.Type {
  /// Those that judge classes; the others judge objects that are told apart.
  var namesOfClasses: [String] { members.filter { $0.reads.contains(.classes) }.map { $0.name } }
}

extension Registry {
  func metric(_ name: String, _ fields: [String: FieldValue] = [:]) throws -> any Metric {
    try #require(makeDefault(name, fields) as? any Metric)
  }
}

/// Tells whether two values are equal to the bit, NaN to NaN.
func sameBits(_ first: MetricValues, _ second: MetricValues) -> Bool {
  func bits(_ values: MetricValues) -> [[UInt64]] {
    [[values.value], values.classes, values.images].map { $0.map(\.bitPattern) }
  }
  return bits(first) == bits(second)
}

/// Within 1e-12, NaN by NaN.
func agree(_ value: Double, _ reference: Double) -> Bool {
  value.isNaN || reference.isNaN
    ? value.isNaN == reference.isNaN : abs(value - reference) <= 1e-12 * max(1, abs(reference))
}

func agree(_ values: [Double], _ references: [Double]) -> Bool {
  values.count == references.count && zip(values, references).allSatisfy { agree($0, $1) }
}
