@testable import Learning
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

  @Test("a metric of one class has a name, whatever characters the class has")
  func classes() {
    #expect(RoundFigure.name(of: "validation.iou.crack") == "validation.iou.crack")
    #expect(RoundFigure.name(of: "validation.jaccard.a.b c") == "validation.iou.a.b c")
    #expect(RoundFigure.name(of: "validation.precision.crack") == "validation.precision.crack")
    #expect(RoundFigure.name(of: "validation.kappa.crack") == nil)
    #expect(RoundFigure.name(of: "validation.iou.") == nil)
    #expect(RoundFigure.requiredMetric("validation.dice.crack") == nil)
    #expect(RoundFigure.requiredMetric("validation.hd95.crack") == "hausdorff_95")
    #expect(!RoundFigure.isHigherBetter("validation.hd95.crack"))
    #expect(RoundFigure.className(of: "validation.iou.a.b c") == "a.b c")
  }

  @Test(
    "names of other programs lead to ours, in any case",
    arguments: [
      ("mIoU", "validation.mean_iou"), ("mean_iou", "validation.mean_iou"),
      ("miou", "validation.mean_iou"), ("MeanIoU", "validation.mean_iou"),
      ("val_miou", "validation.mean_iou"), ("validation.mIoU", "validation.mean_iou"),
      ("Dice", "validation.mean_dice"), ("dice_score", "validation.mean_dice"),
      ("val/loss", "validation.loss"), ("loss", "validation.loss"),
      ("train_loss", "training.loss"), ("HD95", "validation.hausdorff_95"),
      ("iou.crack", "validation.iou.crack"),
    ])
  func suggestions(written: String, meant: String) {
    #expect(RoundFigure.suggestion(for: written) == meant)
  }

  @Test("what is no name anywhere leads nowhere")
  func noSuggestion() {
    #expect(RoundFigure.suggestion(for: "speed") == nil)
    #expect(RoundFigure.metricSuggestion(for: "mIoU") == "mean_iou")
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
