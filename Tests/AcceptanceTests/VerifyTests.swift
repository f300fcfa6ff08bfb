import Foundation
import Testing

/// Records that are damaged, dropped, put back, packed and unpacked: by what a person sees.
@Suite("Keeping and sharing records")
struct VerifyTests {
  private let workplace: Workplace

  init() throws { workplace = try TrainedWorkplaces.shared.copy(of: TrainedWorkplaces.spec) }

  private func file(_ name: String) throws -> String {
    let files = workplace.files(below: "results/lists/trials")
    return "results/lists/trials/" + (try #require(files.first { $0.contains(name) }))
  }

  private func flip(_ name: String) throws {
    var bytes = try workplace.data(name)
    bytes[bytes.count / 2] ^= 1
    try workplace.write(bytes, to: name)
  }

  @Test("damaged weights are named with what survives, set aside, made again and put back")
  func weights() throws {
    #expect(try workplace.run("verify").output.hasPrefix("1 run, "))
    let name = try file("checkpoints/")
    let sound = try workplace.data(name)
    try flip(name)
    let damaged = try workplace.run("verify")
    #expect(damaged.status == 74, "\(damaged)")
    for text in ["SHA-256 is not the one", "expected ", "evaluations", "reproduce lists/1"] {
      #expect(damaged.output.contains(text), "\(damaged)")
    }
    let json =
      try JSONSerialization.jsonObject(
        with: Data(try workplace.run("verify", "--json").output.utf8)) as? [String: Any]
    let run = (json?["runs"] as? [[String: Any]])?.first
    #expect(run?["status"] as? String == "damaged")
    // The others of its files are used all the same.
    for command in [["ls"], ["compare", "lists"], ["show", "lists/1"]] {
      #expect(try workplace.start(command).finish().status == 0, "\(command)")
    }
    let unusable = try workplace.run("evaluate", "lists/1")
    #expect(unusable.status == 74 && unusable.errors.contains("experiments verify"), "\(unusable)")
    let asked = try workplace.run("verify", "--repair")
    #expect(asked.status == 74 && asked.errors.contains("nothing was moved"), "\(asked)")
    let repaired = try workplace.run("verify", "lists", "--repair", "--yes")
    #expect(repaired.status == 0 && repaired.errors.contains("moved aside"), "\(repaired)")
    #expect(workplace.files(below: "results/.damaged").contains { $0.hasSuffix(".h5") })
    let whole = try workplace.run("verify")
    #expect(whole.status == 0 && whole.output.contains("1 without weights"), "\(whole)")

    let remedy = "experiments reproduce lists/1"
    #expect(try workplace.run("ls").output.contains("without weights: lists/1"))
    #expect(try workplace.run("show", "lists/1").output.contains(remedy))
    for command in [
      ["predict", "lists/1", "data/images", "-o", "predicted"], ["evaluate", "lists/1"],
      ["export", "lists/1", "--to", "safetensors"],
    ] {
      let refused = try workplace.start(command).finish()
      #expect(refused.status == 65 && refused.errors.contains(remedy), "\(refused)")
    }
    let again = try workplace.run("reproduce", "lists/1")
    #expect(again.status == 0 && again.output.contains("kept again: "), "\(again)")
    #expect(try workplace.data(name) == sound)
    #expect(try workplace.run("evaluate", "lists/1").status == 0)
  }

  @Test("weights that are made again may be freed, and a packed run is the same run elsewhere")
  func sharing() throws {
    let packed = try workplace.run("pack", "lists/1", "-o", "one.zip")
    #expect(packed.status == 0 && packed.output.hasPrefix("one.zip: 1 run, "), "\(packed)")
    #expect(try workplace.run("pack", "lists/1", "-o", "one.zip").status == 64)
    let other = try workplace.run("unpack", "one.zip", "--results", "other/results")
    #expect(other.output.hasPrefix("lists/1  ") && other.output.contains("added"), "\(other)")
    let again = try workplace.run("unpack", "one.zip", "--results", "other/results")
    #expect(again.status == 0 && again.output.contains("there already"), "\(again)")
    #expect(try workplace.run("verify", "--results", "other/results").status == 0)
    let predicted = try workplace.run(
      "predict", "lists/1", "data/images/4.png", "-o", "p", "--results", "other/results")
    #expect(predicted.status == 0, "\(predicted)")
    let repacked = try workplace.run(
      "pack", "lists/1", "-o", "two.zip", "--results", "other/results")
    #expect(repacked.status == 0)
    #expect(try workplace.data("one.zip") == workplace.data("two.zip"))

    // Of data that is other data now nothing comes out again.
    let image = try workplace.data("data/images/1.png")
    try workplace.write(workplace.data("data/images/0.png"), to: "data/images/1.png")
    let kept = try workplace.run("gc", "--weights")
    #expect(
      kept.errors.contains("kept: the weights of lists/1: its data is other data: "), "\(kept)")
    try workplace.write(image, to: "data/images/1.png")
    let said = try workplace.run("gc", "--weights")
    #expect(said.output.contains("made again by reproducing"), "\(said)")
    #expect(try workplace.run("gc", "--weights", "--yes").errors.contains("freed "))
    #expect(try workplace.run("verify").output.contains("1 without weights"))

    try flip("two.zip")
    let refused = try workplace.run("unpack", "two.zip", "--results", "third/results")
    #expect(refused.status == 74 && refused.errors.contains("nothing was unpacked"), "\(refused)")
    #expect(!workplace.exists("third"))
  }
}
