import Engine
import Testing

@Suite("Figures of a round")
struct RoundFigureTests {
  @Test("losses are better low, metrics as they say")
  func directions() {
    for name in ["training.loss", "validation.loss", "validation.hausdorff", "validation.mcll"] {
      #expect(!RoundFigure.isHigherBetter(name), "\(name)")
    }
    for name in ["validation.mean_iou", "validation.acc", "validation.boundary_f1"] {
      #expect(RoundFigure.isHigherBetter(name), "\(name)")
    }
  }

  @Test("other names of a metric lead to it, unless a loss has them")
  func otherNames() {
    #expect(RoundFigure.known("validation.mean_iou") == "validation.mean_iou")
    #expect(RoundFigure.known("validation.loss") == "validation.loss")
    #expect(RoundFigure.known("validation.hd95") == "validation.hausdorff_95")
    #expect(RoundFigure.known("validation.dice") == nil)
    #expect(RoundFigure.known("validation.mean_iuo") == nil)
    #expect(RoundFigure.known("training.mean_iou") == nil)
  }

  @Test("what every round has need not be asked for")
  func required() {
    for name in SegmentationMetrics.seriesNames {
      #expect(RoundFigure.requiredMetric("validation.\(name)") == nil)
    }
    #expect(RoundFigure.requiredMetric("training.loss") == nil)
    #expect(RoundFigure.requiredMetric("validation.kappa") == "kappa")
  }
}
