@testable import Datasets
@testable import Experiments
import Foundation
import Groundwork
import Testing
@testable import Tracking

/// `data.values`, `data.colors`, `data.ignore`, `data.range`, `data.no_data` and weights by name.
@Suite struct MaskSettingTests {
  private func spec(
    _ data: String, classes: String = "[background, cell, nucleus]",
    losses: String = "cross_entropy"
  ) -> String {
    """
    experiment: cells
    data: {train: t.txt, validation: v.txt, classes: \(classes), size: [64, 64]\(data)}
    template: unet
    losses: \(losses)
    solver: {type: SGD, base_lr: 0.01}
    training: {epochs: 3}
    """
  }

  private func trial(_ text: String, folder: String = "/specs") throws(SpecErrors) -> Trial {
    try ExperimentSpec.load(SourceText(name: "a.yaml", text: text), folder: folder)
      .plan().trials[0]
  }

  private func configuration(_ text: String, folder: String = "/specs") throws -> DataConfiguration
  {
    let trial = try trial(text, folder: folder)
    // What a record keeps means the same.
    let again = try Trial(trial.record)
    #expect(again.id == trial.id)
    let configuration = trial.dataConfiguration(generatedFolder: "")
    let recorded = again.dataConfiguration(generatedFolder: "")
    #expect(recorded.range == configuration.range && recorded.noData == configuration.noData)
    #expect(recorded.maskMeaning == configuration.maskMeaning)
    #expect(recorded.ignore == configuration.ignore)
    return configuration
  }

  @Test func `values are mapped to ids and names, wherever they lie`() throws {
    let data = try configuration(
      spec(", values: {255: cell, 7-10: 2, 0: 0, -1: ignore, -9--5: ignore}, ignore: [65535, -2]"))
    #expect(
      data.maskMeaning
        == .values([
          .init(-9 ... -5, label: nil), .init(-1 ... -1, label: nil), .init(0...0, label: 0),
          .init(7...10, label: 2), .init(255...255, label: 1),
        ]))
    #expect(data.ignore == [65_535, -2])
  }

  @Test func `a name and its id are the same trial, another class is not`() throws {
    let named = try trial(spec(", values: {0: background, 1: cell, 2: nucleus}"))
    #expect(try trial(spec(", values: {2: 2, 0: 0, 1-1: 1}")).id == named.id)
    #expect(try trial(spec(", values: {0: background, 1: nucleus, 2: cell}")).id != named.id)
    #expect(try trial(spec("")).id != named.id)
  }

  @Test func `values beyond 32 bits are taken`() throws {
    let data = try configuration(
      spec(
        ", values: {0: background, 1: cell, 4294967295: nucleus}, ignore: [-1, 4294967296]"))
    #expect(data.ignore == [-1, 4_294_967_296])
    guard case .values(let values) = data.maskMeaning else {
      Issue.record("no values")
      return
    }
    #expect(values.contains(.init(4_294_967_295...4_294_967_295, label: 2)))
  }

  @Test(
    "presets",
    arguments: [
      ("binary", "[a, b]", .binary), ("reduce_zero_label", "[a, b, c]", .reduceZeroLabel),
      (
        "cityscapes_label_ids", "[\((0..<19).map { "c\($0)" }.joined(separator: ", "))]",
        .cityscapesLabelIDs
      ),
    ] as [(String, String, MaskMeaning)])
  func presets(name: String, classes: String, meaning: MaskMeaning) throws {
    #expect(try configuration(spec(", values: \(name)", classes: classes)).maskMeaning == meaning)
  }

  @Test func `colours are those of the spec, of a table, or of a palette`() throws {
    let inline =
      ", colors: {background: [0, 0, 0], cell: [[64, 0, 128], [64, 0, 129]], "
      + "nucleus: [1, 2, 3], void: [9, 9, 9], edge: [8, 8, 8]}, ignore: [void]"
    let data = try configuration(spec(inline))
    guard case .colours(let colours) = data.maskMeaning else {
      Issue.record("no colours")
      return
    }
    #expect(colours.count == 6)
    #expect(
      Set(colours.map { "\($0.name) \($0.meaning)" }) == [
        "background label(0)", "cell label(1)", "nucleus label(2)", "void ignored", "edge unlisted",
      ])
    #expect(
      try configuration(spec(", colors: pascal")).maskMeaning
        == .pascal(["background", "cell", "nucleus"]))
    let named = try configuration(
      spec(", colors: pascal, ignore: [cow]", classes: "[person, background, airplane]"))
    guard case .pascalColours(let listed) = named.maskMeaning else {
      Issue.record("no palette")
      return
    }
    #expect(
      listed.filter { $0.meaning != .unlisted }.map { "\($0.name) \($0.meaning)" } == [
        "background label(1)", "aeroplane label(2)", "cow ignored", "person label(0)",
        "void ignored",
      ])
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let table = "name,r,g,b\nbackground,0,0,0\ncell,64,0,128\nnucleus,1,2,3\n"
    try Data(table.utf8).write(to: folder.appending(path: "table.csv"))
    let read = try configuration(
      spec(", colors: table.csv", classes: "table.csv"), folder: folder.path)
    #expect(read.classes == ["background", "cell", "nucleus"])
    #expect(
      read.maskMeaning
        == .colours([
          .init(RGB(0, 0, 0), name: "background", .label(0)),
          .init(RGB(1, 2, 3), name: "nucleus", .label(2)),
          .init(RGB(64, 0, 128), name: "cell", .label(1)),
        ]))
  }

  @Test func `ranges and what holds nothing`() throws {
    let clipped = try configuration(
      spec(", channels: 1, range: {from: -5, to: 4095, clip: true}, no_data: -9999"))
    #expect(clipped.range == .init(lower: -5, upper: 4095, clips: true))
    #expect(clipped.noData == .value(-9999))
    let open = try configuration(spec(", range: {from: 0, to: 4095}, no_data: nan"))
    #expect(open.range == .init(lower: 0, upper: 4095) && open.noData == .nan)
    #expect(
      try trial(spec(", range: [0, 4095], no_data: .nan")).id
        == trial(
          spec(", range: {from: 0, to: 4095}, no_data: NaN")
        ).id)
  }

  @Test func `weights by name are part of the record, and unnamed classes have 1`() throws {
    let trial = try trial(spec("", losses: "{cross_entropy: {class_weights: {nucleus: 20}}}"))
    #expect(trial.record.resolvedSpec.contains(#""class_weights":{"nucleus":20.0}"#))
    #expect(try Trial(trial.record).id == trial.id)
  }
}
