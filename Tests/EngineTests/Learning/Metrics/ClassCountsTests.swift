@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

/// What becomes of classes that are missed, made up, or neither.
@Suite("Ratios of counts of classes")
struct ClassCountsTests {
  /// Pixels of class 0 are right, those of 1 are taken for 0, 3 is made up, 4 is nowhere.
  private func bench() -> MetricBench {
    MetricBench(
      Size(height: 1, width: 10), classes: 5,
      predictions: [0, 0, 0, 0, 0, 0, 2, 2, 3, 0], labels: [0, 0, 0, 0, 1, 1, 2, 2, 0, 2])
  }

  private func values(_ name: String, _ fields: [String: FieldValue] = [:]) throws -> MetricValues {
    bench().measure(try Registry.metrics.metric(name, fields), batch: 1)
  }

  @Test("a class that is missed or made up has a precision and a recall of 0")
  func zero() throws {
    #expect(try agree(values("precision").classes, [4.0 / 7, 0, 1, 0, .nan]))
    #expect(try agree(values("recall").classes, [4.0 / 5, 0, 2.0 / 3, 0, .nan]))
    #expect(try agree(values("precision").value, (4.0 / 7 + 1) / 4))
    #expect(try agree(values("recall").value, (4.0 / 5 + 2.0 / 3) / 4))
    #expect(try agree(values("mean_class_accuracy").value, (4.0 / 5 + 2.0 / 3) / 3))
    #expect(try agree(values("specificity").classes.last ?? 0, .nan))
  }

  @Test("a network that says only background has a precision of 0.2, not 0.8")
  func background() throws {
    let labels = [Label](repeating: 0, count: 8) + [1, 2, 3, 3]
    let bench = MetricBench(
      Size(height: 1, width: 12), classes: 4, predictions: labels.map { _ in 0 }, labels: labels)
    let precision = try Registry.metrics.metric("precision")
    for absentClasses in AbsentClasses.allCases {
      let value = bench.measure(precision, batch: 1, absentClasses: absentClasses).value
      #expect(agree(value, 8.0 / 12 / 4), "\(absentClasses)")
    }
  }

  @Test("F of any beta, of one class a pixel and of several", arguments: [0.5, 1, 2.5])
  func fBeta(beta: Double) throws {
    let square = beta * beta
    func f(_ hits: Double, _ missed: Double, _ false_: Double) -> Double {
      (1 + square) * hits / ((1 + square) * hits + square * missed + false_)
    }
    #expect(
      try agree(
        values("f_beta", ["beta": .number(beta)]).classes,
        [f(4, 1, 3), 0, f(2, 1, 0), 0, .nan]))

    var confusion = ConfusionMatrix(classes: 2, kind: .multilabel)
    // Of each class: right negatives, false positives, false negatives, hits.
    confusion.counts = [5, 1, 2, 2, 4, 3, 2, 1]
    let counts = ClassCounts(confusion)
    #expect(agree(counts.fMeasure(beta: beta), [f(2, 2, 1), f(1, 2, 3)]))
    #expect(counts.hits == [2, 1] && counts.total == 10)
  }

  @Test("of several labels a class that is never predicted counts in the mean precision")
  func severalLabels() throws {
    var confusion = ConfusionMatrix(classes: 3, kind: .multilabel)
    confusion.counts = [5, 1, 2, 2, 4, 3, 2, 1, 7, 0, 3, 0]
    let counts = ClassCounts(confusion)
    #expect(agree(counts.precision, [2.0 / 3, 1.0 / 4, 0]))
    #expect(
      agree(AbsentClasses.cityscapes.mean(counts.precision, of: counts), (2.0 / 3 + 0.25) / 3))
  }
}
