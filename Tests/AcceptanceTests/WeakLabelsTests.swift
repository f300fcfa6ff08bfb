@testable import Datasets
@testable import Experiments
import Foundation
@testable import Groundwork
import Testing

/// Training from boxes and scribbles, by what a person sees.
@Suite struct WeakLabelsTests {
  private static let spec = """
    experiment: tiny
    seed: 3
    data:
      root: data
      train: train.txt
      validation: val.txt
      classes: [none, disc]
      ignore: [255]
    template: {name: unet, base_channels: 8, depth: 2}
    losses: [cross_entropy]
    solver: {type: ADAM, base_lr: 2e-2}
    training: {epochs: 12, batch_size: 4}
    evaluation: {every: 4 epochs}
    limits: {threads: 1}

    """

  /// Images of 32×32 of a light disc on dark ground.
  private func makePlace() throws -> Workplace {
    let workplace = try Workplace()
    for number in 0..<10 {
      let (y, x) = (10 + number * 7 % 12, 10 + number * 5 % 13)
      let disc = (0..<1024).map { pixel in
        let (row, column) = (pixel / 32 - y, pixel % 32 - x)
        return row * row + column * column <= 64
      }
      try workplace.write(
        PlainPNG.data(
          .grey, width: 32, height: 32,
          pixels: disc.enumerated().map { UInt8(($1 ? 180 : 30) + $0 % 7 + number) }),
        to: "data/\(number).png")
      try workplace.write(
        PlainPNG.data(.grey, width: 32, height: 32, pixels: disc.map { $0 ? 1 : 0 }),
        to: "data/\(number)-mask.png")
    }
    func lines(_ numbers: Range<Int>) -> String {
      numbers.map { "\($0).png \($0)-mask.png\n" }.joined()
    }
    try workplace.write(lines(0..<8), to: "data/train.txt")
    try workplace.write(lines(8..<10), to: "data/val.txt")
    try workplace.write(Self.spec, to: "tiny.yaml")
    return workplace
  }

  private func text(_ workplace: Workplace, _ path: String) throws -> String {
    String(decoding: try workplace.data(path), as: UTF8.self)
  }

  @Test(
    "boxes are written with masks of them, trained from, relabelled, and trained again to the same bytes"
  )
  func boxes() throws {
    let workplace = try makePlace()
    let made = try workplace.run(
      "weak-labels", "tiny.yaml", "--keep", "boxes", "-o", "boxes", "--json")
    try #require(made.status == 0, "\(made)")
    #expect(
      made.output.contains("\"objects\" : 8") && made.output.contains("\"images\" : 8"), "\(made)")
    #expect(
      try text(workplace, "boxes/train.txt").hasPrefix(
        "../data/0.png masks/train/0.png boxes=boxes/train/0.txt\n"))
    #expect(try text(workplace, "boxes/boxes/train/0.txt") == "1 2 2 19 19\n")
    #expect(try text(workplace, "boxes/val.txt").contains("../data/8.png masks/val/8.png\n"))
    let weak = Self.spec.replacing("root: data", with: "root: boxes")
      .replacing("[none, disc]", with: "classes.txt")
      .replacing(
        "training: {", with: "training: {relabel: {every: 4 epochs, postprocessing: [dense_crf]}, ")
    try workplace.write(weak, to: "weak.yaml")
    let check = try workplace.run("check", "weak.yaml")
    #expect(check.status == 0, "\(check)")
    let run = try workplace.run("run", "weak.yaml")
    try #require(run.status == 0, "\(run)")
    let shown = try workplace.run("show", "tiny/1", "--json")
    #expect(shown.output.contains("\"training.labels.changed\""), "\(shown)")
    #expect(shown.output.contains("\"training.labels.stages\" : 2"), "\(shown)")
    let reproduce = try workplace.run("reproduce", "tiny/1")
    #expect(reproduce.output.hasPrefix("identical: 3 evaluations"), "\(reproduce)")
    // Another box is other data.
    try workplace.write("1 1 2 19 19\n", to: "boxes/boxes/train/0.txt")
    #expect(try workplace.run("reproduce", "tiny/1").status != 0)
  }

  @Test("killed between two stages of labels, a training goes on to the same bytes")
  func killed() throws {
    let spec = Self.spec.replacing("root: data", with: "root: boxes")
      .replacing("[none, disc]", with: "classes.txt").replacing(
        "base_lr: 2e-2", with: "base_lr: 2e-2, ema: 0.9"
      )
      .replacing(
        "training: {epochs: 12",
        with: "training: {relabel: {every: 7 iterations, threshold: 0.6}, epochs: 60"
      )
      .replacing("every: 4 epochs", with: "every: 1 epoch")
      .replacing(
        "limits: {", with: "checkpoints: {every: 1 iteration}\nlimits: {on_failure: continue, ")
    func place() throws -> Workplace {
      let workplace = try makePlace()
      let made = try workplace.run("weak-labels", "tiny.yaml", "--keep", "boxes", "-o", "boxes")
      try #require(made.status == 0, "\(made)")
      try workplace.write(spec, to: "tiny.yaml")
      return workplace
    }
    let workplace = try place()
    let running = try workplace.start(["run", "tiny.yaml"], environment: [:])
    while running.process.isRunning, !workplace.hasRecorded(steps: 9) { usleep(5000) }
    try #require(running.process.isRunning, "it was over before it could be stopped")
    for worker in running.children { kill(worker, SIGKILL) }
    #expect(try running.finish().status == 1)
    let again = try workplace.run("run", "tiny.yaml")
    #expect(again.status == 0 && again.errors.contains("continues after step"), "\(again)")
    #expect(try Record(of: workplace) == Record(of: spec, in: place()))
  }

  @Test("a CRF cuts boxes out, inner boxes leave a margin, and boxes that lists name are drawn")
  func fills() throws {
    let workplace = try makePlace()
    func agreement(_ arguments: String..., from spec: String = "tiny.yaml") throws -> Double {
      let process = try workplace.start(
        ["weak-labels", spec, "--keep", "boxes", "--json", "--force", "-o", "out"] + arguments,
        environment: [:])
      let made = try process.finish()
      try #require(made.status == 0, "\(made)")
      let report = try JSONSerialization.jsonObject(with: Data(made.output.utf8)) as? [String: Any]
      return try #require(report?["meanIoU"] as? Double)
    }
    let (whole, inner) = (try agreement(), try agreement("--fill", "inner"))
    let cutout = try agreement("--fill", "crf")
    #expect(whole < 0.9 && inner > 0.99 && cutout > 0.95, "\(whole) \(inner) \(cutout)")
    let list =
      "0.png 0-mask.png boxes=0.txt\n"
      + (1..<8).map { "\($0).png \($0)-mask.png\n" }.joined()
    try workplace.write(list, to: "data/train.txt")
    try workplace.write("1 0 0 4 4\n", to: "data/0.txt")
    _ = try agreement()
    #expect(try text(workplace, "out/boxes/train/0.txt") == "1 0 0 4 4\n")
    try workplace.write("1 0 0 4\n", to: "data/0.txt")
    let wrong = try workplace.run("check", "tiny.yaml")
    #expect(
      wrong.status == 65 && wrong.errors.contains("expected 'class xmin ymin xmax ymax'"),
      "\(wrong)")
  }

  @Test(
    "scribbles know few pixels, all of them right, and a network learns of them with a CRF loss")
  func scribbles() throws {
    let workplace = try makePlace()
    for keep in ["scribbles", "points"] {
      let made = try workplace.run("weak-labels", "tiny.yaml", "--keep", keep, "-o", keep, "--json")
      try #require(made.status == 0, "\(made)")
      let report = try JSONSerialization.jsonObject(with: Data(made.output.utf8)) as? [String: Any]
      #expect(report?["meanIoU"] as? Double == 1)
      #expect(try #require(report?["labelled"] as? Double) < 0.15)
      #expect(try !text(workplace, "\(keep)/train.txt").contains("boxes="))
    }
    let weak = Self.spec.replacing("root: data", with: "root: scribbles")
      .replacing(
        "losses: [cross_entropy]", with: "losses: [cross_entropy, {gated_crf: {weight: 0.1}}]")
    try workplace.write(weak, to: "weak.yaml")
    let run = try workplace.run("run", "weak.yaml")
    try #require(run.status == 0, "\(run)")
    let shown = try workplace.run("show", "tiny/1", "--json")
    #expect(shown.output.contains("training.gated_crf"), "\(shown)")
    #expect(!shown.output.contains("validation.gated_crf"))
  }

  @Test("what does not go together is told")
  func refusals() throws {
    let workplace = try makePlace()
    for arguments in [
      ["--keep", "points", "--fill", "crf"], ["--keep", "boxes", "--inner", "0.5"],
      ["--keep", "boxes", "--fill", "inner", "--inner", "1"],
      ["--keep", "scribbles", "--width", "0"],
      ["--keep", "points", "--length", "0.5"], ["--keep", "boxes", "--seed", "1"],
      ["--keep", "masks"],
    ] {
      let refused = try workplace.start(
        ["weak-labels", "tiny.yaml", "-o", "out"] + arguments, environment: [:]
      ).finish()
      #expect(refused.status == 64, "\(refused)")
    }
    try workplace.write(
      Self.spec.replacing(
        "training: {", with: "task: multilabel\ntraining: {relabel: {every: 1 epoch}, "),
      to: "other.yaml")
    let task = try workplace.run("check", "other.yaml")
    #expect(
      task.status == 65 && task.errors.contains("makes labels of one class a pixel"), "\(task)")
    try workplace.write(
      Self.spec.replacing("  ignore: [255]", with: "  ignore: [255]\n  roi: regions")
        .replacing("training: {", with: "training: {relabel: {every: 1 epoch}, "), to: "other.yaml")
    let region = try workplace.run("check", "other.yaml")
    #expect(
      region.status == 65 && region.errors.contains("would label what data.roi leaves out"),
      "\(region)")
    try workplace.write("0.png 0-mask.png boxes=none.txt\n", to: "data/train.txt")
    let missing = try workplace.run("check", "tiny.yaml")
    #expect(missing.status == 65 && missing.errors.contains("none.txt"), "\(missing)")
  }

  @Test(
    "COCO's boxes are imported as masks of boxes and files of boxes, and polygons are not asked for"
  )
  func coco() throws {
    let workplace = try makePlace()
    let annotations = (0..<3).map { number in
      """
      {"id": \(2 * number), "image_id": \(number), "category_id": 4, "iscrowd": 0, "bbox": [2, 3, 20, 16]},
      {"id": \(2 * number + 1), "image_id": \(number), "category_id": 9, "iscrowd": 0, "bbox": [8.4, 6, 6, 5]}
      """
    }.joined(separator: ",\n")
    let images = (0..<3).map {
      "{\"id\": \($0), \"file_name\": \"\($0).png\", \"height\": 32, \"width\": 32}"
    }
    try workplace.write(
      """
      {"images": [\(images.joined(separator: ", "))],
      "categories": [{"id": 4, "name": "cell"}, {"id": 9, "name": "core"}],
      "annotations": [
      \(annotations)
      ]}
      """, to: "boxed/instances.json")
    for number in 0..<3 {
      try workplace.write(workplace.data("data/\(number).png"), to: "boxed/\(number).png")
    }
    let plain = try workplace.run("import", "coco", "boxed", "-o", "out")
    #expect(plain.status == 65 && plain.errors.contains("add --boxes"), "\(plain)")
    let imported = try workplace.run("import", "coco", "boxed", "--boxes", "-o", "out")
    try #require(imported.status == 0, "\(imported)")
    #expect(try text(workplace, "out/train.txt").contains("masks/0.png boxes=boxes/0.txt"))
    #expect(try text(workplace, "out/boxes/0.txt") == "1 2 3 22 19\n2 8.4 6 14.4 11\n")
    let mask = try ImageFile.mask(Array(workplace.data("out/masks/0.png")))
    let places = [0, 98, 199, 200, 333, 597]
    #expect(places.map { mask.ids[$0] } == [0, 1, 1, 2, 2, 1])
    let check = try workplace.run("check", "out/out.yaml")
    #expect(check.status == 0, "\(check)")
    let both = try workplace.run("import", "coco", "boxed", "--boxes", "--instances", "-o", "out2")
    #expect(both.status == 64, "\(both)")
  }
}
