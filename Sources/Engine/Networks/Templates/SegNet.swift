package import Groundwork

/// SegNet (Badrinarayanan, Kendall & Cipolla, "SegNet: A Deep Convolutional Encoder-Decoder
/// Architecture for Image Segmentation", TPAMI 2017): VGG-16's convolutions and their mirror image,
/// which puts values back to where the encoder's poolings took them from. Its layers have the names
/// of VGG-16's with batch norm.
///
/// Pooling rounds up, as in Caffe, and unpooling takes its extent from the encoder, so that images
/// may have any size from 32 × 32 on. At 12 classes it has 29,449,932 parameters.
package struct SegNet: Template {
  package static let name = "segnet"
  package static let about =
    "VGG-16 and its mirror image, which unpools to where maxima stood; takes images of any size."
  package static let example = "template: {name: segnet, bayesian: true}"

  private static let bayesian = Field.boolean(
    "bayesian", default: false,
    "Dropout of rate 0.5 around the six innermost blocks (Kendall, Badrinarayanan & Cipolla 2017).")
  package static let fields = [bayesian.declaration, Normalization.field.declaration]

  private let isBayesian: Bool
  private let normalization: Normalization

  package init(_ values: FieldValues) {
    isBayesian = values[Self.bayesian]
    normalization = Normalization(values)
  }

  package var sizeMultiple: Int { 1 }

  package func network(input: NetworkInput, classes: Int) throws(ComponentError) -> Network {
    try checkSize(input, atLeast: 1 << VGG16.layouts.count)
    var net = NetworkBuilder(name: Self.name, input: input)

    var x = net.input
    var pools: [IndexedPool] = []
    net.begins(withEncoder: VGG16.normalized.name)
    for (number, block) in zip(1..., VGG16.layouts) {
      for index in 1...block.convolutions {
        x = layer(
          &net, "\(Encoders.scope).conv\(number)_\(index)",
          norm: "\(Encoders.scope).bn\(number)_\(index)", x, outputs: block.channels)
      }
      let pool = net.indexedPool("\(Encoders.scope).pool\(number)", x)
      pools.append(pool)
      x = net.dropout("drop\(number)", pool.maxima, rate: dropout(of: number))
    }
    for (number, block) in zip(1..., VGG16.layouts).reversed() {
      x = net.unpool("upsample\(number)", x, pools[number - 1])
      for index in (1...block.convolutions).reversed() where (number, index) != (1, 1) {
        // The last convolution of a block has the channels of the next finer one.
        let outputs = index > 1 ? block.channels : VGG16.layouts[number - 2].channels
        x = layer(
          &net, "conv\(number)_\(index)_D", norm: "bn\(number)_\(index)_D", x, outputs: outputs)
      }
      x = net.dropout("drop\(number)_D", x, rate: dropout(of: number))
    }
    let logits = net.convolution(
      "conv1_1_D", x, outputs: classes, kernel: Size(square: 3), initialization: .lecun)
    return try net.build(logits: logits).refusingNormsOfOneValue()
  }

  private func dropout(of block: Int) -> Float { isBayesian && block >= 3 ? 0.5 : 0 }

  /// Convolution with bias, norm, ReLU.
  private func layer(
    _ net: inout NetworkBuilder, _ name: String, norm: String, _ input: NetworkBuilder.Feature,
    outputs: Int
  ) -> NetworkBuilder.Feature {
    let x = net.convolution(name, input, outputs: outputs, kernel: Size(square: 3))
    return net.relu(net.normalize(norm, x, normalization))
  }
}
