@testable import Execution
@testable import Experiments
import Foundation
import Testing
@testable import Tracking

/// Every kind of bad input is answered by its place, its reason and a remedy, on standard error;
/// nothing is recorded.
@Suite struct BadInputTests {
  /// Runs a spec that is wrong and returns what was said.
  private func complaint(_ workplace: Workplace, _ spec: String) throws -> String {
    try workplace.write(spec, to: "bad.yaml")
    let transcript = try workplace.run("run", "bad.yaml")
    #expect(transcript.status == 65, "\(transcript)")
    #expect(transcript.output.isEmpty)
    #expect(!workplace.exists("results"), "something was recorded")
    return transcript.errors
  }

  @Test(
    "a mistake in a spec is shown where it stands",
    arguments: [
      ("name: unet", "name: unte", "unknown template 'unte'", "unet"),
      ("base_lr: 1e-2}", "base_lr: fast}", "base_lr", "number"),
      ("base_lr: 1e-2}", "base_lr: -1}", "base_lr", "above 0"),
      ("losses: cross_entropy", "loses: cross_entropy", "unknown key 'loses'", "losses"),
      ("epochs: 1", "epochs: many", "epochs", "integer"),
    ])
  func spec(correct: String, wrong: String, place: String, remedy: String) throws {
    let workplace = try Workplace()
    try workplace.writeData()
    let said = try complaint(
      workplace, SmallSpecs.lists.replacingOccurrences(of: correct, with: wrong))
    #expect(said.contains("bad.yaml:"))
    #expect(said.contains(place))
    #expect(said.contains(remedy))
    #expect(said.contains("^"))
  }

  @Test("a batch norm that would see a single value is refused at the batch size")
  func singleValue() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    let spec = SmallSpecs.lists.replacingOccurrences(of: "depth: 2", with: "depth: 5")
      .replacingOccurrences(of: "batch_size: 2", with: "batch_size: 1")
    for (data, size) in [("crop: [32, 32]", "32×32"), ("patches: {size: [32, 32]}", "32×32")] {
      let said = try complaint(
        workplace,
        spec.replacingOccurrences(of: "  classes:", with: "  \(data)\n  classes:"))
      #expect(
        said.contains("bad.yaml:11:35: error[E0416]: training.batch_size is 1, and of a training"))
      #expect(said.contains("\(size) the batch norm bottleneck.norm0 sees a single value"))
    }
    let said = try complaint(workplace, spec)
    #expect(said.contains("bad.yaml:10:35: error"))
    try workplace.write(
      spec.replacingOccurrences(of: "batch_size: 1", with: "batch_size: 2"), to: "good.yaml")
    #expect(try workplace.run("check", "good.yaml").status == 0)
  }

  @Test("masks to validate on without a labelled pixel are refused")
  func nothingToValidate() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    for number in 4..<6 {
      try workplace.write(
        PlainPNG.data(
          .grey, width: 32, height: 32, pixels: [UInt8](repeating: 255, count: 1024)),
        to: "data/masks/\(number).png")
    }
    let spec = SmallSpecs.lists.replacingOccurrences(
      of: "  classes:", with: "  ignore: [255]\n  classes:")
    let said = try complaint(workplace, spec)
    #expect(said.contains("no pixel of the validation masks has a label: all are in data.ignore"))
    try workplace.write(spec, to: "bad.yaml")
    #expect(try workplace.run("check", "bad.yaml").status == 65)
  }

  @Test("a warm-up that is longer than the training is a warning, and the training runs")
  func longWarmup() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    try workplace.write(
      SmallSpecs.lists.replacingOccurrences(
        of: "base_lr: 1e-2}", with: "base_lr: 1e-2, schedule: {warmup: 100}}"), to: "slow.yaml")
    let check = try workplace.run("check", "slow.yaml")
    #expect(check.status == 0)
    #expect(
      check.errors.contains(
        "slow.yaml:9:55: warning[W0401]: the warm-up lasts 100 iterations, the training 2 iterations: a "
          + "base_lr of 0.01 is never reached, the learning rate gets to 0.00109"))
    let json = try workplace.run("check", "slow.yaml", "--json")
    #expect(json.errors.isEmpty && json.output.contains("\"place\" : \"slow.yaml:9:55\""))
    let run = try workplace.run("run", "slow.yaml")
    #expect(run.status == 0 && run.errors.contains("slow.yaml:9:55: warning[W0401]: the warm-up"))
  }

  @Test("quarter turns of images that are not square are refused once the data is known")
  func notSquare() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    let spec = SmallSpecs.lists.replacingOccurrences(
      of: "limits:", with: "evaluation: {test_time_augmentation: {rotate90: true}}\nlimits:")
    let cropped = try complaint(
      workplace, spec.replacingOccurrences(of: "classes:", with: "crop: [32, 16]\n  classes:"))
    #expect(cropped.contains("bad.yaml:"))
    #expect(cropped.contains("rotate90 needs square images, but those to validate are 32×16"))
    func write(_ folder: String, _ value: UInt8) throws {
      for number in 0..<6 {
        try workplace.write(
          PlainPNG.data(
            .grey, width: 32, height: 16, pixels: [UInt8](repeating: value, count: 16 * 32)),
          to: "data/\(folder)/\(number).png")
      }
    }
    try write("images", 7)
    try write("masks", 1)
    let read = try complaint(workplace, spec)
    #expect(read.contains("rotate90 needs square images, but those to validate are 16×32"))
  }

  @Test("every mistake is said at once")
  func allAtOnce() throws {
    let workplace = try Workplace()
    let wrong = SmallSpecs.lists
      .replacingOccurrences(of: "name: unet", with: "name: unte")
      .replacingOccurrences(of: "epochs: 1", with: "epochs: many")
    let said = try complaint(workplace, wrong)
    #expect(said.contains("2 errors; nothing was run"))
  }

  @Test("a spec file that is not there is named")
  func missingSpec() throws {
    let workplace = try Workplace()
    let transcript = try workplace.run("run", "nowhere.yaml")
    #expect(transcript.status == 65)
    #expect(transcript.errors.contains("nowhere.yaml"))
  }

  @Test("a list that is missing or empty is named")
  func lists() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    try workplace.write("", to: "data/val.txt")
    #expect(try complaint(workplace, SmallSpecs.lists).contains("val.txt"))
    try FileManager.default.removeItem(at: workplace.folder.appendingPathComponent("data/val.txt"))
    #expect(try complaint(workplace, SmallSpecs.lists).contains("val.txt"))
  }

  @Test("an image that is missing or cut short is named with its line")
  func images() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    let whole = try workplace.data("data/images/2.png")
    try workplace.write(whole.prefix(whole.count / 2), to: "data/images/2.png")
    let said = try complaint(workplace, SmallSpecs.lists)
    #expect(said.contains("train.txt:3"))
    #expect(said.contains("images/2.png"))
    try FileManager.default.removeItem(
      at: workplace.folder.appendingPathComponent("data/images/2.png"))
    #expect(try complaint(workplace, SmallSpecs.lists).contains("images/2.png"))
  }

  @Test("a mask of another size is named with both sizes")
  func maskSize() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    try workplace.writeMask("data/masks/1.png", squareAt: 2, size: 48)
    let said = try complaint(workplace, SmallSpecs.lists)
    #expect(said.contains("masks/1.png"))
    #expect(said.contains("48×48"))
    #expect(said.contains("32×32"))
  }

  @Test("a mask's value beyond the classes is named")
  func maskValue() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    try workplace.writeMask("data/masks/1.png", squareAt: 2, id: 5)
    let said = try complaint(workplace, SmallSpecs.lists)
    #expect(said.contains("masks/1.png"))
    #expect(said.contains("5"))
  }

  @Test("a batch that is larger than the data is refused, with the largest that fits")
  func batch() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    let said = try complaint(
      workplace, SmallSpecs.lists.replacingOccurrences(of: "batch_size: 2", with: "batch_size: 9"))
    #expect(said.contains("9"))
    #expect(said.contains("at most 4"))
  }

  @Test("a results folder that cannot be written is named before anything is trained")
  func unwritableResults() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    try workplace.write(SmallSpecs.lists, to: "good.yaml")
    try workplace.write("in the way", to: "occupied")
    let transcript = try workplace.run("run", "good.yaml", "--results", "occupied")
    #expect(transcript.status == 74, "\(transcript)")
    #expect(transcript.errors.contains("occupied"))
    #expect(transcript.output.isEmpty)
  }

  @Test("an experiment that is not recorded is answered by what is")
  func unknownExperiment() throws {
    let workplace = try Workplace()
    let transcript = try workplace.run("show", "nothing/1")
    #expect(transcript.status == 3, "\(transcript)")
    #expect(transcript.errors.contains("nothing"))
  }
}
