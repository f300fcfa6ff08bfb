internal import Groundwork

/// A network while it is written layer by layer: what there is so far, the value that the next layer
/// reads, and the values that have names.
package struct LayerChain {
  var net: NetworkBuilder
  /// The number of channels of the logits.
  let classes: Int
  /// What the next layer reads.
  var value: NetworkBuilder.Feature
  /// Where the maxima stood that the latest layer took; `nil` where it was no max pooling.
  var pooling: Pooling?
  private var named: [String: Named] = [:]
  /// Values of all maps so far, for one image.
  private var valueCount: Int

  /// A max pooling that can be undone.
  struct Pooling {
    let positions: NetworkBuilder.Feature
    let window: PoolingWindow
    /// The extent of the map that was pooled.
    let extent: SpatialExtent
  }

  private struct Named {
    let value: NetworkBuilder.Feature
    let pooling: Pooling?
  }

  /// The name of the images.
  package static let input = "input"

  init(name: String, input: NetworkInput, classes: Int) {
    net = NetworkBuilder(name: name, input: input)
    self.classes = classes
    value = net.input
    valueCount = input.channels * input.extent.count
    keep(as: Self.input)
  }

  /// The shape of what the next layer reads.
  var shape: FeatureShape { net.shape(of: value) }
}

// MARK: - Names

extension LayerChain {
  /// Gives the chain's value a name.
  mutating func keep(as name: String) { named[name] = Named(value: value, pooling: pooling) }

  func has(_ name: String) -> Bool { named[name] != nil }

  /// A value by its name.
  ///
  /// - Precondition: it is known, which whoever appends the layers sees to.
  subscript(name: String) -> NetworkBuilder.Feature { entry(name).value }

  func shape(of name: String) -> FeatureShape { net.shape(of: self[name]) }

  func pooling(of name: String) -> Pooling? { entry(name).pooling }

  private func entry(_ name: String) -> Named {
    guard let entry = named[name] else { preconditionFailure("there is no value '\(name)'") }
    return entry
  }
}

// MARK: - Layers

extension LayerChain {
  /// Adds an operation of the chain's value, and perhaps others, whose first output becomes the
  /// chain's value.
  mutating func append(
    _ name: String, _ operation: Operation, with others: [NetworkBuilder.Feature] = []
  ) throws(ComponentError) {
    try append(name, operation, [value] + others)
  }

  mutating func append(
    _ name: String, _ operation: Operation, _ inputs: [NetworkBuilder.Feature]
  ) throws(ComponentError) {
    for shape in operation.definition.outputs(for: inputs.map { net.shape(of: $0) }) {
      valueCount += shape.channels * shape.area
      guard valueCount <= Self.maximumValues else {
        throw ComponentError(
          "the output would be \(shape), and the network would have more than 2³³ values for one "
            + "image: use fewer channels or a smaller extent")
      }
    }
    value = net.append(name, operation, inputs)[0]
  }

  /// 32 GiB of single precision: more than a training takes, and few enough to count FLOPs in an Int.
  private static let maximumValues = 1 << 33

  /// What is said where not even one window of a size finds room on the chain's value.
  func noRoom(for size: SpatialExtent) -> String {
    "a window of \(size) finds no room on \(shape): use a smaller one, or halve the extent less "
      + "often before it"
  }
}
