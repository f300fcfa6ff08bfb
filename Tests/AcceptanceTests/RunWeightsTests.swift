import Foundation
import Testing

/// `weights: {from: RUN}`, by what a person sees.
@Suite("Weights of recorded runs")
struct RunWeightsTests {
  private static func spec(_ name: String, _ lines: String = "") -> String {
    """
    experiment: \(name)
    data:
      generated: {train: 8, validation: 4, size: [32, 32], classes: 3, seed: 3}
    template: {name: unet, base_channels: 4, depth: 1}
    losses: cross_entropy
    solver: {type: SGD, base_lr: 1e-2}
    training: {epochs: 1, batch_size: 4}
    limits: {threads: 1}
    \(lines)

    """
  }

  /// With a run `first/1`, and a spec `second.yaml` that begins with its best checkpoint.
  private func workplace() throws -> Workplace {
    let workplace = try Workplace()
    try write("first", "", workplace)
    try write("second", "weights: first/1@best", workplace)
    let trained = try workplace.run("run", "first.yaml")
    #expect(trained.status == 0, "\(trained)")
    return workplace
  }

  private func write(_ name: String, _ lines: String, _ workplace: Workplace) throws {
    try Self.spec(name, lines).write(
      to: workplace.folder.appending(path: "\(name).yaml"), atomically: true, encoding: .utf8)
  }

  private func ids(_ spec: String, _ workplace: Workplace, _ set: String...) throws -> String {
    let options = set.flatMap { ["--set", $0] }
    let planned = try workplace.start(["plan", spec, "--json"] + options).finish()
    #expect(planned.status == 0, "\(planned)")
    return planned.output.split(separator: "\n").filter { $0.contains("\"id\"") }
      .joined(separator: "\n")
  }

  @Test("a run begins with another's checkpoint, its record says so, and it is reproduced")
  func training() throws {
    let workplace = try workplace()
    let checked = try workplace.run("check", "second.yaml")
    #expect(checked.output.contains("34 of 34 tensors from first/"), "\(checked)")
    let trained = try workplace.run("run", "second.yaml")
    #expect(trained.status == 0, "\(trained)")
    let shown = try workplace.run("show", "second/1")
    #expect(shown.output.contains("@best, 34 of 34 tensors taken"), "\(shown)")
    let json = try workplace.run("show", "second/1", "--json")
    #expect(json.output.contains("\"format\" : \"experiments checkpoint\""), "\(json)")
    #expect(json.output.contains("\"outcome\" : \"taken\""))
    let again = try workplace.run("reproduce", "second/1")
    #expect(again.status == 0, "\(again)")
  }

  @Test("the content of the checkpoint decides the trial, not the name of the run or its place")
  func identity() throws {
    let workplace = try workplace()
    let named = try ids("second.yaml", workplace)
    #expect(try ids("second.yaml", workplace, "weights=first") == named)
    #expect(try ids("second.yaml", workplace, "weights=\"@last\"") == named)
    let folder = workplace.folder.appending(path: "results/first/trials")
    let file = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?
        .compactMap { $0 as? URL }.first { $0.path.contains("checkpoints/step-") })
    try FileManager.default.copyItem(
      at: file, to: workplace.folder.appending(path: "copy.h5"))
    #expect(try ids("second.yaml", workplace, "weights=copy.h5") == named)
    let copied = try workplace.run("weights", "copy.h5", "second.yaml")
    #expect(copied.output.contains("experiments checkpoint: 34 tensors"), "\(copied)")
  }

  @Test("`weights` shows a run's checkpoint against a spec")
  func report() throws {
    let workplace = try workplace()
    let alone = try workplace.run("weights", "first/1@last")
    #expect(alone.output.contains("experiments checkpoint: 34 tensors"), "\(alone)")
    let matched = try workplace.run("weights", "first/1", "second.yaml")
    #expect(
      matched.output.contains("34 of 34 tensors of unet begin with the file's values"),
      "\(matched)")
  }

  @Test("a missing run, several runs and neither file nor run are placed errors with a remedy")
  func mistakes() throws {
    let workplace = try workplace()
    func refused(_ from: String) throws -> String {
      let result = try workplace.run("check", "second.yaml", "--set", "weights=\(from)")
      #expect(result.status == 65, "\(from): \(result)")
      return result.errors
    }
    #expect(try refused("first/7@best").contains("first has no trial 7; there is 1"))
    let neither = try refused("fist/1")
    #expect(neither.contains("weights.from: there is no file ") && neither.contains("no such run"))
    #expect(neither.contains("did you mean 'first'?"))
    #expect(try refused("./first/1").contains("it does not exist"))
    let lost = try workplace.shell("$E run second.yaml && rm -r results/first")
    #expect(lost == 0)
    let again = try workplace.run("reproduce", "second/1")
    #expect(again.errors.contains("are not in these records"), "\(again)")
  }
}
