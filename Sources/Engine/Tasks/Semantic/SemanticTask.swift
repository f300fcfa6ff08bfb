package import Datasets
package import Groundwork
internal import Learning

/// Semantic segmentation: every pixel is of one class.
package struct SemanticTask: SegmentationTask {
  package static let name = "semantic"
  package static let about = "One class a pixel."
  package static let fields: [FieldDeclaration] = []
  package static let example = "task: semantic"
  package var reading: any TruthReading { ClassMasks(task: Self.name) }

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
}
