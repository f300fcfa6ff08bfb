package import Foundation
internal import HDF5

/// Weights as `save_weights` of Keras 2 wrote them, which `load_weights` of Keras 2 and 3 reads, in order or
/// by name: a group for each layer and an attribute with the names of its weights.
///
/// A layer of Keras is a node of the network that has weights, under the node's name.
package enum KerasWriter {
  /// A node with weights, as Keras has it.
  package struct Layer: Sendable {
    /// `encoder0.convolution0`
    package var name: String
    /// In Keras' order: what is learned, then what is measured.
    package var weights: [Weight]
  }

  package struct Weight: Sendable {
    /// Within its layer: `kernel`, `moving_mean`.
    package var name: String
    /// In Keras' order of axes.
    package var shape: [Int]
    package var values: [Float]
  }

  /// - Throws: ``ModelFileError`` where libhdf5 refuses.
  package static func data(of layers: [Layer]) throws(ModelFileError) -> Data {
    do throws(HDF5Error) {
      let file = try HDF5File()
      try file.root.setAttribute("backend", to: "tensorflow")
      try file.root.setAttribute("keras_version", to: layoutVersion)
      try file.root.setSplitAttribute("layer_names", to: layers.map(\.name))
      for layer in layers {
        let group = try file.root.createGroup(layer.name)
        try group.setSplitAttribute(
          "weight_names", to: layer.weights.map { "\(layer.name)/\($0.name):0" })
        let scope = try group.createGroup(layer.name)
        for weight in layer.weights {
          try scope.write(weight.values, shape: weight.shape, to: "\(weight.name):0")
        }
      }
      return try file.image()
    } catch {
      throw ModelFileError("\(error)", remedy: "export the weights as safetensors")
    }
  }

  /// The version of Keras whose layout this is: without it, and for 1, kernels are taken to lie otherwise.
  private static let layoutVersion = "2.15.0"
}

extension HDF5Group {
  /// HDF5 keeps an attribute of at most 64,512 bytes among the properties of a group; Keras splits longer
  /// lists into `name0`, `name1`, ….
  fileprivate func setSplitAttribute(_ name: String, to texts: [String]) throws(HDF5Error) {
    let longest = max(1, texts.map(\.utf8.count).max() ?? 0)
    let count = max(1, 64_000 / longest)
    guard texts.count > count else { return try setAttribute(name, to: texts) }
    for (number, start) in stride(from: 0, to: texts.count, by: count).enumerated() {
      try setAttribute(
        "\(name)\(number)", to: Array(texts[start..<min(start + count, texts.count)]))
    }
  }
}
