import Foundation
import Testing

/// Data that no single list names: files that pair by their names, several sources, sets with names.
@Suite("Data from patterns and several sources")
struct DataSourcesTests {
  private func workplace(_ changes: [String: String], experiment: String) throws -> Workplace {
    let workplace = try Workplace()
    try workplace.writeData()
    try workplace.write(SmallSpecs.lists, to: "lists.yaml")
    var spec = SmallSpecs.lists.replacing("experiment: lists", with: "experiment: \(experiment)")
    for (key, value) in changes {
      let line = try #require(spec.split(separator: "\n").first { $0.contains("  \(key): ") })
      spec = spec.replacing(line, with: "  \(key): \(value)")
    }
    try workplace.write(spec, to: "\(experiment).yaml")
    return workplace
  }

  @Test("the same files by pattern and by list are the same trial with the same weights")
  func samePairs() throws {
    let workplace = try workplace(
      [
        "train": #"{images: "images/{3,1,0,2}.png", masks: "masks/{stem}.png"}"#,
        "validation": #"{images: "images/{4,5}.*", masks: "masks/{name}"}"#,
      ], experiment: "pairs")
    for name in ["lists", "pairs"] {
      let run = try workplace.run("run", "\(name).yaml")
      try #require(run.status == 0, "\(run)")
    }
    let checkpoints = workplace.files(below: "results").filter { $0.contains("checkpoints/step") }
    #expect(checkpoints.count == 2)
    let ids = try checkpoints.map { path in
      try #require(path.split(separator: "/").first { $0.count == 16 })
    }
    #expect(ids[0] == ids[1])
    #expect(
      try workplace.data("results/\(checkpoints[0])") == workplace.data("results/\(checkpoints[1])")
    )
    #expect(try workplace.run("reproduce", "pairs/1").status == 0)
  }

  @Test("sets with names have values of their own, in evaluations and in tests")
  func sets() throws {
    let workplace = try workplace(
      [
        "train": "[train.txt, {list: more.txt, weight: 0.5}]",
        "validation": """
        {left: left.txt, right: right.txt}
          test: {near: left.txt, far: right.txt}
        """,
      ], experiment: "sets")
    try workplace.write("images/3.png masks/3.png\n", to: "data/more.txt")
    try workplace.write(
      "images/0.png masks/0.png\nimages/1.png masks/1.png\nimages/2.png masks/2.png\n",
      to: "data/train.txt")
    try workplace.write("images/4.png masks/4.png\n", to: "data/left.txt")
    try workplace.write("images/5.png masks/5.png\n", to: "data/right.txt")
    let run = try workplace.run(
      "run", "sets.yaml", "--set", "sweep.objective.metric=validation.right.mean_iou")
    try #require(run.status == 0, "\(run)")
    let compare = try workplace.run("compare", "sets", "--format", "csv")
    #expect(compare.output.contains("validation.right.mean_iou"), "\(compare)")
    let own = try workplace.run("evaluate", "sets/1")
    #expect(own.output.contains("came out again, bit for bit"), "\(own)")
    let evaluate = try workplace.run("evaluate", "sets/1", "--test", "--json")
    try #require(evaluate.status == 0, "\(evaluate)")
    for name in ["test.near.mean_iou", "test.far.iou.square"] {
      let chosen = try workplace.run("compare", "sets", "--columns", name)
      #expect(chosen.status == 0 && !chosen.output.contains("–"), "\(chosen)")
    }
    #expect(try workplace.run("reproduce", "sets/1").status == 0)
  }

  @Test("what has no partner is said with its place, and nothing is run")
  func missing() throws {
    let workplace = try workplace(
      [
        "train": #"{images: "images/*.png", masks: "mask/{stem}.png"}"#,
        "validation": #"{images: "images/*.jpg", masks: "masks/{stem}.png"}"#,
      ], experiment: "wrong")
    let run = try workplace.run("run", "wrong.yaml")
    #expect(run.status == 65)
    #expect(run.errors.contains("data.train.masks: "))
    #expect(run.errors.contains("did you mean 'masks'?"), "\(run)")
    #expect(run.errors.contains("data.validation.images: no file fits 'images/*.jpg'"))
    #expect(run.errors.contains("holds 6 files in .png"))
    #expect(run.errors.hasSuffix("2 errors; nothing was run\n"), "\(run)")
  }
}
