/// The figures of a run, one row a round.
package struct MetricHistory: Sendable, Equatable {
  package var classNames: [String]
  /// Names of the tensors whose digests are kept.
  package var tensorNames: [String]
  /// Names of the scalar series, in the order of ``Row/values``: `training.loss`,
  /// `validation.mean_iou`, … Missing values (the IoU of a class that does not occur) are NaN.
  package var seriesNames: [String]
  /// Metrics that are kept of every class besides those that always are, in the order of
  /// ``Row/classFigures``.
  package var classMetricNames: [String]
  /// What ``Row/worstImages`` are ranked by; `nil` where they are not kept.
  package var worstImagesMetric: String?
  /// Whether a pixel may be of several classes.
  package var classesOverlap: Bool
  package var rows: [Row]

  package struct Row: Sendable, Equatable {
    package var round: Int
    package var step: Int
    package var epoch: Double
    package var values: [Double]
    /// `[K]`; NaN for a class that neither occurs nor is predicted.
    package var iou: [Double]
    package var dice: [Double]
    /// Recall; NaN for a class that does not occur.
    package var classAccuracy: [Double]
    /// `[K, K]`: rows are the truth, columns the prediction. Where classes overlap `[K, 2, 2]`: of each
    /// class, rows are whether it is there, columns whether it is predicted.
    package var confusion: [UInt64]
    /// `[M, K]`: of each of ``classMetricNames``; NaN where it means nothing.
    package var classFigures: [[Double]]
    /// The worst first.
    package var worstImages: [RankedImage]
    /// Digest of the bits of each tensor.
    package var tensorDigests: [UInt64]
    package var trainingSeconds: Double
    package var evaluationSeconds: Double
    /// The attempt that computed it, from 1.
    package var attempt: Int

    package init(
      round: Int, step: Int, epoch: Double, values: [Double], iou: [Double], dice: [Double],
      classAccuracy: [Double], confusion: [UInt64], classFigures: [[Double]] = [],
      worstImages: [RankedImage] = [], tensorDigests: [UInt64], trainingSeconds: Double,
      evaluationSeconds: Double, attempt: Int
    ) {
      self.round = round
      self.step = step
      self.epoch = epoch
      self.values = values
      self.iou = iou
      self.dice = dice
      self.classAccuracy = classAccuracy
      self.confusion = confusion
      self.classFigures = classFigures
      self.worstImages = worstImages
      self.tensorDigests = tensorDigests
      self.trainingSeconds = trainingSeconds
      self.evaluationSeconds = evaluationSeconds
      self.attempt = attempt
    }
  }

  /// An image of the validation data with its figure.
  package struct RankedImage: Sendable, Equatable, Codable {
    /// As the list of the data writes it.
    package var name: String
    package var value: Double

    package init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  package init(
    classNames: [String], tensorNames: [String], seriesNames: [String],
    classMetricNames: [String] = [], worstImagesMetric: String? = nil,
    classesOverlap: Bool = false, rows: [Row] = []
  ) {
    self.classNames = classNames
    self.tensorNames = tensorNames
    self.seriesNames = seriesNames
    self.classMetricNames = classMetricNames
    self.worstImagesMetric = worstImagesMetric
    self.classesOverlap = classesOverlap
    self.rows = rows
  }

  /// The series of that name over all rows, or `nil` where there is none: a scalar one, or that of
  /// a class, `validation.iou.crack`.
  package func series(_ name: String) -> [Double]? {
    if let column = seriesNames.firstIndex(of: name) { return rows.map { $0.values[column] } }
    return classSeries(name)
  }

  private func classSeries(_ name: String) -> [Double]? {
    let validation = "validation."
    guard name.hasPrefix(validation) else { return nil }
    let figure = name.dropFirst(validation.count)
    for (metric, values) in Self.classFigures {
      if let index = classIndex(figure, of: metric) { return rows.map { values($0)[index] } }
    }
    for (place, metric) in classMetricNames.enumerated() {
      if let index = classIndex(figure, of: metric) {
        return rows.map { $0.classFigures[place][index] }
      }
    }
    return nil
  }

  /// What is kept of every class, whatever the spec asks for.
  private static let classFigures: [(metric: String, values: @Sendable (Row) -> [Double])] = [
    ("iou", { $0.iou }), ("dice", { $0.dice }), ("accuracy", { $0.classAccuracy }),
  ]

  /// The class that is named behind the metric; class names may hold any character.
  private func classIndex(_ figure: Substring, of metric: String) -> Int? {
    guard figure.hasPrefix(metric + ".") else { return nil }
    let name = figure.dropFirst(metric.count + 1)
    return classNames.firstIndex { $0 == name }
  }
}
