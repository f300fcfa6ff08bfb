import Engine
import Testing

@Suite("Confusion matrix")
struct ConfusionMatrixTests {
  @Test("rows are the truth, columns the prediction, and ignored pixels are in neither")
  func counting() {
    var confusion = ConfusionMatrix(classes: 3)
    confusion.add(predictions: [0, 1, 1, 2, 2], labels: [0, 0, 1, 255, 1], count: 5)
    #expect(confusion.counts == [1, 1, 0, 0, 1, 1, 0, 0, 0])
    #expect(confusion[0, 1] == 1)
    #expect(confusion[1, 0] == 0)
  }

  @Test("of several labels a pixel each class is counted by itself")
  func sets() {
    var random = RandomStream(seed: 1, purpose: .init("sets"))
    let labels = (0..<500).map { _ in random.below(8) == 0 ? Labels.ignored : UInt8(random.below(8))
    }
    let predictions = labels.map { _ in UInt8(random.below(8)) }
    var confusion = ConfusionMatrix(classes: 3, labelling: .multiple)
    confusion.add(predictions: predictions, labels: labels, count: 200)
    var rest = ConfusionMatrix(classes: 3, labelling: .multiple)
    rest.add(
      predictions: Array(predictions[200...]), labels: Array(labels[200...]), count: 300)
    confusion.merge(rest)
    for label in 0..<3 {
      for (cell, (isThere, isPredicted)) in [(0, 0), (0, 1), (1, 0), (1, 1)].enumerated() {
        let expected = zip(labels, predictions).count { truth, prediction in
          truth != Labels.ignored && Int(truth) >> label & 1 == isThere
            && Int(prediction) >> label & 1 == isPredicted
        }
        #expect(confusion.counts[4 * label + cell] == UInt64(expected))
      }
    }
  }

  @Test("values of sets of one class are those of that class")
  func setsOfOne() throws {
    let (truth, prediction) = (SegmentationMetricsTests.truth, SegmentationMetricsTests.prediction)
    var plain = ConfusionMatrix(classes: 4)
    plain.add(predictions: prediction, labels: truth, count: 24)
    var sets = ConfusionMatrix(classes: 4, labelling: .multiple)
    sets.add(
      predictions: prediction.map { 1 << $0 },
      labels: truth.map { $0 == Labels.ignored ? $0 : 1 << $0 }, count: 24)
    func values(_ metric: String) throws -> (one: Double, other: Double) {
      let metric = try Registry.metrics.metric(metric)
      func value(_ counts: ConfusionMatrix) throws -> Double {
        let context = MetricContext(classes: 4, labelling: counts.labelling)
        let derivation = try #require(metric.derivation(for: context))
        return derivation(counts).value
      }
      return (try value(plain), try value(sets))
    }
    for name in ["mean_iou", "mean_dice", "mean_class_accuracy"] {
      let (one, other) = try values(name)
      #expect(one == other, "\(name)")
    }
    let weighted = try values("frequency_weighted_iou")
    #expect(abs(weighted.one - weighted.other) < 1e-12)
    // Every wrong pixel is two wrong answers of four: not the class it is, and the one it is not.
    let accuracy = try values("pixel_accuracy")
    #expect(abs((1 - accuracy.other) * 4 - (1 - accuracy.one) * 2) < 1e-12)
  }

  @Test("merging parts is counting the whole")
  func merging() {
    let truth = SegmentationMetricsTests.truth
    let prediction = SegmentationMetricsTests.prediction
    var whole = ConfusionMatrix(classes: 4)
    whole.add(predictions: prediction, labels: truth, count: 24)
    var first = ConfusionMatrix(classes: 4)
    first.add(predictions: prediction, labels: truth, count: 7)
    var second = ConfusionMatrix(classes: 4)
    second.add(
      predictions: Array(prediction[7...]), labels: Array(truth[7...]), count: 17)
    first.merge(second)
    #expect(first == whole)
    #expect(whole.counts == [8, 1, 0, 1, 1, 6, 0, 0, 0, 1, 3, 0, 0, 0, 0, 0])
  }
}
