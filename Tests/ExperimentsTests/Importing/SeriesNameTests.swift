@testable import Experiments
import Testing

@Suite struct SeriesNameTests {
  @Test(
    "metrics that say the same in other words get the same name",
    arguments: [
      ("val/mIoU", "validation.mean_iou"), ("val_miou", "validation.mean_iou"),
      ("mIoU/val", "validation.mean_iou"), ("metrics/val/mean-iou", "validation.mean_iou"),
      ("validation.mean_iou", "validation.mean_iou"), ("Loss/train", "training.loss"),
      ("train_loss", "training.loss"), ("training/epoch_loss", "training.loss"),
      ("test/acc", "test.accuracy"), ("train/lr", "learning_rate"), ("lr", "learning_rate"),
      ("validation/iou/car", "validation.iou.car"), ("my metric [%]", "my_metric"),
      ("val", "val"), ("value", "value"), ("step", "step_"), ("///", "value"),
      ("training/cross_entropy", "training.cross_entropy"),
    ])
  func names(metric: String, name: String) {
    #expect(SeriesName(metric).name == name)
  }

  @Test("what no table has known a direction of has none")
  func directions() {
    #expect(SeriesName.higherIsBetter("validation.mean_iou") == true)
    #expect(SeriesName.higherIsBetter("val_accuracy") == true)
    #expect(SeriesName.higherIsBetter("training.cross_entropy") == false)
    #expect(SeriesName.higherIsBetter("training.loss") == false)
    #expect(SeriesName.higherIsBetter("learning_rate") == nil)
    #expect(SeriesName.higherIsBetter("validation.hausdorff_95") == nil)
  }

  @Test("no two names are alike, and none is a part of another's path")
  func unique() {
    let metrics = ["loss", "loss/car", "loss/car/far", "Loss", "a/b", "a", "val/x", "valid/x"]
    let names = SeriesName.names(of: metrics, renamed: ["val/x": "validation.mine"])
    #expect(names.count == metrics.count && Set(names.values).count == metrics.count)
    for one in names.values {
      for other in names.values { #expect(!one.hasPrefix(other + ".")) }
    }
    #expect(names["val/x"] == "validation.mine" && names["valid/x"] == "validation.x")
    #expect(names["loss/car"] == "loss_car" || names["loss/car"] == "loss_2_car")
  }
}
