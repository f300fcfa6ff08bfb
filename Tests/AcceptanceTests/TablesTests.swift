@testable import Execution
@testable import Experiments
import Foundation
@testable import Groundwork
import Testing
@testable import Tracking

/// What tables and names say of runs, by what a person sees.
@Suite struct TablesTests {
  private func rows(_ json: String) throws -> [[String: Any]] {
    try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [[String: Any]])
  }

  @Test("after an edit of the spec every name that ls prints selects the run of its row")
  func namesAfterEdit() throws {
    let workplace = try Workplace()
    for epochs in [1, 2] {
      try workplace.write(SmallSpecs.generated(epochs: epochs), to: "tiny.yaml")
      let run = try workplace.run("run", "tiny.yaml")
      try #require(run.status == 0, "\(run)")
    }
    let plan = try workplace.run("plan", "tiny.yaml", "--json")
    let planned = try rows(plan.output).compactMap { $0["id"] as? String }
    let listed = try rows(workplace.run("ls", "--json").output)
    #expect(listed.count == 4)
    #expect(Set(listed.compactMap { $0["run"] as? String }).count == 4)
    for row in listed {
      let (name, id) = (row["run"] as? String ?? "", row["id"] as? String ?? "")
      let show = try workplace.run("show", name)
      #expect(show.status == 0 && show.output.contains("id         \(id)\n"), "\(show)")
      if let index = planned.firstIndex(of: id) { #expect(name == "tiny/\(index + 1)") }
    }
    let compare = try workplace.run("compare", "tiny", "--format", "csv")
    #expect(compare.output.hasPrefix("row,trial,id,solver.base_lr,training.epochs,"))
    #expect(compare.output.contains(",1e-3,2,"))
  }

  @Test(
    "no line of a table is wider than the terminal, and what is left out is said",
    arguments: [80, 60, 40])
  func widths(columns: Int) throws {
    let workplace = try Workplace()
    let spec = SmallSpecs.generated(epochs: 1).replacingOccurrences(
      of: "sweep:",
      with: "evaluation: {metrics: [hd95, boundary_f1, precision]}\nsweep:\n  seeds: 2")
    try workplace.write(spec, to: "tiny.yaml")
    let environment = ["COLUMNS": "\(columns)"]
    let run = try workplace.run("run", "tiny.yaml", environment: environment)
    try #require(run.status == 0, "\(run)")
    let transcripts = try [
      run, workplace.run("ls", environment: environment),
      workplace.run("plan", "tiny.yaml", environment: environment),
      workplace.run("show", "tiny/1", environment: environment),
      workplace.run("compare", "tiny", environment: environment),
      workplace.run("components", environment: environment),
      workplace.run("check", "tiny.yaml", environment: environment),
    ]
    for transcript in transcripts {
      for line in transcript.output.split(separator: "\n") {
        // A word that is longer, such as the path of the records, has a line of its own.
        let isWord = !line.drop { $0 == " " }.contains(" ")
        #expect(line.count <= columns || isWord, "\(transcript.arguments): \(line)")
      }
    }
    let table = transcripts[4].output
    #expect(table.contains("mean IoU") && table.contains("1e-2"))
    #expect(table.contains("not shown for lack of width:") || table.contains("pixel accuracy"))
    #expect(try !workplace.run("compare", "tiny").output.contains("not shown"))
    // Notes are for people, and go beside the table where that goes to a file.
    #expect(transcripts[4].errors.contains("note 1: values are those of each run's"))
  }

  @Test("runs of changed data are told apart, in every table, and none is the best of all")
  func changedData() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    try workplace.write(SmallSpecs.lists, to: "lists.yaml")
    #expect(try workplace.run("run", "lists.yaml").status == 0)
    let list = workplace.folder.appendingPathComponent("data/val.txt")
    let lines = try String(contentsOf: list, encoding: .utf8).split(separator: "\n")
    try workplace.write(lines.reversed().joined(separator: "\n") + "\n", to: "data/val.txt")
    let again = try workplace.run("run", "lists.yaml", "--set", "solver.base_lr=2e-2")
    try #require(again.status == 0, "\(again)")

    let refused = try workplace.run("compare", "lists")
    #expect(refused.status == 65 && refused.output.isEmpty, "\(refused)")
    #expect(refused.errors.hasPrefix("error: these runs were validated on different data ("))
    #expect(refused.errors.contains("--mixed"))
    let compare = try workplace.run("compare", "lists", "--mixed")
    #expect(compare.errors.hasPrefix("warning: these runs were validated on different data ("))
    let markdown = try workplace.run("compare", "lists", "--mixed", "--format", "md")
    #expect(markdown.output.hasPrefix("> **Warning:** these runs were validated on different"))
    let csv = try workplace.run("compare", "lists", "--mixed", "--format", "csv")
    #expect(csv.output.hasPrefix("row,trial,id,data,solver.base_lr,"))
    #expect(csv.errors.contains("warning: these runs were validated on different data"))
    #expect(try workplace.run("ls").output.contains("validated on different data"))
    let best = try workplace.run("show", "@best:lists")
    #expect(best.status == 64 && best.errors.contains("none is the best of all"), "\(best)")
    let names = best.errors.split(separator: "\n").filter { $0.hasPrefix("  ") }
    #expect(names.count == 2)
    for name in names.compactMap({ $0.split(separator: " ").first }) {
      #expect(try workplace.run("show", String(name)).status == 0)
    }
  }

  @Test("a copy of a record is named and not counted")
  func copies() throws {
    let workplace = try Workplace()
    try workplace.write(SmallSpecs.generated(epochs: 1, rates: ["1e-2"]), to: "tiny.yaml")
    #expect(try workplace.run("run", "tiny.yaml").status == 0)
    let before = try workplace.run("compare", "tiny", "--format", "csv").output
    let trials = workplace.folder.appendingPathComponent("results/tiny/trials")
    let prefix = try #require(
      try FileManager.default.contentsOfDirectory(atPath: trials.path).first)
    let folder = trials.appendingPathComponent(prefix)
    let id = try #require(try FileManager.default.contentsOfDirectory(atPath: folder.path).first)
    let copy = String(id.dropLast()) + (id.hasSuffix("0") ? "1" : "0")
    for name in [copy, id + "-backup"] {
      try FileManager.default.copyItem(
        at: folder.appendingPathComponent(id), to: folder.appendingPathComponent(name))
    }
    #expect(try workplace.run("compare", "tiny", "--format", "csv").output == before)
    let list = try workplace.run("ls").output
    #expect(list.contains("\(copy) is not counted: it is a copy of \(id)"), "\(list)")
    #expect(list.contains("\(id)-backup is not counted: its folder is not called by an id"))
    #expect(try workplace.run("show", "@best:tiny").output.contains(id))
  }

  @Test("an empty folder is said to be so, with its path, and runs are found from below")
  func folders() throws {
    let workplace = try Workplace()
    try workplace.write(SmallSpecs.generated(epochs: 1, rates: ["1e-2"]), to: "tiny.yaml")
    let empty = try workplace.run("ls")
    #expect(empty.status == 0)
    #expect(empty.output.hasPrefix("no runs are recorded in /"), "\(empty)")
    #expect(try workplace.run("ls", "--json").output.contains("["))
    #expect(try workplace.run("run", "tiny.yaml").status == 0)
    #expect(try workplace.run("ls").output.contains("1 run in /"))
  }

  @Test("a command that was asked for JSON fails in JSON, with the same status")
  func jsonErrors() throws {
    let workplace = try Workplace()
    try workplace.write(
      SmallSpecs.generated().replacingOccurrences(of: "dice]", with: "dise]"), to: "tiny.yaml")
    let plain = try workplace.run("check", "tiny.yaml")
    let check = try workplace.run("check", "tiny.yaml", "--json")
    #expect(plain.status == 65 && check.status == 65)
    let object = try JSONSerialization.jsonObject(with: Data(check.output.utf8)) as? [String: Any]
    let error = try #require((object?["errors"] as? [[String: Any]])?.first)
    #expect(error["file"] as? String == "tiny.yaml" && error["line"] as? Int == 6)
    #expect(error["remedy"] as? String == "did you mean 'dice'?")
    let show = try workplace.run("show", "nothing", "--json")
    #expect(show.status == 3 && show.output.contains("\"message\""), "\(show)")
  }

  @Test("one class is the objective of a sweep and the monitor of a schedule")
  func classObjective() throws {
    let workplace = try Workplace()
    let spec = SmallSpecs.generated(epochs: 3, rates: ["1e-2"]).replacingOccurrences(
      of: "sweep:", with: "sweep:\n  objective: {metric: validation.iou.disc}")
    try workplace.write(
      spec.replacingOccurrences(
        of: "base_lr: 1e-2}",
        with: "base_lr: 1e-2, schedule: {plateau: {monitor: validation.dice.disc, patience: 0}}}"),
      to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml")
    try #require(run.status == 0, "\(run)")
    #expect(run.output.contains("IoU disc"))
    #expect(run.errors.contains("  IoU disc 0."), "progress shows what trials are judged by")
    let reproduce = try workplace.run("reproduce", "@best:tiny")
    #expect(reproduce.status == 0, "\(reproduce)")
  }

  @Test("a comparison has rows, tests and columns as they are asked for, in every format")
  func comparison() throws {
    let workplace = try Workplace()
    let spec = SmallSpecs.generated(epochs: 2).replacingOccurrences(
      of: "sweep:", with: "sweep:\n  seeds: 3")
    try workplace.write(spec, to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml")
    try #require(run.status == 0, "\(run)")
    for format in TableFormats.names {
      let table = try workplace.run("compare", "tiny", "--format", format)
      #expect(table.status == 0 && !table.output.isEmpty, "\(table)")
    }
    let columns = try workplace.run(
      "compare", "tiny", "--columns", "max(mean_iou), loss @ last, epoch @ best(loss), host")
    for column in ["max(mean_iou)", "last(loss)", "epoch @ best(loss)", "host"] {
      #expect(columns.output.contains(column), "\(columns)")
    }
    let versus = try workplace.run("compare", "tiny", "--vs", "tiny/1", "--interval", "t")
    #expect(versus.status == 0 && versus.output.contains("baseline"), "\(versus)")
    #expect(versus.output.contains("[") && versus.errors.contains("against row"), "\(versus)")
    let unknown = try workplace.run("compare", "tiny", "--columns", "max(mean_ou)")
    #expect(
      unknown.status == 64 && unknown.errors.contains("did you mean 'mean_iou'"), "\(unknown)")
    #expect(try workplace.run("compare", "tiny", "--vs", "tiny").status == 64)
    #expect(try workplace.run("compare", "tiny", "--keep", "(").status == 64)
    #expect(try workplace.run("compare", "tiny", "--each", "--group", "seed").status == 64)
    let plain = try workplace.run("compare", "tiny", "--plain", "--width", "100")
    #expect(plain.output.utf8.allSatisfy { $0 < 0x80 }, "\(plain)")
    let group = try workplace.run("compare", "tiny", "--group", "experiment", "--format", "csv")
    #expect(group.output.split(separator: "\n").count == 2, "\(group)")
  }

  @Test("what tells two runs apart is ranked, and changed images are drawn")
  func difference() throws {
    let workplace = try Workplace()
    let spec = SmallSpecs.generated(epochs: 2).replacingOccurrences(
      of: "sweep:", with: "evaluation: {previews: 2}\nsweep:")
    try workplace.write(spec, to: "tiny.yaml")
    let run = try workplace.run("run", "tiny.yaml")
    try #require(run.status == 0, "\(run)")
    let diff = try workplace.run("diff", "tiny/1", "tiny/2", "-o", "changed.svg")
    #expect(diff.status == 0, "\(diff)")
    for part in ["tiny/1 → tiny/2", "spec", "solver.base_lr", "they part before step", "by class"] {
      #expect(diff.output.contains(part), "\(part) in \(diff)")
    }
    let drawing = try String(
      contentsOf: workplace.folder.appendingPathComponent("changed.svg"), encoding: .utf8)
    #expect(drawing.contains(">changed<") && drawing.contains(">tiny/2<"))
    let json = try workplace.run("diff", "tiny/1", "tiny/2", "--json")
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect((object["images"] as? [Any])?.count == 2)
    #expect(try workplace.run("diff", "tiny/1", "tiny/2", "--exit-code").status == 2)
    let same = try workplace.run("diff", "tiny/1", "tiny/1", "--exit-code")
    #expect(same.status == 0 && same.output.contains("the same, bit by bit"), "\(same)")
  }
}
