package import Groundwork

/// The fully convolutional DenseNets of Jégou, Drozdzal, Vazquez, Romero & Bengio, "The One Hundred
/// Layers Tiramisu: Fully Convolutional DenseNets for Semantic Segmentation", CVPR Workshops 2017,
/// as in the authors' code: dense blocks on the way down, one at the bottom, and as many on the way
/// up, which enlarge only what the block before them made.
package struct FCDenseNetDesign: Sendable {
  /// Maps that each layer makes.
  private let growth: Int
  /// Layers of the blocks on the way down; those on the way up have as many.
  private let layers: [Int]
  private let bottomLayers: Int
  private let normalization: Normalization
  private let dropout: Float

  static let fields = [Normalization.field.declaration, dropoutField.declaration]
  private static let dropoutField = DropoutRate.field(default: 0.2, "behind every convolution")

  init(_ values: FieldValues, growth: Int, layers: [Int], bottomLayers: Int) {
    (self.growth, self.layers, self.bottomLayers) = (growth, layers, bottomLayers)
    normalization = Normalization(values)
    dropout = Float(values[Self.dropoutField])
  }

  /// Every halving leaves something; what is lost of odd extents, the way up brings back.
  var smallestSide: Int { 1 << layers.count }

  func network(
    name: String, input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    var net = NetworkBuilder(name: name, input: input, initialization: .heUniform)

    var x = net.convolution("first", net.input, outputs: 48, kernel: Size(square: 3))
    var skips: [NetworkBuilder.Feature] = []
    for (index, layers) in layers.enumerated() {
      let name = "down\(index + 1)"
      x = block(layers).apply(&net, name, x).stack
      skips.append(x)
      x = net.transitionDown(
        "\(name).transition", x, normalization: normalization, dropout: dropout)
    }
    var (stack, made) = block(bottomLayers).apply(&net, "bottleneck", x)
    for (index, layers) in layers.reversed().enumerated() {
      let name = "up\(index + 1)"
      x = net.transitionUp("\(name).transition", made, skip: skips.removeLast())
      (stack, made) = block(layers).apply(&net, name, x)
    }
    let logits = net.convolution("head", stack, outputs: classes, kernel: Size(square: 1))
    return try net.build(logits: logits).refusingNormsOfOneValue()
  }

  private func block(_ layers: Int) -> DenseBlock {
    DenseBlock(layers: layers, growth: growth, normalization: normalization, dropout: dropout)
  }
}

/// A template that is ``FCDenseNetDesign`` with numbers of its own.
package protocol FCDenseNetFamily: Template {
  var design: FCDenseNetDesign { get }
}

extension FCDenseNetFamily {
  package static var fields: [FieldDeclaration] { FCDenseNetDesign.fields }

  package var sizeMultiple: Int { 1 }

  package func network(input: NetworkInput, classes: Int) throws(ComponentError) -> Network {
    try checkSize(input, atLeast: design.smallestSide)
    return try design.network(name: Self.name, input: input, classes: classes)
  }
}
