@testable import Datasets
@testable import Experiments
import Foundation
@testable import Groundwork
import Testing

struct DataDiagnosticsTests {
  private let text = SampleSpecs.minimal(
    "data: {root: /nowhere, train: t.txt, validation: v.txt, classes: [a, b]}")

  private func said(_ problems: [DataProblem], warnings: [DataProblem] = []) throws -> [String] {
    let plan = try SampleSpecs.plan(text)
    var diagnostics = DataDiagnostics()
    let error = DataError(problems, warnings: warnings)
    // What two trials share is said once.
    for _ in 0..<2 { diagnostics.add(error, of: plan.trials[0], in: plan) }
    return diagnostics.description.split(separator: "\n").map(String.init)
  }

  private func unlisted(_ line: Int) -> DataProblem {
    DataProblem(file: "t.txt", line: line, setting: "classes", "mask \(line).png holds 7")
  }

  @Test("what a key is at fault for stands at the key, what a file is at fault for in the file")
  func places() throws {
    let lines = try said(
      [
        DataProblem(file: "/nowhere/t.txt", setting: "train", "does not exist"),
        DataProblem(file: "t.txt", line: 3, "image a.png is damaged"),
      ], warnings: [DataProblem(file: "t.txt", line: 4, "look here")])
    #expect(lines[0] == "unet.yaml:2:31: error[E0601]: data.train: /nowhere/t.txt: does not exist")
    #expect(lines[2].hasSuffix("there is no folder /nowhere"))
    #expect(
      lines.dropFirst(3) == [
        "error[E0601]: t.txt:3: image a.png is damaged", "warning[W0601]: t.txt:4: look here",
        "2 errors; nothing was run",
      ])
  }

  @Test("a key that lists too little for many masks is one error, with the first of them")
  func summary() throws {
    let lines = try said((1...9).map(unlisted))
    #expect(
      lines[0]
        == "unet.yaml:2:66: error[E0603]: data.classes: 9 masks hold what is not listed")
    #expect(
      lines.suffix(3) == [
        "  t.txt:1: mask 1.png holds 7",
        "  so do t.txt:2, t.txt:3, t.txt:4, t.txt:5 and 4 more", "1 error; nothing was run",
      ])
    #expect(
      try said([unlisted(1)]) == [
        "error[E0603]: t.txt:1: mask 1.png holds 7", "1 error; nothing was run",
      ])
  }

  @Test("what many files have in common is said once, at the list, with the first of them")
  func alike() throws {
    func missing(_ line: Int) -> DataProblem {
      var problem = DataProblem(
        file: "/nowhere/t.txt", line: line, "image /nowhere/\(line).png: does not exist")
      problem.kind = "image does not exist"
      return problem
    }
    let lines = try said([DataProblem(file: "x", "other")] + (1...9).map(missing))
    #expect(lines[0] == "unet.yaml:2:31: error[E0602]: data.train: 9 lines: image does not exist")
    #expect(
      lines.dropFirst(3) == [
        "  /nowhere/t.txt:1: image /nowhere/1.png: does not exist",
        "  so do t.txt:2, t.txt:3, t.txt:4, t.txt:5 and 4 more", "error[E0601]: x: other",
        "2 errors; nothing was run",
      ])
    #expect(try said((1...5).map(missing)).count == 6)
  }

  @Test("a list that is nearly called so is offered")
  func nearNames() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data().write(to: folder.appendingPathComponent("train.txt"))
    let lines = try said([
      DataProblem(file: "\(folder.path)/trian.txt", setting: "train", "does not exist")
    ])
    #expect(lines[2].hasSuffix("did you mean 'train.txt'?"))
  }
}
