package import Datasets
package import Groundwork
package import Learning

/// Clouds of points: every point is of one class. A sample of N points is an image of height 1 and width N, so
/// that training, evaluations and records need to know nothing of it.
package struct PointsTask: SegmentationTask {
  package static let name = "points"
  package static let about = "One class a point of a cloud."
  package static let fields: [FieldDeclaration] = []
  package static let example =
    "task: points\ndata: {points: {count: 2048, columns: {label: 3}}}\ntemplate: pointnet"
  package let allowsTestTimeAugmentation = false
  package var reading: any TruthReading {
    ClassMasks(task: Self.name, samplesArePoints: true)
  }

  package init() {}
  package init(_ values: FieldValues) {}

  package func decode(
    _ logits: UnsafePointer<Float>, _ layout: TensorLayout,
    into predictions: UnsafeMutablePointer<Label>, threads: Int
  ) {
    PredictionMap.highest(logits, layout, into: predictions, threads: threads)
  }

  package func tint(_ labels: [Label], area: Int, _ palette: ClassPalette) -> LabelTint {
    palette.tint(classes: labels)
  }

  /// Points have no neighbors that lines could be drawn between.
  package func outlined(_ labels: [Label], area: Int) -> [Label] {
    Array(repeating: 0, count: labels.count)
  }

  /// None: what follows in a file does not touch.
  package func objects(in labels: [Label], size: Size, isOutlined: Bool) -> [ImageObject] { [] }
}
