package import Groundwork

/// SegNet-Basic (Badrinarayanan, Kendall & Cipolla 2017), the authors' small network for
/// comparisons: four 7×7 convolutions of 64 maps on each side, without ReLU in the decoder. The
/// local response normalization that theirs begins with is left out: it made up for images that
/// were given as they are, and `data.normalize` does that work here.
///
/// At 12 classes it has 1,416,652 parameters.
package struct SegNetBasic: Template {
  package static let name = "segnet_basic"
  package static let about =
    "Four wide convolutions and their mirror image, which unpools to where the maxima stood."
  package static let example = "template: segnet_basic"
  package static let fields = [Normalization.field.declaration]

  private let normalization: Normalization

  package init(_ values: FieldValues) { normalization = Normalization(values) }

  package var sizeMultiple: Int { 1 }

  package func network(input: NetworkInput, classes: Int) throws(ComponentError) -> Network {
    try checkSize(input, atLeast: 1 << Self.levels.upperBound)
    var net = NetworkBuilder(name: Self.name, input: input)

    var x = net.input
    var pools: [IndexedPool] = []
    for level in Self.levels {
      x = net.relu(layer(&net, "conv\(level)", norm: "bn\(level)", x))
      pools.append(net.indexedPool("pool\(level)", x))
      x = pools[pools.count - 1].maxima
    }
    for level in Self.levels.reversed() {
      x = net.unpool("upsample\(level)", x, pools.removeLast())
      x = layer(&net, "conv_decode\(level)", norm: "bn_decode\(level)", x)
    }
    let logits = net.convolution(
      "conv_classifier", x, outputs: classes, kernel: Size(square: 1), initialization: .lecun)
    return try net.build(logits: logits).refusingNormsOfOneValue()
  }

  private static let levels = 1...4

  /// Convolution with bias, norm.
  private func layer(
    _ net: inout NetworkBuilder, _ name: String, norm: String, _ input: NetworkBuilder.Feature
  ) -> NetworkBuilder.Feature {
    let x = net.convolution(name, input, outputs: 64, kernel: Size(square: 7))
    return net.normalize(norm, x, normalization)
  }
}
