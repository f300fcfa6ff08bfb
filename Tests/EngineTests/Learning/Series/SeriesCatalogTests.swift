@testable import Groundwork
@testable import Learning
import Measurements
import Testing

@Suite("Series to go by")
struct SeriesCatalogTests {
  private let catalog = SeriesCatalog.standard

  @Test("losses are better low, metrics as they say")
  func directions() {
    for name in ["training.loss", "validation.loss", "validation.hausdorff", "validation.mcll"] {
      #expect(!catalog.isHigherBetter(name), "\(name)")
    }
    for name in ["validation.mean_iou", "validation.acc", "validation.boundary_f1"] {
      #expect(catalog.isHigherBetter(name), "\(name)")
    }
  }

  @Test("other names of a metric lead to it")
  func otherNames() {
    #expect(catalog.name(of: "validation.mean_iou") == "validation.mean_iou")
    #expect(catalog.name(of: "validation.loss") == "validation.loss")
    #expect(catalog.name(of: "validation.hd95") == "validation.hausdorff_95")
    #expect(catalog.name(of: "validation.dice") == "validation.mean_dice")
    #expect(catalog.name(of: "validation.mean_iuo") == nil)
    #expect(catalog.name(of: "training.mean_iou") == nil)
  }

  @Test("a metric of one class has a name, whatever characters the class has")
  func classes() {
    #expect(catalog.name(of: "validation.iou.crack") == "validation.iou.crack")
    #expect(catalog.name(of: "validation.jaccard.a.b c") == "validation.iou.a.b c")
    #expect(catalog.name(of: "validation.precision.crack") == "validation.precision.crack")
    #expect(catalog.name(of: "validation.kappa.crack") == nil)
    #expect(catalog.name(of: "validation.iou.") == nil)
    #expect(catalog.requiredMetric("validation.dice.crack") == nil)
    #expect(catalog.requiredMetric("validation.hd95.crack") == "hausdorff_95")
    #expect(!catalog.isHigherBetter("validation.hd95.crack"))
    #expect(catalog.className(of: "validation.iou.a.b c") == "a.b c")
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
    #expect(catalog.suggestion(for: written) == meant)
  }

  @Test("what is no name anywhere leads nowhere")
  func noSuggestion() {
    #expect(catalog.suggestion(for: "speed") == nil)
    #expect(catalog.metricSuggestion(for: "mIoU") == "mean_iou")
  }

  @Test("what a loss is called is the loss's series")
  func losses() {
    #expect(catalog.isLoss("validation.dice") && catalog.isLoss("validation.jaccard"))
    #expect(catalog.names.allSatisfy { !catalog.isLoss($0) })
  }

  @Test("what every evaluation has need not be asked for")
  func required() {
    for name in ["mean_iou", "mean_dice", "pixel_accuracy", "frequency_weighted_iou"] {
      #expect(catalog.requiredMetric("validation.\(name)") == nil)
    }
    #expect(catalog.requiredMetric("training.loss") == nil)
    #expect(catalog.requiredMetric("validation.kappa") == "kappa")
  }

  @Test("what a metric declares decides, whatever the list is that it stands in")
  func otherLists() {
    let catalog = SeriesCatalog(metrics: Registry(kind: "metric", [PixelCount.self]) { $0 })
    #expect(catalog.names == ["training.loss", "validation.loss", "validation.pixel_count"])
    #expect(catalog.name(of: "validation.px") == "validation.pixel_count")
    #expect(catalog.name(of: "validation.mean_iou") == nil)
    #expect(catalog.requiredMetric("validation.pixel_count") == "pixel_count")
    #expect(!catalog.isHigherBetter("validation.pixel_count"))
  }
}
