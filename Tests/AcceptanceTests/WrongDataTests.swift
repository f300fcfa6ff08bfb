@testable import Datasets
@testable import Experiments
import Foundation
@testable import Groundwork
import Testing
@testable import Tracking

/// What is said of data sets that are wrong, to the word.
@Suite struct WrongDataTests {
  @Test("a wrong data set is told, with place and remedy", arguments: WrongDataSet.all)
  func wrong(_ set: WrongDataSet) throws {
    let workplace = try Workplace()
    try workplace.writeTinyData()
    try set.spoil(workplace)
    let data = WrongDataSet.data.merging(set.data) { $1 }
      .sorted { $0.key < $1.key }.map { "  \($0.key): \($0.value)\n" }.joined()
    try workplace.write("data:\n" + data + WrongDataSet.rest + set.losses, to: "spec.yaml")
    let transcript = try workplace.run("check", "spec.yaml")
    #expect(transcript.status == 65, "\(transcript)")
    #expect(transcript.output.isEmpty)
    #expect(workplace.problems(in: transcript.errors) == set.messages)
  }
}

/// A data set with something wrong in it.
struct WrongDataSet: Sendable, CustomTestStringConvertible {
  let name: String
  /// Keys of `data` that are added or replaced.
  var data: [String: String] = [:]
  var losses = "losses: cross_entropy\n"
  /// Changes files of a sound data set.
  var spoil: @Sendable (Workplace) throws -> Void = { _ in }
  /// Each problem with its remedy, paths within the folder.
  let messages: [String]

  var testDescription: String { name }

  static let all = masks + colours + images + splits

  /// Of the sound data set.
  static let data = [
    "train": "train.txt", "validation": "val.txt", "classes": "[background, cell]", "channels": "1",
  ]
  static let rest = """
    experiment: wrong
    template: {name: unet, base_channels: 4, depth: 2}
    solver: {type: SGD, base_lr: 1e-2}
    training: {epochs: 1, batch_size: 1}

    """
}

extension Workplace {
  /// Three grey images of 8×8 with masks of two classes: `a` and `b` train, `c` validates.
  func writeTinyData() throws {
    for name in ["a", "b", "c"] {
      try writeGrey("\(name).png", (0..<64).map { UInt8($0 * 2) + name.utf8.first! })
      try writeGrey("\(name)-mask.png", Self.ids(0, 1))
    }
    try write("a.png a-mask.png\nb.png b-mask.png\n", to: "train.txt")
    try write("c.png c-mask.png\n", to: "val.txt")
  }

  /// 8×8 of two values: the second in the lower half.
  static func ids<Value>(_ upper: Value, _ lower: Value) -> [Value] {
    Array(repeating: upper, count: 32) + Array(repeating: lower, count: 32)
  }

  func writeGrey(_ name: String, _ pixels: [UInt8], width: Int = 8) throws {
    try write(
      PlainPNG.data(.grey, width: width, height: pixels.count / width, pixels: pixels), to: name)
  }

  func writeWords(_ name: String, _ words: [UInt16]) throws {
    try write(PlainPNG.data(width: 8, height: 8, words: words), to: name)
  }

  func writeColours(_ name: String, _ upper: [UInt8], _ lower: [UInt8]) throws {
    let pixels = Self.ids(upper, lower).flatMap { $0 }
    try write(PlainPNG.data(.colour, width: 8, height: 8, pixels: pixels), to: name)
  }

  /// All three masks.
  func writeMasks(_ ids: [UInt8]) throws {
    for name in ["a", "b", "c"] { try writeGrey("\(name)-mask.png", ids) }
  }

  /// All three masks, in two colours.
  func writeColourMasks(_ upper: [UInt8], _ lower: [UInt8]) throws {
    for name in ["a", "b", "c"] { try writeColours("\(name)-mask.png", upper, lower) }
  }

  /// What follows `error: ` and the files that are named below it, with the remedy under the place that is shown; the folder is left out.
  func problems(in errors: String) -> [String] {
    var problems: [String] = []
    for line in errors.split(separator: "\n") {
      if let start = line.range(of: #"error(\[E[0-9]+\])?: "#, options: .regularExpression) {
        problems.append(String(line[start.upperBound...]))
      } else if let end = line.range(of: "^", options: .backwards), !problems.isEmpty {
        let remedy = line[end.upperBound...].trimmingCharacters(in: .whitespaces)
        if !remedy.isEmpty { problems[problems.count - 1] += " (\(remedy))" }
      } else if line.hasPrefix("  "), !line.hasPrefix("   ") {
        problems.append(String(line.dropFirst(2)))
      }
    }
    return problems.map { $0.replacingOccurrences(of: folder.path + "/", with: "") }
  }
}
