@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Objects of predictions and truths")
struct ObjectMatchesTests {
  private func matches(
    _ predictions: [Label], _ labels: [Label], width: Int, scores: [Float]? = nil, first: Int = 1,
    minimumArea: Int = 1, minimumIoU: Double = 0
  ) -> ObjectMatches {
    let scores = scores ?? [Float](repeating: 1, count: labels.count)
    return predictions.withUnsafeBufferPointer { predictions in
      labels.withUnsafeBufferPointer { labels in
        scores.withUnsafeBufferPointer { scores in
          ObjectMatches(
            .init(
              predictions: predictions.baseAddress!, labels: labels.baseAddress!,
              scores: scores.baseAddress!,
              size: Size(height: labels.count / width, width: width)),
            first: first, minimumArea: minimumArea, minimumIoU: minimumIoU)
        }
      }
    }
  }

  @Test("corners connect, classes do not")
  func connection() {
    let labels: [Label] = [
      1, 0, 2, 2,
      0, 1, 2, 0,
      1, 0, 0, 1,
    ]
    let found = matches(labels, labels, width: 4)
    #expect(found.truths == [1, 2, 1])
    #expect(found.predictions.map(\.label) == [1, 2, 1])
    #expect(found.predictions.map { $0.overlaps.map(\.truth) } == [[0], [1], [2]])
    #expect(found.predictions.allSatisfy { $0.overlaps[0].iou == 1 })
    #expect(matches(labels, labels, width: 4, first: 0).truths.count == 4)
  }

  @Test("overlaps are those of the pixels, scores their means")
  func overlaps() {
    let labels: [Label] = [1, 1, 0, 1, 1, 1, 0, 2]
    let predictions: [Label] = [0, 1, 1, 1, 0, 0, 0, 1]
    let scores: [Float] = [0, 0.5, 0.75, 1, 0, 0, 0, 0.25]
    let found = matches(predictions, labels, width: 8, scores: scores)
    #expect(found.predictions.map(\.score) == [0.75, 0.25])
    let overlaps = found.predictions[0].overlaps
    #expect(overlaps.map(\.truth) == [0, 1])
    #expect(overlaps.map(\.iou) == [1.0 / 4, 1.0 / 5])
    #expect(found.predictions[1].overlaps.isEmpty, "an object of another class is no match")
    let large = matches(predictions, labels, width: 8, scores: scores, minimumIoU: 0.25)
    #expect(large.predictions[0].overlaps.map(\.truth) == [0])
  }

  @Test("small objects are left out on both sides")
  func minimumArea() {
    let labels: [Label] = [1, 0, 1, 1]
    let found = matches(labels, labels, width: 4, minimumArea: 2)
    #expect(found.truths == [1])
    #expect(found.predictions.map { $0.overlaps.map(\.truth) } == [[0]])
  }

  @Test("objects are those of a search from pixel to pixel", arguments: LabelMap.samples.indices)
  func components(sample: Int) {
    let map = LabelMap.samples[sample]
    let found = matches(map.labels, map.labels, width: map.width)
    #expect(found.truths.count == map.objects.count)
    let byLabel = Dictionary(grouping: map.objects) { map.labels[$0.first!] }.mapValues(\.count)
    #expect(Dictionary(grouping: found.truths) { $0 }.mapValues(\.count) == byLabel)
    #expect(found.predictions.allSatisfy { $0.overlaps.map(\.iou) == [1] })
  }

  @Test("each true object is taken once, by the surest prediction, and each takes its best")
  func matching() {
    var objects = ClassObjects()
    for place in 0..<2 { #expect(objects.addTruth() == place) }
    objects.add(score: 0.5, overlaps: [(truth: 0, iou: 0.9)])
    objects.add(score: 0.9, overlaps: [(truth: 0, iou: 0.4), (truth: 1, iou: 0.3)])
    objects.add(score: .nan, overlaps: [(truth: 1, iou: 0.8)])
    objects.add(score: 0.5, overlaps: [(truth: 1, iou: 0.7)])
    let hits = objects.curves(thresholds: [0.3, 0.5, 1]).map(\.isHit)
    #expect(hits[0] == [true, false, true, false])
    #expect(hits[1] == [false, true, true, false])
    #expect(hits[2] == [false, false, false, false])
  }

  @Test("without thresholds there is nothing to average over")
  func thresholds() throws {
    #expect(throws: ComponentError.self) {
      try Registry.metrics.metric("average_precision", ["thresholds": .numbers([])])
    }
    let metric = try #require(
      try Registry.metrics.metric("average_precision") as? AveragePrecision)
    #expect(metric.thresholds == [0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95])
  }
}
