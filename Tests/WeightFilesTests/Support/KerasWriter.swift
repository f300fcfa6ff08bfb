import Foundation

@testable import HDF5

/// Writes HDF5 files as Keras lays them out.
enum Keras {
  typealias Weight = (name: String, values: [Float], shape: [Int])

  /// The layout of Keras 1 and 2.
  static func legacy(
    _ layers: [(name: String, weights: [Weight])], configuration: String? = nil,
    backend: String = "tensorflow", splitsNames: Bool = false
  ) throws -> [UInt8] {
    let file = try HDF5File()
    var group = file.root
    if let configuration {
      try file.root.setAttribute("model_config", to: configuration)
      group = try file.root.createGroup("model_weights")
    }
    let names = layers.map(\.name)
    if splitsNames {
      for (index, name) in names.enumerated() {
        try group.setAttribute("layer_names\(index)", to: [name])
      }
    } else {
      try group.setAttribute("layer_names", to: names)
    }
    try group.setAttribute("backend", to: backend)
    for layer in layers {
      let below = try group.createGroup(layer.name)
      try below.setAttribute("weight_names", to: layer.weights.map(\.name))
      var tree = HDF5Tree(below)
      for weight in layer.weights {
        let path = weight.name.split(separator: "/").map(String.init)
        try tree.group(path.dropLast()).write(weight.values, shape: weight.shape, to: path.last!)
      }
    }
    return Array(try file.image())
  }

  /// The layout of Keras 3: each layer's path and weights, and its name where it is kept.
  static func current(
    _ layers: [(path: [String], name: String?, weights: [(values: [Float], shape: [Int])])]
  ) throws -> [UInt8] {
    let file = try HDF5File()
    var tree = HDF5Tree(file.root)
    for layer in layers {
      let vars = try tree.group(layer.path + ["vars"])
      if let name = layer.name { try vars.setAttribute("name", to: name) }
      for (index, weight) in layer.weights.enumerated() {
        try vars.write(weight.values, shape: weight.shape, to: String(index))
      }
    }
    return Array(try file.image())
  }
}
