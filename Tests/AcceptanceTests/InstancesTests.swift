@testable import Datasets
@testable import Experiments
import Foundation
@testable import Groundwork
import Testing

/// Objects that are told apart, by what a person sees.
@Suite struct InstancesTests {
  private static let spec = """
    experiment: tiny
    seed: 3
    task: {instances: {min_area: 4}}
    data:
      root: data
      train: train.txt
      validation: val.txt
      test: val.txt
      classes: [none, box]
    template: {name: unet, base_channels: 8, depth: 2}
    losses: [cross_entropy, dice]
    solver: {type: ADAM, base_lr: 2e-2}
    augmentation: [mirror, rotate90]
    training: {epochs: 40, batch_size: 4}
    evaluation: {every: 8 epochs, metrics: [coco_ap50, coco_ap, panoptic_quality], previews: 1}
    limits: {threads: 1}

    """

  /// Images of 32×32 of two boxes that touch, a light and a lighter one; ids are large, and mean nothing.
  private func writeData(in workplace: Workplace) throws {
    for number in 0..<10 {
      let (top, left) = (3 + number * 7 % 12, 2 + number * 5 % 9)
      let ids = (0..<1024).map { pixel -> UInt16 in
        let (row, column) = (pixel / 32 - top, pixel % 32 - left)
        guard (0..<14) ~= row else { return 0 }
        return (0..<10) ~= column ? 300 : (10..<19) ~= column ? 41 : 0
      }
      try workplace.write(
        PlainPNG.data(
          .grey, width: 32, height: 32, pixels: ids.map { $0 == 0 ? 20 : $0 == 41 ? 120 : 240 }),
        to: "data/\(number).png")
      try workplace.write(
        PlainPNG.data(.grey, width: 32, height: 32, pixels: ids.map { $0 == 0 ? 0 : 1 }),
        to: "data/\(number)-classes.png")
      try workplace.write(
        PlainPNG.data(width: 32, height: 32, words: ids), to: "data/\(number)-ids.png")
    }
    // A column for each mask, or joined by a semicolon.
    func lines(_ numbers: Range<Int>, _ separator: String) -> String {
      numbers.map { "\($0).png \($0)-classes.png\(separator)\($0)-ids.png\n" }.joined()
    }
    try workplace.write(lines(0..<8, " "), to: "data/train.txt")
    try workplace.write(lines(8..<10, ";"), to: "data/val.txt")
  }

  @Test("they are learned, judged, predicted and trained again to the same bytes")
  func wholeWay() throws {
    let workplace = try Workplace()
    try writeData(in: workplace)
    try workplace.write(Self.spec, to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml")
    try #require(run.status == 0, "\(run)")
    let record = try #require(
      try JSONSerialization.jsonObject(
        with: Data(workplace.run("show", "tiny/1", "--json").output.utf8)) as? [String: Any])
    let last = try #require((record["evaluations"] as? [[String: Any]])?.last)
    let values = try #require(last["values"] as? [String: Any])
    #expect(try #require(values["validation.coco_ap50"] as? Double) > 0.9, "\(values)")
    #expect(try #require(values["validation.mean_iou"] as? Double) > 0.8)
    #expect(values["validation.panoptic_quality.box"] != nil || values.count > 5)
    let table = try workplace.run("compare", "tiny", "--columns", "validation.coco_ap50")
    #expect(table.status == 0, "\(table)")

    let predict = try workplace.run(
      "predict", "tiny/1", "data/val.txt", "-o", "out", "--mask", "--overlay", "--objects",
      "--polygons", "--csv", "--probabilities")
    try #require(predict.status == 0, "\(predict)")
    let mask = try ImageFile.image(Array(workplace.data("out/8.png")))
    #expect(mask.depth == .bits16 && mask.channels == 1)
    let ids = Set(mask.pixels.withUnsafeBytes { Array($0.bindMemory(to: UInt16.self)) })
    #expect(ids == [0, 1, 2])
    let csv = String(decoding: try workplace.data("out/objects.csv"), as: UTF8.self).split(
      whereSeparator: \.isNewline)
    #expect(csv.first?.hasSuffix("centroid_x,centroid_y,score") == true)
    #expect(csv.count == 1 + 4 && csv[1].hasPrefix("8,1,box,"))
    let coco = try #require(
      try JSONSerialization.jsonObject(with: workplace.data("out/coco.json"))
        as? [String: Any])
    let annotations = try #require(coco["annotations"] as? [[String: Any]])
    #expect(annotations.count == 4 && annotations.allSatisfy { $0["score"] is Double })

    let test = try workplace.run("evaluate", "tiny/1", "--test", "--json")
    #expect(test.status == 0 && test.output.contains("coco_ap50"), "\(test)")
    let reproduce = try workplace.run("reproduce", "tiny/1")
    #expect(reproduce.output.hasPrefix("identical: 5 evaluations"), "\(reproduce)")
    #expect(try workplace.run("preview", "tiny.yaml", "--count", "1").status == 0)
    #expect(try workplace.run("report", "tiny", "-o", "report.html").status == 0)
  }

  @Test("distances are learned too, of patches, and objects are put together of tiles")
  func distances() throws {
    let workplace = try Workplace()
    try writeData(in: workplace)
    try workplace.write(
      Self.spec.replacingOccurrences(of: "{min_area: 4}", with: "{target: distance, levels: 5}")
        .replacingOccurrences(
          of: "  classes:", with: "  patches: {size: [24, 24], stride: [8, 8]}\n  classes:"
        )
        .replacingOccurrences(of: "epochs: 40", with: "epochs: 16"),
      to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml")
    try #require(run.status == 0, "\(run)")
    let predict = try workplace.run("predict", "tiny/1", "data/8.png", "-o", "out", "--objects")
    try #require(predict.status == 0, "\(predict)")
    let rows =
      String(decoding: try workplace.data("out/objects.csv"), as: UTF8.self)
      .split(whereSeparator: \.isNewline).count - 1
    #expect((1...6).contains(rows))
  }

  @Test(
    "polygons and flows are learned, cut otherwise without training again, and drawn",
    arguments: [
      ("stardist", "{decode: stardist, rays: 16, min_area: 4}", "prob_threshold=1"),
      ("flows", "{decode: flows, min_area: 4}", "cell_probability_threshold=1"),
    ])
  func decoders(loss: String, settings: String, threshold: String) throws {
    let workplace = try Workplace()
    try writeData(in: workplace)
    try workplace.write(
      Self.spec.replacingOccurrences(of: "{min_area: 4}", with: settings)
        .replacingOccurrences(of: "[cross_entropy, dice]", with: "[\(loss)]")
        .replacingOccurrences(of: "every: 8 epochs", with: "every: 20 epochs"),
      to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml")
    try #require(run.status == 0, "\(run)")
    func precision(_ options: String...) throws -> Double {
      let test = try workplace.start(
        ["evaluate", "tiny/1", "--test", "--json"] + options, environment: [:]
      ).finish()
      try #require(test.status == 0, "\(test)")
      let text = test.output
      let name = try #require(text.range(of: "coco_ap50\""))
      let digits = text[name.upperBound...].drop { !$0.isNumber }.prefix {
        $0.isNumber || $0 == "."
      }
      return try #require(Double(digits))
    }
    #expect(try precision() > 0.7)
    #expect(try precision("--set", "task.instances.\(threshold)") == 0)
    let predict = try workplace.run(
      "predict", "tiny/1", "data/8.png", "-o", "out", "--overlay", "--objects")
    try #require(predict.status == 0, "\(predict)")
    let rows =
      String(decoding: try workplace.data("out/objects.csv"), as: UTF8.self)
      .split(whereSeparator: \.isNewline).count - 1
    #expect((1...4).contains(rows))
    let probabilities = try workplace.run(
      "predict", "tiny/1", "data/8.png", "-o", "p", "--probabilities")
    #expect(probabilities.status == 64, "\(probabilities)")
    let check = try workplace.run(
      "check", "tiny.yaml", "--set", "evaluation.test_time_augmentation={mirror: horizontal}")
    #expect(check.status == 65 && check.errors.contains("directions"), "\(check)")
    let reproduce = try workplace.run("reproduce", "tiny/1")
    #expect(reproduce.output.hasPrefix("identical:"), "\(reproduce)")
  }

  @Test("a network finds them itself, and is trained again to the same bytes")
  func detections() throws {
    let workplace = try Workplace()
    try writeData(in: workplace)
    try workplace.write(
      Self.spec.replacingOccurrences(of: "{min_area: 4}", with: "{decode: detections}")
        .replacingOccurrences(of: "  classes:", with: "  size: [64, 64]\n  classes:")
        .replacingOccurrences(
          of: "{name: unet, base_channels: 8, depth: 2}",
          with: "{name: mask_rcnn, encoder: mobilenet_v2, out_channels: 16, "
            + "representation_size: 32, RPN_ANCHOR_SCALES: [8, 16, 32, 64, 128], "
            + "TRAIN_ROIS_PER_IMAGE: 16, POST_NMS_ROIS_INFERENCE: 16, "
            + "DETECTION_MIN_CONFIDENCE: 0}"
        )
        .replacingOccurrences(
          of: "[cross_entropy, dice]",
          with: "[objectness, rpn_box_reg, classifier, box_reg, {mask: {weight: 2}}]"
        )
        .replacingOccurrences(of: "epochs: 40", with: "epochs: 2")
        .replacingOccurrences(of: "every: 8 epochs", with: "every: 1 epoch"),
      to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml")
    try #require(run.status == 0, "\(run)")
    let shown = try workplace.run("show", "tiny/1", "--json").output
    for loss in ["objectness", "rpn_box_reg", "classifier", "box_reg", "mask"] {
      #expect(shown.contains("training.\(loss)\""), "\(loss)")
    }
    let predict = try workplace.run(
      "predict", "tiny/1", "data/val.txt", "-o", "out", "--mask", "--objects")
    try #require(predict.status == 0, "\(predict)")
    let mask = try ImageFile.image(Array(workplace.data("out/8.png")))
    #expect(mask.depth == .bits16 && mask.size == Size(square: 32))
    let probabilities = try workplace.run(
      "predict", "tiny/1", "data/val.txt", "-o", "other", "--probabilities")
    #expect(probabilities.errors.contains("has no probabilities of pixels"))
    let reproduce = try workplace.run("reproduce", "tiny/1")
    #expect(reproduce.output.hasPrefix("identical: 2 evaluations"), "\(reproduce)")
    let check = try workplace.run("check", "tiny.yaml", "--set", "task=semantic")
    #expect(check.errors.contains("finds objects itself"), "\(check)")
  }

  @Test("what does not fit objects is refused before anything runs")
  func refused() throws {
    let workplace = try Workplace()
    try writeData(in: workplace)
    try workplace.write(Self.spec, to: "tiny.yaml")
    func errors(_ setting: String) throws -> String {
      let check = try workplace.run("check", "tiny.yaml", "--set", setting)
      #expect(check.status == 65, "\(check)")
      return check.errors
    }
    #expect(try errors("task.instances.decode=maskrcnn").contains("watershed"))
    #expect(
      try errors("task.instances.decode=stardist").contains(
        "needs one class a pixel, but the task is instances: use stardist"))
    #expect(try errors("task.instances.rays=16").contains("is for decode: stardist"))
    #expect(
      try errors("evaluation.metrics=[hd95]").contains(
        "needs one class a pixel, but the task is instances"))
    #expect(
      try errors("evaluation.postprocessing=[fill_holes]").contains("set in the task"))
    #expect(
      try errors("augmentation=[mosaic]").contains("joins labels of several images"))
    #expect(
      try errors("losses=[{cross_entropy: {class_weights: median_frequency}}]").contains(
        "list them"))
    #expect(try errors("task=semantic").contains("needs an id for each object"))
    try workplace.write(
      PlainPNG.data(width: 32, height: 32, words: Array(repeating: 65_535, count: 1024)),
      to: "data/0-ids.png")
    #expect(try errors("seed=1").contains("ids of objects are 1 to 65533"))
  }
}
