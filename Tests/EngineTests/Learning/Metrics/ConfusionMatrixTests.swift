@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Confusion matrix")
struct ConfusionMatrixTests {
  @Test("rows are the truth, columns the prediction, and ignored pixels are in neither")
  func counting() {
    var confusion = ConfusionMatrix(classes: 3)
    confusion.add(
      predictions: [0, 1, 1, 2, 2], labels: [0, 0, 1, Labels.ignoreIndex, 1], area: 5)
    #expect(confusion.counts == [1, 1, 0, 0, 1, 1, 0, 0, 0])
    #expect(confusion[0, 1] == 1)
    #expect(confusion[1, 0] == 0)
  }

  @Test("of several labels a pixel each class is counted by itself", arguments: [3, 20])
  func planes(classes: Int) {
    var random = RandomStream(seed: 1, purpose: .init("planes"))
    let area = 200
    func draw(ignoring: Bool) -> [Label] {
      (0..<2 * classes * area).map { _ in
        ignoring && random.below(8) == 0 ? Labels.ignoreIndex : Label(random.below(2))
      }
    }
    let (labels, predictions) = (draw(ignoring: true), draw(ignoring: false))
    var confusion = ConfusionMatrix(classes: classes, kind: .multilabel)
    var rest = confusion
    confusion.add(predictions: predictions, labels: labels, area: area)
    let size = classes * area
    rest.add(
      predictions: Array(predictions[size...]), labels: Array(labels[size...]), area: area)
    confusion.merge(rest)
    for label in 0..<classes {
      for (cell, (isThere, isPredicted)) in [(0, 0), (0, 1), (1, 0), (1, 1)].enumerated() {
        let expected = (0..<2 * area).count { pixel in
          let place = (pixel / area * classes + label) * area + pixel % area
          return labels[place] == isThere && predictions[place] == isPredicted
        }
        #expect(confusion.counts[4 * label + cell] == UInt64(expected))
      }
    }
  }

  @Test("where no classes overlap metric values are those of one class a pixel")
  func planesOfOne() throws {
    let (truth, prediction) = (SegmentationMetricsTests.truth, SegmentationMetricsTests.prediction)
    var plain = ConfusionMatrix(classes: 4)
    plain.add(predictions: prediction, labels: truth, area: 24)
    var planes = ConfusionMatrix(classes: 4, kind: .multilabel)
    planes.add(predictions: prediction.planes(4), labels: truth.planes(4), area: 24)
    func values(_ metric: String) throws -> (one: Double, other: Double) {
      let metric = try Registry.metrics.metric(metric)
      func value(_ counts: ConfusionMatrix) throws -> Double {
        let derivation = try #require(metric.derivation(for: MetricContext(classes: 4)))
        return derivation(counts).value
      }
      return (try value(plain), try value(planes))
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
    whole.add(predictions: prediction, labels: truth, area: 24)
    var first = ConfusionMatrix(classes: 4)
    first.add(predictions: prediction, labels: truth, area: 7)
    var second = ConfusionMatrix(classes: 4)
    second.add(
      predictions: Array(prediction[7...]), labels: Array(truth[7...]), area: 17)
    first.merge(second)
    #expect(first == whole)
    #expect(whole.counts == [8, 1, 0, 1, 1, 6, 0, 0, 0, 1, 3, 0, 0, 0, 0, 0])
  }
}
