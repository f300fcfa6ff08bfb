import CKernels
@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Metrics of thin structures against scikit-image and SciPy")
struct ThinStructureMetricTests {
  struct Case: Decodable, CustomTestStringConvertible {
    var name: String
    var height: Int
    var width: Int
    var truth: String
    var prediction: String
    /// `[K][H, W]`, of the truth.
    var skeletons: [String]
    /// `[K]`; `nil` where the class is in neither.
    var classes: [[String: Double?]]

    var testDescription: String { name }
    var size: Size { Size(height: height, width: width) }

    /// 9 is ignored.
    static func labels(_ digits: String) -> [Label] {
      digits.map { $0 == "9" ? Labels.ignoreIndex : Label($0.wholeNumberValue ?? 0) }
    }
  }

  static let cases = Result { try Fixture.decode([Case].self, from: "golden-topology.json") }

  private static let metrics: [(name: String, key: String, fields: [String: FieldValue])] = [
    ("centerline_dice", "centerline_dice", [:]),
    ("skeleton_precision", "skeleton_precision", [:]),
    ("skeleton_recall", "skeleton_recall", [:]),
    ("skeleton_precision", "wide precision", ["tolerance": .number(3.5)]),
    ("skeleton_recall", "wide recall", ["tolerance": .number(3.5)]),
    ("betti_error_0", "betti_error_0", [:]),
    ("betti_error_1", "betti_error_1", [:]),
    ("betti_error_0", "small betti_error_0", ["window": .integer(13)]),
    ("betti_error_1", "small betti_error_1", ["window": .integer(13)]),
  ]

  @Test("every metric of every class", arguments: try cases.get())
  func values(golden: Case) throws {
    let bench = MetricBench(
      golden.size, classes: golden.classes.count, predictions: Case.labels(golden.prediction),
      labels: Case.labels(golden.truth))
    for (name, key, fields) in Self.metrics {
      let background: [String: FieldValue] = ["include_background": .boolean(true)]
      let metric = try Registry.metrics.metric(name, fields.merging(background) { $1 })
      let reference = try golden.classes.map { try #require($0[key]) ?? .nan }
      #expect(agree(bench.measure(metric, batch: 1).classes, reference), "\(key)")
    }
  }

  @Test("skeletons are those of scikit-image, all classes at once", arguments: try cases.get())
  func skeletons(golden: Case) {
    let labels = Case.labels(golden.truth)
    var skeletons = labels
    var scratch = [Int32](repeating: 0, count: labels.count)
    ck_skeletons(labels, Int32(golden.height), Int32(golden.width), 0, &skeletons, &scratch)
    for (label, expected) in golden.skeletons.enumerated() {
      let found = skeletons.map { $0 == label ? "1" : "0" }.joined()
      #expect(found == expected, "class \(label)")
    }
  }

  @Test("a line that is broken once is one component too many; a ring that is open lacks its hole")
  func breaks() throws {
    let line: [Label] = [1, 1, 1, 1, 1, 1, 1], broken: [Label] = [1, 1, 1, 0, 1, 1, 1]
    func value(_ name: String, _ truth: [Label], _ prediction: [Label], _ size: Size) throws
      -> Double
    {
      MetricBench(size, classes: 2, predictions: prediction, labels: truth)
        .measure(try Registry.metrics.metric(name), batch: 1).value
    }
    let flat = Size(height: 1, width: 7)
    #expect(try value("betti_error_0", line, broken, flat) == 1)
    #expect(try value("betti_error_1", line, broken, flat) == 0)
    let ring: [Label] = [1, 1, 1, 1, 0, 1, 1, 1, 1], open: [Label] = [1, 1, 1, 1, 0, 1, 1, 0, 1]
    #expect(try value("betti_error_0", ring, open, Size(square: 3)) == 0)
    #expect(try value("betti_error_1", ring, open, Size(square: 3)) == 1)
  }
}
