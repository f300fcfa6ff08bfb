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
