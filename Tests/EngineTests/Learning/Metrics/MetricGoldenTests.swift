@testable import Datasets
import Foundation
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Metrics against their definitions")
struct MetricGoldenTests {
  struct Golden: Decodable {
    var images: Images
    var segmentations: [Segmentation]
    var surface: Surface
    var objects: Objects
    var pixels: Pixels
    var calibration: Calibration

    struct Images: Decodable {
      var truth: [Label]
      var prediction: [Label]
    }
    struct Segmentation: Decodable {
      var classes: Int
      var confusion: [UInt64]
      /// By metric, by convention; `nil` for NaN.
      var conventions: [String: [String: Double?]]
      var metrics: [String: ExpectedValues]
    }
    /// The value and the values of the classes.
    struct ExpectedValues: Decodable {
      var value: Double
      var classes: [Double]

      init(from decoder: any Decoder) throws {
        var parts = try decoder.unkeyedContainer()
        value = try parts.decode(Double?.self) ?? .nan
        classes = try parts.decode([Double?].self).map { $0 ?? .nan }
      }
    }
    struct Surface: Decodable {
      var size: Int
      var truth: [Label]
      var prediction: [Label]
      var borderPixels: [Int]
      var values: [SurfaceValue]

      enum CodingKeys: String, CodingKey {
        case size, truth, prediction, values
        case borderPixels = "border_pixels"
      }
    }
    struct SurfaceValue: Decodable {
      var metric: String
      var fields: [String: WrittenValue]
      var value: Double

      init(from decoder: any Decoder) throws {
        var parts = try decoder.unkeyedContainer()
        metric = try parts.decode(String.self)
        fields = try parts.decode([String: WrittenValue].self)
        value = try parts.decode(Double.self)
      }
    }
    struct Objects: Decodable {
      /// Score, true object (-1: none), IoU.
      var predictions: [[Double]]
      var truths: Int
      var table: [[String: Double]]
    }
    struct Pixels: Decodable {
      var scores: [Float]
      var labels: [Label]
      var value: Double
    }
    struct Calibration: Decodable {
      var probabilities: [Float]
      var labels: [Label]
      /// By the number of bins.
      var errors: [String: Double]
      var logLoss: Double

      enum CodingKeys: String, CodingKey {
        case probabilities, labels, errors
        case logLoss = "log_loss"
      }
    }
  }

  let golden: Golden

  init() throws { golden = try Fixture.decode(Golden.self, from: "golden-metrics.json") }

  private func bench(classes: Int) -> MetricBench {
    MetricBench(
      Size(height: 3, width: 4), classes: classes, predictions: golden.images.prediction,
      labels: golden.images.truth.ignoring255)
  }

  @Test("counts and what follows from them, over the set and by class")
  func counts() throws {
    for segmentation in golden.segmentations {
      #expect(segmentation.metrics.count == 14)
      for (name, reference) in segmentation.metrics {
        let fields: [String: FieldValue] = name == "f_beta" ? ["beta": .number(2)] : [:]
        let values = bench(classes: segmentation.classes).measure(
          try Registry.metrics.metric(name, fields))
        #expect(agree(values.value, reference.value), "\(name)")
        #expect(agree(values.classes, reference.classes), "\(name)")
      }
      var confusion = ConfusionMatrix(classes: segmentation.classes)
      confusion.add(
        predictions: golden.images.prediction, labels: golden.images.truth.ignoring255, area: 24)
      #expect(confusion.counts == segmentation.confusion)
    }
  }

  @Test("the conventions for classes that do not occur", arguments: AbsentClasses.allCases)
  func conventions(absentClasses: AbsentClasses) throws {
    for segmentation in golden.segmentations {
      for (name, references) in segmentation.conventions {
        let reference = try #require(references[absentClasses.rawValue]) ?? .nan
        let values = bench(classes: segmentation.classes).measure(
          try Registry.metrics.metric(name), absentClasses: absentClasses)
        #expect(agree(values.value, reference), "\(name)")
      }
    }
  }

  @Test("borders")
  func surfaces() throws {
    let surface = golden.surface
    let bench = MetricBench(
      Size(square: surface.size), classes: 2, predictions: surface.prediction,
      labels: surface.truth.ignoring255)
    for expected in surface.values {
      let metric = try #require(
        Registry.metrics.make(expected.metric, expected.fields) as? any Metric)
      let value = bench.measure(metric, batch: 1).classes[1]
      #expect(agree(value, expected.value), "\(expected)")
    }
    #expect(surface.values.count == 11)
    #expect(surface.borderPixels == [12, 15])
  }

  @Test("objects that are matched at rising thresholds")
  func objects() throws {
    var objects = ClassObjects()
    for _ in 0..<golden.objects.truths { _ = objects.addTruth() }
    for prediction in golden.objects.predictions {
      let overlaps = prediction[1] < 0 ? [] : [(truth: Int(prediction[1]), iou: prediction[2])]
      objects.add(score: prediction[0], overlaps: overlaps)
    }
    #expect(golden.objects.table.count == 10)
    let thresholds = try golden.objects.table.map { try #require($0["threshold"]) }
    for (row, curve) in zip(golden.objects.table, objects.curves(thresholds: thresholds)) {
      for interpolation in PrecisionRecallCurve.Interpolation.allCases {
        let value = curve.average(interpolation)
        #expect(agree(value, try #require(row[interpolation.rawValue])), "\(interpolation) \(row)")
      }
    }
  }

  @Test("the average precision of pixels")
  func pixels() throws {
    // Logits of two classes whose softmax has these probabilities of the second.
    let pixels = golden.pixels
    let values = bench(probabilities: pixels.scores, labels: pixels.labels.ignoring255).measure(
      try Registry.metrics.metric("pixel_average_precision"), batch: 1)
    #expect(agree(values.classes[1], pixels.value))
  }

  @Test("calibration and the loss of DeepDetect")
  func calibration() throws {
    let calibration = golden.calibration
    let bench = bench(
      probabilities: calibration.probabilities, labels: calibration.labels.ignoring255)
    for (bins, error) in calibration.errors {
      let metric = try Registry.metrics.metric(
        "expected_calibration_error", ["bins": .integer(try #require(Int(bins)))])
      #expect(abs(bench.measure(metric, batch: 1).value - error) < 1e-6, "\(bins) bins")
    }
    let loss = bench.measure(try Registry.metrics.metric("mcll"), batch: 1).value
    #expect(isClose(loss, calibration.logLoss))
  }

  private func bench(probabilities: [Float], labels: [Label]) -> MetricBench {
    var bench = MetricBench(
      Size(height: 1, width: labels.count), classes: 2, predictions: labels, labels: labels)
    for (pixel, probability) in probabilities.enumerated() {
      bench.logits[pixel] = 0
      bench.logits[labels.count + pixel] = Float(log(Double(probability / (1 - probability))))
    }
    return bench
  }
}
