@testable import Datasets
@testable import Experiments
import Foundation
@testable import Groundwork
import Testing

/// Several runs that are asked together, and settings of evaluations that are tried one after the other.
@Suite("Ensembles and sweeps of evaluations")
struct EnsembleTests {
  private func trained() throws -> Workplace {
    try TrainedWorkplaces.shared.copy(
      of: TrainedWorkplaces.spec + "sweep: {seeds: 2}\n")
  }

  private func reports(_ transcript: Workplace.Transcript) throws -> [[String: Any]] {
    try #require(transcript.status == 0, "\(transcript)")
    let json = try JSONSerialization.jsonObject(with: Data(transcript.output.utf8))
    return try #require(json as? [[String: Any]])
  }

  @Test("an ensemble predicts what it is judged by, and is kept beside its first run")
  func ensemble() throws {
    let workplace = try trained()
    let found = try reports(
      workplace.run("evaluate", "lists", "--ensemble", "--list", "data/val.txt", "--json"))
    #expect(found.count == 1)
    let values = try #require(found[0]["values"] as? [String: Any])
    let predict = try workplace.run(
      "predict", "lists", "--ensemble", "data/val.txt", "-o", "out")
    #expect(predict.status == 0, "\(predict)")
    #expect(
      values["test_ensemble.confusion"] as? [[Int]] == (try workplace.confusion(of: "out")))
    let members = try #require((found[0]["test"] as? [String: Any])?["members"] as? [[String: Any]])
    #expect(members.compactMap { $0["run"] as? String } == ["lists/1", "lists/2"])
    let show = try workplace.run("show", "lists/1")
    #expect(show.output.contains("the mean of lists/1, lists/2"), "\(show)")
    #expect(try !workplace.run("show", "lists/2").output.contains("test 1"))
    let several = try workplace.run("predict", "lists", "data/val.txt", "-o", "other")
    #expect(several.status == 64 && several.errors.contains("name one"), "\(several)")
  }

  @Test("an ensemble of one run is that run, bit for bit")
  func one() throws {
    let workplace = try trained()
    let alone = try reports(
      workplace.run("evaluate", "lists/1", "--list", "data/val.txt", "--name", "a", "--json"))
    let ensemble = try reports(
      workplace.run(
        "evaluate", "lists/1", "--ensemble", "--list", "data/val.txt", "--name", "a", "--json"))
    #expect(
      NSDictionary(dictionary: alone[0]["values"] as? [String: Any] ?? [:])
        == NSDictionary(dictionary: ensemble[0]["values"] as? [String: Any] ?? ["": 0]))
  }

  @Test("a threshold is swept without training, in one table, and prediction is validation with it")
  func sweep() throws {
    let workplace = try trained()
    let sweep = [
      "--set", "evaluation.postprocessing=[threshold]", "--sweep",
      "evaluation.postprocessing.threshold.probability=0.2,0.5,0.9",
    ]
    let found = try reports(
      try workplace.start(["evaluate", "lists/1", "--json"] + sweep).finish())
    #expect(found.count == 3)
    for (report, probability) in zip(found, ["0.2", "0.5", "0.9"]) {
      let values = try #require(report["values"] as? [String: Any])
      let predict = try workplace.run(
        "predict", "lists/1", "data/val.txt", "-o", "out\(probability)", "--set",
        "evaluation.postprocessing=[{threshold: {probability: \(probability)}}]")
      #expect(predict.status == 0, "\(predict)")
      #expect(
        values["validation_sweep.confusion"] as? [[Int]]
          == (try workplace.confusion(of: "out\(probability)")))
    }
    let table = try workplace.start(["evaluate", "lists/1"] + sweep).finish()
    let lines = table.output.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("postprocessing.threshold.probability") }, "\(table)")
    #expect(lines.suffix(3).map { $0.prefix(3) } == ["0.2", "0.5", "0.9"], "\(table)")
  }

  @Test("what cannot be asked together, or swept, is refused with a remedy")
  func refusals() throws {
    let workplace = try trained()
    func refused(_ arguments: String..., status: Int32, because words: String) throws {
      let found = try workplace.start(arguments).finish()
      #expect(found.status == status && found.errors.contains(words), "\(found)")
    }
    try refused(
      "evaluate", "lists/1", "--sweep", "solver.base_lr=1,2", status: 64,
      because: "write evaluation.PATH")
    try refused(
      "evaluate", "lists/1", "--set",
      "evaluation.postprocessing=[fill_holes, {threshold: {probability: 0.2}}]", status: 65,
      because: "put it first")
    try refused(
      "predict", "lists/1", "data/val.txt", "-o", "out", "--set", "data.root=data", status: 64,
      because: "leave it out")
    let other = TrainedWorkplaces.spec.replacingOccurrences(
      of: "  classes:", with: "  channels: 1\n  classes:"
    ).replacingOccurrences(of: "experiment: lists", with: "experiment: grey")
    try workplace.write(other, to: "grey.yaml")
    #expect(try workplace.run("run", "grey.yaml", "--set", "training.epochs=1").status == 0)
    try refused(
      "evaluate", "lists/1", "grey/1", "--ensemble", "--list", "data/val.txt", status: 64,
      because: "their channels differ")
  }
}
