internal import Foundation
internal import HDF5
internal import Measurements

/// A checkpoint as an HDF5 file: one dataset a tensor, in groups `/parameters`, `/statistics`,
/// `/solver/<state>`, `/trained/…` and `/teacher/…`, each a contiguous block of little-endian float32. The attribute
/// `input` is an ``InputRecord`` in JSON, unless there are thousands of classes. Between two evaluations the group
/// `/interval` holds the sums of the losses since the first of them: the weighted sum, then each loss.
enum CheckpointFile {
  static let format = "experiments checkpoint"
  static let version = 2
  /// What holds groups of its own instead of tensors.
  private static let groupsOfGroups = ["solver", "trained", "teacher"]

  static func encode(_ contents: CheckpointContents) throws(HDF5Error) -> Data {
    let file = try HDF5File()
    try file.root.setAttribute("format", to: format)
    try file.root.setAttribute("format_version", to: version)
    try file.root.setAttribute("step", to: contents.evaluation.step)
    try file.root.setAttribute("epoch", to: contents.evaluation.epoch)
    if let input = contents.input.flatMap(inputText) {
      try file.root.setAttribute(inputName, to: input)
    }
    if let interval = contents.interval { try encode(interval, in: file.root) }
    var tree = HDF5Tree(file.root)
    for tensor in contents.tensors {
      try tree.group(tensor.group.split(separator: "/").map(String.init))
        .write(tensor.values, shape: tensor.shape, to: tensor.name)
    }
    return try file.image()
  }

  /// - Parameter bytes: whose digest has been checked.
  static func decode(_ bytes: Data) throws(HDF5Error) -> CheckpointContents {
    let root = try HDF5File(image: bytes).root
    try root.requireFormat(format, version: version)
    var contents = CheckpointContents(
      EvaluationPoint(
        step: try root.integerAttribute("step"), epoch: try root.numberAttribute("epoch")),
      tensors: [])
    if try root.hasAttribute(inputName) {
      contents.input = try? JSONRecordDecoder().decode(
        InputRecord.self, from: try root.textAttribute(inputName).utf8)
    }
    for name in try root.names() {
      let group = try root.group(name)
      if name == intervalName {
        contents.interval = try interval(in: group)
        continue
      }
      guard groupsOfGroups.contains(name) else {
        contents.tensors += try tensors(in: group, named: name)
        continue
      }
      for part in try group.names() {
        contents.tensors += try tensors(in: group.group(part), named: "\(name)/\(part)")
      }
    }
    return contents
  }

  private static func encode(_ interval: IntervalRecord, in root: HDF5Group) throws(HDF5Error) {
    let group = try root.createGroup(intervalName)
    try group.setAttribute("beginning", to: interval.beginning)
    try group.setAttribute("attempt", to: interval.attempt)
    try group.setAttribute("seconds", to: interval.seconds)
    let totals = [interval.lossTotal] + interval.lossTotals
    try group.write(totals, shape: [totals.count], to: totalsName)
  }

  private static func interval(in group: HDF5Group) throws(HDF5Error) -> IntervalRecord {
    let totals = try group.dataset(totalsName).read(Double.self)
    guard let total = totals.first else {
      throw HDF5Error(
        action: "read the losses since the last evaluation", causes: ["there are none"])
    }
    return IntervalRecord(
      beginning: try group.integerAttribute("beginning"),
      attempt: try group.integerAttribute("attempt"),
      seconds: try group.numberAttribute("seconds"), lossTotal: total,
      lossTotals: Array(totals.dropFirst()))
  }

  private static let intervalName = "interval"
  private static let totalsName = "loss_totals"
  private static let inputName = "input"
  /// What an attribute may take in HDF5's compact storage, in bytes, with room for its header.
  private static let attributeLimit = 60_000

  private static func inputText(_ input: InputRecord) -> String? {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys]
    guard let bytes = try? encoder.encode(input), bytes.count <= attributeLimit else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  private static func tensors(
    in group: HDF5Group, named name: String
  ) throws(HDF5Error) -> [TensorContents] {
    var tensors: [TensorContents] = []
    for tensor in try group.names() {
      let dataset = try group.dataset(tensor)
      tensors.append(
        TensorContents(
          group: name, name: tensor, shape: dataset.shape, values: try dataset.read(Float.self)))
    }
    return tensors
  }
}
