import Foundation
@testable import Groundwork
import Testing

/// Workplaces in which a spec has been run: each is trained once, and every test has a copy.
final class TrainedWorkplaces: @unchecked Sendable {
  static let shared = TrainedWorkplaces()
  /// One trial, `lists/1`, that learns where the square is.
  static let spec = SmallSpecs.lists.replacingOccurrences(of: "epochs: 1", with: "epochs: 40")
    .replacingOccurrences(of: "SGD, base_lr: 1e-2", with: "ADAM, base_lr: 2e-2")

  private let lock = NSLock()
  private var trained: [String: Workplace] = [:]

  func copy(of spec: String) throws -> Workplace {
    let original = try lock.withLock {
      if let known = trained[spec] { return known }
      let workplace = try Workplace()
      try workplace.writeData()
      try workplace.write(spec, to: "lists.yaml")
      let run = try workplace.run("run", "lists.yaml")
      try #require(run.status == 0, "\(run)")
      trained[spec] = workplace
      return workplace
    }
    let copy = try Workplace()
    for name in ["data", "lists.yaml", "results"] {
      try FileManager.default.copyItem(
        at: original.folder.appendingPathComponent(name),
        to: copy.folder.appendingPathComponent(name))
    }
    return copy
  }
}

extension Workplace {
  func mask(_ name: String) throws -> Mask {
    try ImageFile.readMask(folder.appendingPathComponent(name).path)
  }

  /// `[truth][prediction]` over the validation images, of masks below that folder.
  func confusion(of output: String) throws -> [[Int]] {
    var counts = [[Int]](repeating: [0, 0], count: 2)
    for number in [4, 5] {
      let predicted = try mask("\(output)/images/\(number).png")
      let truth = try mask("data/masks/\(number).png")
      for (truth, predicted) in zip(truth.ids, predicted.ids) {
        counts[Int(truth)][Int(predicted)] += 1
      }
    }
    return counts
  }

  /// The values of the evaluation whose weights are used.
  func recorded() throws -> [String: Any] {
    let json = try run("show", "lists/1", "--json").output
    let record = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
    let best = (record?["bestEvaluation"] as? [String: Any])?["step"] as? Int
    let evaluations = record?["evaluations"] as? [[String: Any]] ?? []
    return evaluations.first { $0["step"] as? Int == best }?["values"] as? [String: Any] ?? [:]
  }
}
