@testable import Datasets
@testable import Execution
@testable import Experiments
import Foundation
@testable import Groundwork
import Testing
@testable import Tracking

/// The whole way on a training that takes a blink, by what a person sees.
@Suite struct EndToEndTests {
  @Test("a spec becomes runs that can be listed, shown, compared and reproduced")
  func wholeWay() throws {
    let workplace = try Workplace()
    try workplace.write(SmallSpecs.generated(), to: "tiny.yaml")

    let check = try workplace.run("check", "tiny.yaml")
    #expect(check.status == 0, "\(check)")
    #expect(check.output.contains("8 to train, 4 to validate"))

    let plan = try workplace.run("plan", "tiny.yaml")
    #expect(plan.status == 0, "\(plan)")
    #expect(plan.output.split(separator: "\n").count == 3)
    #expect(!workplace.exists("results/tiny"), "check and plan record nothing")

    let run = try workplace.run("run", "tiny.yaml")
    try #require(run.status == 0, "\(run)")
    #expect(run.output.contains("mean IoU"))
    #expect(run.errors.contains("trial 2/2"))
    #expect(workplace.previews(of: "tiny") == ["1.png", "2.png", "3.png", "4.png"])

    let again = try workplace.run("run", "tiny.yaml")
    #expect(again.status == 0, "\(again)")
    #expect(again.errors.contains("2 trials done before"))
    #expect(again.output == run.output)

    let list = try workplace.run("ls")
    #expect(list.output.contains("tiny/1"))
    #expect(list.output.contains("finished"))

    let show = try workplace.run("show", "tiny/2")
    #expect(show.output.contains("solver.base_lr"))
    #expect(show.output.contains("checkpoints"))

    for format in ["text", "md", "csv", "json"] {
      let compare = try workplace.run("compare", "tiny", "--format", format)
      #expect(compare.status == 0, "\(compare)")
      #expect(!compare.output.isEmpty)
    }

    let reproduce = try workplace.run("reproduce", "@best:tiny")
    #expect(reproduce.status == 0, "\(reproduce)")
    #expect(reproduce.output.hasPrefix("identical: 2 evaluations"))
    #expect(reproduce.errors.contains("the same bytes are expected"))
  }

  @Test("metrics that are asked for are recorded, shown, judged by and reproduced")
  func metrics() throws {
    let workplace = try Workplace()
    let spec = SmallSpecs.generated(rates: ["1e-2"]).replacingOccurrences(
      of: "sweep:",
      with: """
        evaluation:
          metrics: [hd95, kappa, boundary_f1: {tolerance: 2}, ap, ece, acc]
          absent_classes: camvid
          worst_images: 2
        sweep:
          objective: {metric: validation.hd95}
        """)
    try workplace.write(spec, to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml")
    try #require(run.status == 0, "\(run)")
    #expect(run.output.contains("Hausdorff distance 95 % (pixels)"))

    let show = try workplace.run("show", "tiny/1").output
    #expect(show.contains("validation.hausdorff_95, lower is better"))
    for heading in ["classes, epoch", "confusion, epoch", "worst images, epoch"] {
      #expect(show.contains(heading))
    }
    #expect(show.contains("Hausdorff distance 95 % (pixels)  image"))
    let json = try workplace.run("show", "tiny/1", "--json").output
    for name in ["kappa", "boundary_f1", "average_precision", "expected_calibration_error", "acc"] {
      #expect(json.contains("\"validation.\(name)\" : "))
    }
    let reproduce = try workplace.run("reproduce", "tiny/1")
    #expect(reproduce.output.hasPrefix("identical: 2 evaluations"), "\(reproduce)")
  }

  @Test("test-time augmentation is said beforehand, recorded and reproduced")
  func testTimeAugmentation() throws {
    let workplace = try Workplace()
    let plain = SmallSpecs.generated(rates: ["1e-2"])
    let augmented = plain.replacingOccurrences(
      of: "sweep:",
      with: """
        evaluation:
          metrics: [mcll, ece, boundary_f1]
          test_time_augmentation: {mirror: horizontal, rotate90: true, scales: [1, 1.5]}
        sweep:
        """)
    try workplace.write(augmented, to: "tiny.yaml")
    let check = try workplace.run("check", "tiny.yaml")
    #expect(check.output.contains("16 transforms of each image, "), "\(check)")
    let run = try workplace.run("run", "tiny.yaml")
    try #require(run.status == 0, "\(run)")
    let reproduce = try workplace.run("reproduce", "tiny/1")
    #expect(reproduce.output.hasPrefix("identical: 2 evaluations"), "\(reproduce)")

    // Trained alike, evaluated otherwise.
    let other = try Workplace()
    let single = try Record(of: plain, in: other)
    let averaged = try Record(of: workplace)
    #expect(single.evaluations.count == 2 && single.evaluations != averaged.evaluations)
    #expect(try !other.run("check", "tiny.yaml").output.contains("transforms"))
  }

  @Test("a network with an edge head is checked, timed, trained, previewed and reproduced")
  func edgeHead() throws {
    let workplace = try Workplace()
    try workplace.write(SmallSpecs.generated(rates: ["1e-2"]).withEdgeHead, to: "tiny.yaml")
    let check = try workplace.run("check", "tiny.yaml")
    #expect(check.status == 0, "\(check)")
    for setting in ["training.recompute=true", "training.device=openblas"] {
      let bench = try workplace.run(
        "bench", "tiny.yaml", "--steps", "1", "--set", setting, environment: workplace.ownCache)
      #expect(bench.status == 0, "\(bench)")
    }
    let run = try workplace.run("run", "tiny.yaml")
    try #require(run.status == 0, "\(run)")
    #expect(workplace.previews(of: "tiny").contains("1.png"))
    let json = try workplace.run("show", "tiny/1", "--json").output
    for name in ["edge", "edge_attention", "dual_task"] {
      #expect(json.contains("\"validation.\(name)\" : "))
    }
    let reproduce = try workplace.run("reproduce", "tiny/1")
    #expect(reproduce.output.hasPrefix("identical: 2 evaluations"), "\(reproduce)")
  }

  @Test("two runs of one spec have the same weights and values, byte for byte")
  func repeated() throws {
    let (first, second) = (try Workplace(), try Workplace())
    let spec = SmallSpecs.generated(rates: ["1e-2"])
    let one = try Record(of: spec, in: first)
    let other = try Record(of: spec, in: second)
    #expect(!one.checkpoints.isEmpty)
    #expect(one == other)
  }

  @Test("another seed gives other weights")
  func otherSeed() throws {
    let (first, second) = (try Workplace(), try Workplace())
    let spec = SmallSpecs.generated(rates: ["1e-2"])
    let one = try Record(of: spec, in: first)
    let other = try Record(
      of: spec.replacingOccurrences(of: "seed: 7", with: "seed: 8"), in: second)
    #expect(one.evaluations != other.evaluations)
  }

  @Test("a trial that diverges is a failed run with its cause, and the others go on")
  func diverged() throws {
    let workplace = try Workplace()
    let spec = SmallSpecs.generated(rates: ["1e30", "1e-2"])
      .replacingOccurrences(of: "type: ADAM", with: "type: SGD")
    try workplace.write(spec, to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml")
    #expect(run.status == 1, "\(run)")
    #expect(run.errors.contains("diverged"))
    #expect(run.errors.contains("base_lr"))
    #expect(try workplace.run("ls").output.contains("finished"))
    let again = try workplace.run("run", "tiny.yaml")
    #expect(again.status == 1)
    #expect(again.errors.contains("1 trial failed before"))
  }

  @Test("a record that was damaged or edited is told from a sound one")
  func damaged() throws {
    let workplace = try Workplace()
    try workplace.write(SmallSpecs.generated(rates: ["1e-2"]), to: "tiny.yaml")
    try #require(try workplace.run("run", "tiny.yaml").status == 0)
    let file = try #require(
      workplace.files(below: "results/tiny").first { $0.hasSuffix("metrics.h5") })
    var bytes = try workplace.data("results/tiny/\(file)")
    bytes[bytes.count / 2] ^= 1
    try workplace.write(bytes, to: "results/tiny/\(file)")

    let show = try workplace.run("show", "tiny/1")
    #expect("\(show)".contains("metrics.h5"))
    #expect("\(show)".contains("damaged"))
    let reproduce = try workplace.run("reproduce", "tiny/1")
    #expect(reproduce.status == 74, "\(reproduce)")
    let run = try workplace.run("run", "tiny.yaml")
    #expect(run.status == 74, "\(run)")
  }

  @Test("data that was changed since is said before anything is trained")
  func changedData() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    try workplace.write(SmallSpecs.lists, to: "lists.yaml")
    let run = try workplace.run("run", "lists.yaml")
    try #require(run.status == 0, "\(run)")
    try workplace.writeImage("data/images/1.png", squareAt: 9)
    let reproduce = try workplace.run("reproduce", "lists/1")
    #expect(reproduce.status == 65, "\(reproduce)")
    #expect(reproduce.errors.contains("train data: 4 images"))
    #expect(reproduce.errors.contains("nothing was trained"))
  }
}

/// What must be the same in equal runs: checkpoints byte by byte, and every value.
struct Record: Equatable {
  /// By file name.
  let checkpoints: [String: Data]
  let evaluations: [String]

  /// Runs a spec of one trial to its end.
  init(of spec: String, in workplace: Workplace) throws {
    try workplace.write(spec, to: "tiny.yaml")
    _ = try workplace.run("run", "tiny.yaml")
    try self.init(of: workplace)
  }

  /// Reads what a run of `tiny.yaml` left.
  init(of workplace: Workplace) throws {
    var checkpoints: [String: Data] = [:]
    for file in workplace.files(below: "results/tiny") where file.contains("checkpoints/") {
      let name = (file as NSString).lastPathComponent
      checkpoints[name] = try workplace.data("results/tiny/\(file)")
    }
    self.checkpoints = checkpoints
    let shown = try workplace.run("show", "tiny/1", "--json").output
    let description = try JSONSerialization.jsonObject(with: Data(shown.utf8))
    let evaluations =
      (description as? [String: Any])?["evaluations"] as? [[String: Any]] ?? []
    self.evaluations = try evaluations.map { evaluation in
      var lasting = evaluation.filter { $0.key != "seconds" && $0.key != "attempt" }
      lasting["values"] = (evaluation["values"] as? [String: Any])?
        .filter { !$0.key.hasSuffix(".seconds") }
      let data = try JSONSerialization.data(withJSONObject: lasting, options: .sortedKeys)
      return String(decoding: data, as: UTF8.self)
    }
  }
}
