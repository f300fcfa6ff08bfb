import Measurements
import Testing

@testable import Tracking

struct RunNamesTests {
  private let names = RunNames([
    SampleRuns.run(
      1, [("solver.base_lr", "1e-3")],
      spec: """
        {"losses":[{"cross_entropy":{"weight":1}},{"dice":{"weight":2}}],"tags":["a"],
        "data":{"size":[64,32]},"template":{"name":"unet","depth":3},"solver":{"base_lr":0.1}}
        """, meanIoU: [0.5], classNames: ["car", "traffic light"])
  ])

  @Test(
    "whatever a run has may be named",
    arguments: [
      "mean_iou", "validation.mean_iou", "iou.car", "'iou.traffic light'", "max(training.loss)",
      "loss @ best(mean_iou)", "epoch", "epoch @ last", "status", "solver.base_lr", "base_lr",
      "depth", "template", "template.name", "losses", "losses.dice.weight", "dice.weight",
      "data.size",
      "tag",
    ])
  func known(_ text: String) throws { try names.check(RunValue(text)) }

  @Test(
    "what no run has is an error with the nearest names",
    arguments: [
      ("max(mean_ou)", 5, "nothing is called 'mean_ou'", "did you mean 'mean_iou'?"),
      ("statu", 1, "nothing is called 'statu'", "did you mean 'status'?"),
      (
        "weight", 1, "'weight' could be losses.cross_entropy.weight or losses.dice.weight",
        "write more of the path"
      ),
      (
        "last(base_lr)", 6, "'base_lr' is no series: it has one value in a run", "write base_lr"
      ),
      (
        "class.iou", 1, "'class.iou' has more than one value in an evaluation",
        "name one of them, as iou.car, iou.traffic light"
      ),
      (
        "solver", 1, "'solver' is a section of the spec", "name a setting, as solver.base_lr"
      ),
      (
        "loss @ best(training.seconds)", 13, "no direction of training.seconds is the better one",
        "write max(…) or min(…)"
      ),
      ("loss @ best(mean_io)", 13, "no series is called 'mean_io'", "did you mean 'mean_iou'?"),
      ("iou.bicycle", 1, "nothing is called 'iou.bicycle'", "there is iou.car, iou.traffic light "),
      ("max(epoch)", 5, "epoch is no series", "write epoch @ best(…)"),
    ])
  func unknown(_ text: String, _ column: Int, _ message: String, _ remedy: String) throws {
    let error = #expect(throws: QueryError.self) {
      try names.check(RunValue(text, source: "--columns"))
    }
    #expect(error?.column == column)
    #expect(error?.message == message)
    #expect(error?.remedy?.hasPrefix(remedy.dropLast(1)) == true)
  }

  @Test("an error points at its place")
  func excerpt() throws {
    let error = #expect(throws: QueryError.self) {
      try names.check(RunValue("max(mean_ou)", source: "--sort"))
    }
    #expect(
      error?.description.hasPrefix(
        """
        --sort:5: nothing is called 'mean_ou'
          | max(mean_ou)
          |     ^^^^^^^ did you mean 'mean_iou'
        """) == true)
  }
}
