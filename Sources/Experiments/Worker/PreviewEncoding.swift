internal import Groundwork
import Measurements
import Tracking
internal import Training

/// Makes previews what records keep: PNG files in memory.
enum PreviewEncoding {
  /// - Parameter earlier: those of earlier attempts.
  /// - Returns: `nil` where no images are looked at.
  static func begin(
    _ loop: TrainingLoop, after earlier: PreviewRecord?
  ) throws -> PreviewRecord? {
    let images = try loop.previewedImages().map { image in
      PreviewRecord.Image(
        name: image.name, image: try ImageFile.png(image.image),
        truth: try encoded(image.truth, image.image.size))
    }
    guard !images.isEmpty else { return nil }
    return PreviewRecord(images: images, evaluations: earlier?.evaluations ?? [])
  }

  /// `[P, H, W]` as an image of 16 bits, one plane below the other.
  fileprivate static func encoded(_ labels: [Label], _ size: Size) throws -> [UInt8] {
    let planes = Size(height: labels.count / max(1, size.width), width: size.width)
    return try ImageFile.png(
      Raster(
        size: planes, channels: 1, depth: .bits16, pixels: labels.withUnsafeBytes { Array($0) }))
  }
}

extension PreviewRecord {
  /// Evaluations that are kept at most, besides the last.
  private static let maximumEvaluations = 64

  /// Adds an evaluation. Of more than ``maximumEvaluations`` every second is kept, then every fourth, and so
  /// on, and always the last, so that the size of a record has a bound.
  ///
  /// - Parameter history: up to this evaluation.
  mutating func add(
    _ predictions: [PreviewedPrediction], at point: EvaluationPoint, of history: MetricHistory
  ) throws {
    evaluations.append(
      Evaluation(
        point,
        predictions: try predictions.map { try PreviewEncoding.encoded($0.labels, $0.size) }))
    var step = 1
    while history.rows.count > step * Self.maximumEvaluations { step *= 2 }
    let kept = Set(
      stride(from: 0, to: history.rows.count, by: step).map { history.rows[$0].step })
    evaluations.removeAll { $0.point != point && !kept.contains($0.point.step) }
  }
}
