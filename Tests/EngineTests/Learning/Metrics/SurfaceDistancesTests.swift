@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Surface distances against trying all pixels")
struct SurfaceDistancesTests {
  /// Indices of the border pixels of a class: those with another label, or nothing, beside them.
  private func border(_ map: LabelMap, _ labels: [Label], _ label: Label) -> Set<Int> {
    Set(
      labels.indices.filter { pixel in
        let (y, x) = pixel.quotientAndRemainder(dividingBy: map.width)
        guard labels[pixel] == label else { return false }
        let isInner = [(y - 1, x), (y + 1, x), (y, x - 1), (y, x + 1)].allSatisfy {
          (0..<map.height).contains($0) && (0..<map.width).contains($1)
            && labels[$0 * map.width + $1] == label
        }
        return !isInner
      })
  }

  @Test("of every class, in both directions", arguments: LabelMap.samples.indices)
  func distances(sample: Int) {
    let map = LabelMap.samples[sample]
    // The truth, shifted by a few pixels; its ignored pixels are nobody's in the prediction too.
    let prediction = map.labels.indices.map { index in
      let label = map.labels[(index + map.width + 2) % map.labels.count]
      return label == Labels.ignoreIndex ? 0 : label
    }
    let bench = MetricBench(
      Size(height: map.height, width: map.width), classes: map.classes, predictions: prediction,
      labels: map.labels)
    let masked = prediction.indices.map {
      map.labels[$0] == Labels.ignoreIndex ? Labels.ignoreIndex : prediction[$0]
    }
    let measured = bench.surfaces()
    for label in 0..<map.classes {
      let truth = border(map, map.labels, Label(label))
      let predicted = border(map, masked, Label(label))
      let surface = measured[label]
      #expect(surface.truthPixels == truth.count)
      #expect(surface.predictionPixels == predicted.count)
      #expect(surface.isAbsent == (truth.isEmpty && predicted.isEmpty))
      #expect(surface.isOneSided == (truth.isEmpty != predicted.isEmpty))
      guard !truth.isEmpty, !predicted.isEmpty else { continue }
      func squares(_ from: Set<Int>, _ to: Set<Int>) -> [Double] {
        from.compactMap { map.squaredDistance(from: $0, where: to.contains) }
          .map { Double($0) }.sorted()
      }
      #expect(surface.fromTruth == squares(truth, predicted))
      #expect(surface.fromPrediction == squares(predicted, truth))
    }
  }

  @Test(
    "distances between pixels that are no squares", arguments: LabelMap.samples.indices,
    [PixelSpacing(height: 0.5, width: 2), PixelSpacing(height: 3.3, width: 0.7)])
  func spaced(sample: Int, spacing: PixelSpacing) {
    let map = LabelMap.samples[sample]
    let prediction = map.labels.indices.map { index in
      let label = map.labels[(index + map.width + 2) % map.labels.count]
      return label == Labels.ignoreIndex ? 0 : label
    }
    let bench = MetricBench(
      Size(height: map.height, width: map.width), classes: map.classes, predictions: prediction,
      labels: map.labels)
    let masked = prediction.indices.map {
      map.labels[$0] == Labels.ignoreIndex ? Labels.ignoreIndex : prediction[$0]
    }
    for (label, surface) in bench.surfaces(spacing).enumerated() {
      let truth = border(map, map.labels, Label(label))
      let predicted = border(map, masked, Label(label))
      guard !truth.isEmpty, !predicted.isEmpty else { continue }
      func squares(_ from: Set<Int>, _ to: Set<Int>) -> [Double] {
        from.map { one in
          to.map { other in
            let down = spacing.height * Double(one / map.width - other / map.width)
            let across = spacing.width * Double(one % map.width - other % map.width)
            return down * down + across * across
          }.min() ?? .nan
        }.sorted()
      }
      func error(_ found: [Double], _ expected: [Double]) -> Double {
        zip(found, expected).map { abs($0 - $1) / max(1, $1) }.max() ?? 0
      }
      #expect(surface.fromTruth.count == truth.count)
      #expect(error(surface.fromTruth, squares(truth, predicted)) <= 1e-12)
      #expect(error(surface.fromPrediction, squares(predicted, truth)) <= 1e-12)
    }
  }

  @Test("spacing scales distances, and the diagonal that a missing class costs")
  func scaled() throws {
    let bench = MetricBench()
    for name in ["hausdorff", "hausdorff_95", "average_surface_distance"] {
      let metric = try Registry.metrics.metric(name)
      let (pixels, twice) = (
        bench.measure(metric), bench.measure(metric, spacing: PixelSpacing(height: 2, width: 2))
      )
      for (one, other) in zip(pixels.classes, twice.classes) where !one.isNaN {
        #expect(abs(2 * one - other) < 1e-9)
      }
    }
    let empty = MetricBench(
      Size(height: 3, width: 4), classes: 2, predictions: [Label](repeating: 0, count: 12),
      labels: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0])
    let measured = empty.measure(
      try Registry.metrics.metric("hausdorff"), spacing: PixelSpacing(height: 4, width: 1.25))
    #expect(measured.classes[1] == 13)
  }

  @Test("a class that only one of both has is off by the diagonal, or has no share")
  func oneSided() throws {
    let bench = MetricBench(
      Size(height: 3, width: 4), classes: 3, predictions: [Label](repeating: 0, count: 12),
      labels: [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0])
    for name in ["hausdorff", "hausdorff_95", "average_surface_distance"] {
      let measured = bench.measure(try Registry.metrics.metric(name), batch: 1)
      #expect(measured.classes[1] == 5)
      #expect(measured.classes[2].isNaN)
      #expect(measured.value == (measured.classes[0] + 5) / 2)
    }
    for name in ["boundary_f1", "surface_dice"] {
      #expect(bench.measure(try Registry.metrics.metric(name), batch: 1).classes[1] == 0)
    }
  }

  @Test("background is left out on request")
  func background() throws {
    let bench = MetricBench()
    let metric = try Registry.metrics.metric("hausdorff", ["include_background": .boolean(false)])
    let all = bench.measure(try Registry.metrics.metric("hausdorff"))
    let measured = bench.measure(metric)
    #expect(measured.classes[0].isNaN)
    #expect(measured.classes[1...] == all.classes[1...])
  }

  @Test("a tolerance below 1 is a share of the diagonal")
  func tolerance() {
    #expect(BorderTolerance(written: 0.01).limit(diagonal: 500) == 5)
    #expect(BorderTolerance(written: 2).limit(diagonal: 500) == 2)
    #expect(BorderTolerance(written: 1).limit(diagonal: 500) == 1)
  }
}

extension MetricBench {
  /// Of the first image.
  func surfaces(_ spacing: PixelSpacing = .pixels) -> [SurfaceDistances] {
    let layout = TensorLayout(Shape(1, classes, size.height, size.width))
    let map = PredictionMap(logits: layout, threads: 1)
    map.update(logits)
    return logits.withUnsafeBufferPointer { logits in
      labels.withUnsafeBufferPointer { labels in
        EvaluatedBatch(
          logits: logits.baseAddress!, predictions: map.classes.baseAddress!,
          labels: labels.baseAddress!, images: 1, spacings: [spacing],
          memory: MetricMemory(logits: layout, threads: 1)
        ).surfaces
      }
    }
  }
}
