package import Datasets
package import Groundwork
internal import Learning

/// Structures that overlap: whether a pixel is of a class is asked of every class by itself.
package struct MultilabelTask: SegmentationTask {
  package static let name = "multilabel"
  package static let about = "Any number of classes a pixel, a mask for each."
  package static let fields: [FieldDeclaration] = []
  package static let example = "task: multilabel"
  package let decodesSingleLogits = true
  package var reading: any TruthReading { MasksOfEachClass(task: Self.name) }

  package init() {}
  package init(_ values: FieldValues) {}

  package func decode(
    _ logits: UnsafePointer<Float>, _ layout: TensorLayout,
    into predictions: UnsafeMutablePointer<Label>, threads: Int
  ) {
    PredictionMap.positive(logits, layout, into: predictions, threads: threads)
  }

  package func tint(_ labels: [Label], area: Int, _ palette: ClassPalette) -> LabelTint {
    palette.tint(planes: labels, area: area)
  }
}
