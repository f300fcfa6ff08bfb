import Foundation
import Testing

/// Records named, removed and brought back; hooks; completion: by what a person sees.
@Suite("Managing records")
struct ManageTests {
  private func workplace(_ options: String...) throws -> (Workplace, Workplace.Transcript) {
    let workplace = try Workplace()
    try workplace.write(SmallSpecs.generated(epochs: 1, rates: ["1e-2", "1e-3"]), to: "tiny.yaml")
    let run = try workplace.start(["run", "tiny.yaml"] + options).finish()
    return (workplace, run)
  }

  @Test("a run is named, tagged, noted, removed, restored, and at last freed")
  func life() throws {
    let (workplace, trained) = try workplace()
    try #require(trained.status == 0, "\(trained)")
    func run(_ arguments: String...) throws -> Workplace.Transcript {
      try workplace.start(arguments).finish()
    }
    #expect(try run("name", "tiny/1", "baseline").output == "tiny/1 is tiny/baseline\n")
    let taken = try run("name", "tiny/2", "baseline")
    #expect(taken.status == 64 && taken.errors.contains("is that of tiny/"), "\(taken)")
    #expect(try run("tag", "tiny/baseline", "--add", "paper", "--add", "v2").status == 0)
    #expect(try run("tag", "tiny", "-r", "v2").output.contains("baseline  paper"))
    #expect(try run("note", "tiny/1", "look here").output == "look here\n")
    #expect(try run("note", "tiny", "--where", "tag == paper and name == baseline").status == 0)
    #expect(try run("note", "tiny", "--where", "name == baseline").output == "look here\n")
    let several = try run("name", "tiny", "best", "--where", "status == finished")
    #expect(several.status == 64 && several.errors.contains("'tiny' is 2 runs"), "\(several)")
    for command in ["name", "reproduce", "logs"] {
      #expect(try run(command, "tiny", "--where", "status == failed").status == 3)
    }
    let shown = try run("show", "tiny/1")
    for text in ["baseline", "paper", "look here", "memory", "processor"] {
      #expect(shown.output.contains(text), "\(shown)")
    }
    let logs = try run("logs", "tiny/1")
    #expect(logs.output.contains("attempt 1 begins") && logs.output.contains("Z finished"))
    #expect(try run("logs", "tiny/1", "--attempt", "7").status == 3)
    let removed = try run("rm", "tiny/1")
    #expect(removed.status == 0 && removed.errors.contains("experiments restore"), "\(removed)")
    #expect(try run("show", "tiny/1").status == 3)
    #expect(try run("ls", "--trash").output.contains("baseline"))
    let restored = try run("restore", "tiny")
    #expect(restored.output.hasPrefix("tiny/1  "), "\(restored)")
    #expect(try run("reproduce", "tiny/baseline").status == 0)
    #expect(try run("rm", "tiny/1").status == 0)
    let asked = try run("gc")
    #expect(asked.status == 0 && asked.errors.contains("nothing was freed"), "\(asked)")
    #expect(try run("gc", "--yes").errors.contains("freed"))
    #expect(try run("restore", "tiny").status == 3)
    #expect(try run("gc").output == "there is nothing to free\n")
  }

  @Test("hooks are said beforehand, get the record on their input, and their failure is a warning")
  func hooks() throws {
    let (workplace, run) = try workplace(
      "--on-finish", #"sh -c 'cat > finish-$EXPERIMENTS_STATUS-$EXPERIMENTS_RUN.json'"#,
      "--on-finish", "sh -c 'echo no mail >&2; exit 3'", "--on-end", "sh -c 'cat > end.json'")
    #expect(run.status == 0, "\(run)")
    #expect(run.errors.contains("on finish of each trial: "), "\(run)")
    #expect(run.errors.contains("it ended with status 3: no mail"), "\(run)")
    let files = workplace.files(below: ".").filter { $0.hasPrefix("finish-finished-") }
    #expect(files.count == 2)
    let record = try JSONSerialization.jsonObject(with: workplace.data(files.first ?? ""))
    #expect((record as? [String: Any])?["status"] as? String == "finished")
    let rows = try JSONSerialization.jsonObject(with: workplace.data("end.json")) as? [Any]
    #expect(rows?.count == 2)
    let log = try workplace.run("logs", "tiny/1")
    #expect(log.output.contains("warning: --on-finish"), "\(log)")
    let wrong = try workplace.run("run", "tiny.yaml", "--on-end", "no-such-program")
    #expect(wrong.status == 64, "\(wrong)")
  }

  @Test("a spec names no program to run, whatever it is given to")
  func specRunsNothing() throws {
    let workplace = try Workplace()
    let spec = SmallSpecs.generated(epochs: 1, rates: ["1e-2"]) + "\non_finish: [touch, owned]\n"
    try workplace.write(spec, to: "tiny.yaml")
    for command in ["check", "run"] {
      let transcript = try workplace.run(command, "tiny.yaml")
      #expect(transcript.status == 65 && transcript.errors.contains("--on-finish"), "\(transcript)")
    }
    #expect(!workplace.exists("owned"))
  }

  @Test("shells are offered experiments, runs and tags")
  func completion() throws {
    let (workplace, _) = try workplace()
    #expect(try workplace.run("tag", "tiny/1", "--add", "paper").status == 0)
    func words(_ typed: String) throws -> [String] {
      let arguments = [
        "---completion", "show", "--", "positional@0", "2", "\(typed.count)", "experiments", "show",
        typed,
      ]
      let transcript = try workplace.start(arguments, environment: ["SAP_SHELL": "bash"]).finish()
      return transcript.output.split(separator: "\n").map(String.init)
    }
    #expect(try words("").contains("tiny"))
    #expect(try words("tiny/").contains("tiny/2"))
    #expect(try words("tag:").contains("tag:paper"))
    #expect(try words("@").contains("@best:tiny"))
  }
}
