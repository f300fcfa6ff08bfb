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

  @Test("other names of a metric lead to it")
  func otherNames() {
    #expect(RoundFigure.name(of: "validation.mean_iou") == "validation.mean_iou")
    #expect(RoundFigure.name(of: "validation.loss") == "validation.loss")
    #expect(RoundFigure.name(of: "validation.hd95") == "validation.hausdorff_95")
    #expect(RoundFigure.name(of: "validation.dice") == "validation.mean_dice")
    #expect(RoundFigure.name(of: "validation.mean_iuo") == nil)
    #expect(RoundFigure.name(of: "training.mean_iou") == nil)
  }

  @Test("what a loss is called is the loss's figure")
  func losses() {
    #expect(RoundFigure.isLoss("validation.dice") && RoundFigure.isLoss("validation.jaccard"))
    #expect(RoundFigure.names.allSatisfy { !RoundFigure.isLoss($0) })
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
