internal import Foundation
internal import HDF5
internal import Measurements

/// A checkpoint as an HDF5 file: one dataset a tensor, in groups `/parameters`, `/statistics`,
/// `/solver/<state>` and `/trained/…`, each a contiguous block of little-endian float32.
enum CheckpointFile {
  static let format = "experiments checkpoint"
  static let version = 2
  /// What holds groups of its own instead of tensors.
  private static let groupsOfGroups = ["solver", "trained"]

  static func encode(_ contents: CheckpointContents) throws(HDF5Error) -> Data {
    let file = try HDF5File()
    try file.root.setAttribute("format", to: format)
    try file.root.setAttribute("format_version", to: version)
    try file.root.setAttribute("step", to: contents.evaluation.step)
    try file.root.setAttribute("epoch", to: contents.evaluation.epoch)
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
    for name in try root.names() {
      let group = try root.group(name)
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
