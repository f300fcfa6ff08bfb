@testable import Datasets
@testable import Experiments
import Foundation
import Testing

/// Structures that overlap: a mask for each class, by what a person sees.
@Suite struct SeveralLabelsTests {
  private static let spec = """
    experiment: tiny
    seed: 3
    task: multilabel
    data:
      root: data
      train: train.txt
      validation: val.txt
      classes: [disc, bar]
    template: {name: unet, base_channels: 4, depth: 2}
    losses: bce
    solver: {type: ADAM, base_lr: 2e-2}
    augmentation: [mirror]
    training: {epochs: 30, batch_size: 4}
    evaluation: {metrics: [precision, recall], worst_images: 2}
    limits: {threads: 1}

    """

  /// Images of 32×32 in which a square disc lies on a bar that runs across, and their masks.
  private func writeData(in workplace: Workplace) throws {
    for number in 0..<10 {
      let (top, left) = (3 + number * 7 % 15, 2 + number * 5 % 17)
      let disc = (0..<1024).map { (top..<top + 11) ~= $0 / 32 && (left..<left + 11) ~= $0 % 32 }
      let bar = (0..<1024).map { (12..<20) ~= $0 / 32 }
      let pixels = zip(disc, bar).flatMap { disc, bar -> [UInt8] in
        [disc ? 220 : 30, bar ? 220 : 30, 60]
      }
      try workplace.write(
        PlainPNG.data(.colour, width: 32, height: 32, pixels: pixels), to: "data/\(number).png")
      for (name, mask) in [("disc", disc), ("bar", bar)] {
        try workplace.write(
          PlainPNG.data(.grey, width: 32, height: 32, pixels: mask.map { $0 ? 1 : 0 }),
          to: "data/\(number)-\(name).png")
      }
    }
    func lines(_ numbers: Range<Int>) -> String {
      numbers.map { "\($0).png \($0)-disc.png;\($0)-bar.png\n" }.joined()
    }
    try workplace.write(lines(0..<8), to: "data/train.txt")
    try workplace.write(lines(8..<10), to: "data/val.txt")
  }

  @Test("they are learned, recorded by class, shown, and trained again to the same bytes")
  func wholeWay() throws {
    let workplace = try Workplace()
    try writeData(in: workplace)
    try workplace.write(Self.spec, to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml")
    try #require(run.status == 0, "\(run)")
    let json = try workplace.run("show", "tiny/1", "--json").output
    let record = try #require(
      try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
    let evaluations = try #require(record["evaluations"] as? [[String: Any]])
    let last = try #require(evaluations.last)
    let values = try #require(last["values"] as? [String: Any])
    #expect(try #require(values["validation.mean_iou"] as? Double) > 0.9)
    // Of each class, by whether it is there and whether it is predicted.
    let confusion = try #require(values["validation.confusion"] as? [[[Int]]])
    #expect(confusion.count == 2)
    // Two images of 1024 pixels, a bar of 8 × 32 in each.
    let bar = confusion[1]
    #expect(bar[1].reduce(0, +) == 512 && bar.joined().reduce(0, +) == 2048)
    let show = try workplace.run("show", "tiny/1").output
    #expect(show.contains("confusion by class, epoch") && show.contains("true positive"))
    #expect(workplace.previews(of: "tiny").contains("2.png"))
    let reproduce = try workplace.run("reproduce", "tiny/1")
    #expect(reproduce.output.hasPrefix("identical: 30 evaluations"), "\(reproduce)")
    let preview = try workplace.run("preview", "tiny.yaml", "--count", "1")
    #expect(preview.status == 0, "\(preview)")
  }

  @Test("a run that is stopped goes on to the same bytes")
  func resumed() throws {
    let spec = Self.spec.replacingOccurrences(of: "[mirror]", with: "[mirror, mixup]")
      .replacingOccurrences(of: "epochs: 30", with: "epochs: 60")
    let (whole, parted) = (try Workplace(), try Workplace())
    for workplace in [whole, parted] {
      try writeData(in: workplace)
      try workplace.write(spec, to: "tiny.yaml")
    }
    let run = try whole.run("run", "tiny.yaml")
    try #require(run.status == 0, "\(run)")
    let running = try parted.start(["run", "tiny.yaml"])
    while running.process.isRunning, !parted.hasRecorded(steps: 6) { usleep(5000) }
    try #require(running.process.isRunning, "it was over before it could be stopped")
    kill(running.process.processIdentifier, SIGINT)
    let stopped = try running.finish()
    try #require(stopped.status == 75, "\(stopped)")
    let again = try parted.run("run", "tiny.yaml")
    #expect(again.status == 0, "\(again)")
    #expect(again.errors.contains("continues after step"))
    #expect(try Record(of: parted) == Record(of: whole))
  }

  @Test("what needs one class a pixel is refused before anything runs")
  func refused() throws {
    let workplace = try Workplace()
    try writeData(in: workplace)
    try workplace.write(Self.spec, to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml", "--set", "losses=[bce, dice]")
    #expect(run.status == 65, "\(run)")
    #expect(
      run.errors.contains(
        "loss dice: needs one class a pixel, but the task is multilabel: use bce"))
    let semantic = try workplace.run("check", "tiny.yaml", "--set", "task=semantic")
    #expect(semantic.status == 65, "\(semantic)")
    #expect(semantic.errors.contains("names 2 masks, but the task takes one of a sample"))
  }

  @Test("one structure alone, in masks of 0 and 255, and in patches of the images")
  func oneStructure() throws {
    let workplace = try Workplace()
    try writeData(in: workplace)
    for number in 0..<10 {
      let (top, left) = (3 + number * 7 % 15, 2 + number * 5 % 17)
      try workplace.write(
        PlainPNG.data(
          .grey, width: 32, height: 32,
          pixels: (0..<1024).map {
            (top..<top + 11) ~= $0 / 32 && (left..<left + 11) ~= $0 % 32 ? 255 : 0
          }), to: "data/\(number)-disc.png")
    }
    func lines(_ numbers: Range<Int>) -> String {
      numbers.map { "\($0).png \($0)-disc.png\n" }.joined()
    }
    try workplace.write(lines(0..<8), to: "data/train.txt")
    try workplace.write(lines(8..<10), to: "data/val.txt")
    let one = Self.spec.replacingOccurrences(of: "[disc, bar]", with: "[disc]")
    try workplace.write(one, to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml")
    try #require(run.status == 0, "\(run)")
    let shown = try workplace.run("show", "tiny/1").output
    #expect(shown.contains("disc  "))
    #expect(workplace.previews(of: "tiny").contains("2.png"))
    #expect(try workplace.run("reproduce", "tiny/1").status == 0)

    try workplace.write(
      one.replacingOccurrences(of: "experiment: tiny", with: "experiment: cut")
        .replacingOccurrences(
          of: "  classes:", with: "  patches: {size: [16, 16], stride: [8, 8]}\n  classes:"),
      to: "cut.yaml")
    let cut = try workplace.run("run", "cut.yaml")
    try #require(cut.status == 0, "\(cut)")
    let worst = try workplace.run("show", "cut/1").output
    #expect(worst.contains("8.png") && worst.contains("9.png") && !worst.contains("8.png["))
    #expect(
      workplace.previews(of: "cut") == ["1.png", "2.png"], "two images, not eighteen patches")
  }
}
