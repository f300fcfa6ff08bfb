@testable import Experiments
import Foundation
@testable import Groundwork
@testable import Networks
import Testing
@testable import Tracking

@Suite struct NetworkReportTests {
  private func unet(depth: Int = 1, base: Int = 4) throws -> Network {
    let values = FieldValues(
      ["depth": .integer(depth), "base_channels": .integer(base), "norm": .name("none")],
      of: UNet.fields)
    return try UNet(values).network(
      input: NetworkInput(channels: 3, size: Size(height: 16, width: 24)), classes: 2)
  }

  private func report(
    _ level: NetworkBlocks.Level = .depth(2), memory: NetworkReport.Memory? = nil
  ) throws -> NetworkReport {
    NetworkReport(try unet(), batch: 2, level: level, memory: memory)
  }

  @Test("a block is a row, with sums of its operations and what its last output sees")
  func blocks() throws {
    let rows = try report().rows
    #expect(rows.map(\.name) == ["encoder0", "bottleneck", "decoder0", "head"])
    // 3·4·9 + 4 + 4·4·9 + 4; 4·8·9 + 8 + 8·8·9 + 8; 8·4·4 + 4 + 8·4·9 + 4 + 4·4·9 + 4; 4·2 + 2.
    #expect(rows.map(\.parameters) == [260, 880, 572, 10])
    #expect(rows.map(\.outputText) == ["4×8×12", "8×8×12", "4×16×24", "2×16×24"])
    // 5 + 1; + 2 · 2 · 2; the transposed convolution adds nothing, two 3×3 add 4.
    #expect(rows.map(\.receptiveFieldText) == ["6", "14", "18", "18"])
    // Two convolutions and two ReLUs of 4×16×24, then maxima and their positions of 4×8×12.
    #expect(rows[0].activationBytes == 2 * (4 * 4 * 384 * 4 + 384 * 4 + 384))
    #expect(rows[3].flops == 2 * 4 * 2 * 384)
  }

  @Test("every operation is a row where that is asked for")
  func operations() throws {
    let rows = try report(.operations).rows
    #expect(rows.count == (try unet()).nodes.count)
    #expect(rows[0].operation == "convolution 3×3")
    #expect(rows.reduce(0) { $0 + $1.parameters } == (try unet()).parameterCount)
  }

  @Test("the table ends with the totals, and heads, groups and memory are told below it")
  func text() throws {
    let report = try report(memory: .init(training: 1_500_000, prediction: 300_000))
    let text = report.text(style: Style(isOn: false), width: nil)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    #expect(lines[0] == "unet: images of 3×16×24, 2 channels of logits, batches of 2")
    #expect(lines[2].hasPrefix("name        operations"))
    #expect(
      lines[3].hasPrefix("encoder0    2 × convolution 3×3; max pool 2×2"))
    #expect(lines[7].hasPrefix("total"))
    #expect(lines[7].contains("1,722"))
    #expect(text.contains("heads       logits 2×16×24, from head"))
    #expect(text.contains("parameters  encoder 260, bottleneck 880, decoder 572, head 10"))
    #expect(text.contains("memory      1.5 MB to train, 300.0 kB to predict"))
  }

  @Test("no line is longer than the terminal is wide", arguments: [20, 40, 60, 80, 100])
  func width(columns: Int) throws {
    for level in [NetworkBlocks.Level.depth(2), .operations] {
      let text = try report(level).text(style: Style(isOn: false), width: columns)
      for line in text.split(separator: "\n") { #expect(TextWidth.of(String(line)) <= columns) }
    }
  }

  @Test("machines read the numbers in full")
  func json() throws {
    let text = try JSONOutput.text(report())
    let object = try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(object["parameters"] as? Int == 1722)
    #expect(object["flops"] as? Int == (try unet()).flops)
    let rows = try #require(object["rows"] as? [[String: Any]])
    #expect(rows[0]["output"] as? [Int] == [4, 8, 12])
    #expect(rows[0]["receptiveField"] as? [Double] == [6, 6])
  }

  @Test("equal operations are folded, and what differs stands side by side")
  func difference() throws {
    let same = NetworkDifference(try unet(), try unet())
    #expect(same.isEmpty)
    #expect(same.text(style: Style(isOn: false), width: nil) == "the networks are equal")
    let difference = NetworkDifference(try unet(), try unet(depth: 2))
    #expect(
      difference.entries.contains { $0.change == .added && $0.second?.name == "encoder1.pool" })
    #expect(!difference.entries.contains { $0.change == .removed })
    let text = difference.text(style: Style(isOn: false), width: nil)
    #expect(text.contains("=  5 equal operations"))
    #expect(text.contains("+  encoder1.convolution0"))
    let changed = try #require(text.split(separator: "\n").first { $0.hasPrefix("≠") })
    #expect(
      changed.split(separator: "  ").map { $0.trimmingCharacters(in: .whitespaces) }
        .filter { !$0.isEmpty } == [
          "≠", "bottleneck.convolution0", "convolution 3×3", "8×8×12", "296", "convolution 3×3",
          "16×4×6", "1,168",
        ])
    #expect(text.contains("parameters 1,722 → "))
  }
}
