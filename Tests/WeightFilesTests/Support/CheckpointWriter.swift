import Foundation

@testable import HDF5

/// Writes checkpoints as a run keeps them.
enum Checkpoint {
  typealias Tensor = (group: String, name: String, values: [Float], shape: [Int])

  static func file(_ tensors: [Tensor], version: Int = 2) throws -> [UInt8] {
    let file = try HDF5File()
    try file.root.setAttribute("format", to: "experiments checkpoint")
    try file.root.setAttribute("format_version", to: version)
    try file.root.setAttribute("step", to: 10)
    try file.root.setAttribute("epoch", to: 0.5)
    var tree = HDF5Tree(file.root)
    for tensor in tensors {
      try tree.group(tensor.group.split(separator: "/").map(String.init))
        .write(tensor.values, shape: tensor.shape, to: tensor.name)
    }
    return Array(try file.image())
  }
}
