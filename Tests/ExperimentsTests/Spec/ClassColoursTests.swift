@testable import Datasets
@testable import Experiments
import Foundation
@testable import Groundwork
import Testing
@testable import Tracking

/// `data.class_colors`.
@Suite struct ClassColoursTests {
  private func trial(
    _ colours: String, classes: String = "[Road, Sky, cell]", folder: String = "/specs"
  ) throws -> Trial {
    let text = """
      experiment: cells
      data: {train: t.txt, validation: v.txt, classes: \(classes), size: [64, 64]\(colours)}
      template: unet
      losses: cross_entropy
      solver: {type: SGD, base_lr: 0.01}
      training: {epochs: 3}
      """
    return try ExperimentSpec.load(SourceText(name: "a.yaml", text: text), folder: folder)
      .plan().trials[0]
  }

  private func colours(_ trial: Trial) -> [RGB] {
    let data = trial.spec.data
    return data.classNames.indices.map { data.palette.colour(of: Label($0)) }
  }

  @Test func `they are written as a palette, a list or by name, and decide no result`() throws {
    let plain = try trial("")
    let road = RGB(128, 64, 128)
    let palette = try trial(", class_colors: cityscapes")
    #expect(colours(palette).prefix(2) == [road, RGB(70, 130, 180)])
    #expect(colours(try trial(", class_colors: camvid"))[1] == RGB(128, 128, 128))
    let list = try trial(", class_colors: [[1, 2, 3], [4, 5, 6], [7, 8, 9]]")
    #expect(colours(list) == [RGB(1, 2, 3), RGB(4, 5, 6), RGB(7, 8, 9)])
    let named = try trial(", class_colors: {cell: [9, 8, 7]}")
    #expect(colours(named)[2] == RGB(9, 8, 7) && colours(named)[0] == colours(plain)[0])
    for other in [palette, list, named] {
      #expect(other.id == plain.id)
      // A record has them without any file.
      #expect(colours(try Trial(other.record)) == colours(other))
    }
  }

  @Test func `classes without a colour get one that is not close to the others`() throws {
    let first = colours(try trial(""))[0]
    let text = ", class_colors: {Sky: [\(first.red), \(first.green), \(first.blue)]}"
    let found = colours(try trial(text))
    #expect(found[1] == first && found[0] != first && Set(found).count == 3)
  }

  @Test func `a class file's colours and those of colour masks are the colours`() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let table = folder.appendingPathComponent("classes.csv")
    try Data("name,r,g,b\nroad,10,20,30\nsky,40,50,60\n".utf8).write(to: table)
    let byFile = try trial("", classes: "classes.csv", folder: folder.path)
    #expect(colours(byFile) == [RGB(10, 20, 30), RGB(40, 50, 60)])
    let masks = ", colors: {a: [1, 1, 1], b: [[2, 2, 2], [3, 3, 3]], c: [9, 9, 9]}"
    #expect(colours(try trial(masks, classes: "[a, b]")) == [RGB(1, 1, 1), RGB(2, 2, 2)])
    let own = try trial(
      ", class_colors: classes.csv", classes: "[sky, road]", folder: folder.path)
    #expect(colours(own) == [RGB(40, 50, 60), RGB(10, 20, 30)])
    #expect(throws: SpecErrors.self) {
      try trial(", class_colors: classes.csv", classes: "[sky, sea]", folder: folder.path)
    }
  }

  @Test(
    "what does not fit the classes is refused",
    arguments: [
      "{sea: [1, 2, 3]}", "[[1, 2, 3]]", "[[1, 2, 3], [1, 2, 300], [0, 0, 0]]", "absent.csv",
    ])
  func refusals(colours: String) {
    #expect(throws: SpecErrors.self) { try trial(", class_colors: \(colours)") }
  }

  @Test func `a palette that knows none of the classes is refused`() {
    #expect(throws: SpecErrors.self) {
      try trial(", class_colors: cityscapes", classes: "[x, y]")
    }
  }
}
