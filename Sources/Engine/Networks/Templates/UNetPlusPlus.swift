package import Groundwork

/// U-Net++ (Zhou, Siddiquee, Tajbakhsh & Liang, "UNet++: A Nested U-Net Architecture for Medical
/// Image Segmentation", DLMIA 2018) on an encoder, in the form of segmentation_models: between the
/// encoder's map of a resolution and the decoder's lie others, each of which sees all before it and
/// the one below.
///
/// The paper's deep supervision, a head on each map of the finest row, so that a trained network
/// can be cut down to its first ones, is left out. At 12 classes it has 26,080,204 parameters on
/// `resnet34`.
package struct UNetPlusPlus: Template {
  package static let name = "unetplusplus"
  package static let about =
    "U-Net whose skip connections are filled with convolutions, on a classification network."
  package static let example = "template: {name: unetplusplus, encoder: resnet50}"

  private static let encoder = Encoders.field(default: "resnet34")
  package static let fields = [encoder.declaration, Normalization.field.declaration]

  private let encoder: any Encoder
  private let normalization: Normalization

  package init(_ values: FieldValues) {
    encoder = values[Self.encoder]
    normalization = Normalization(values)
  }

  package var sizeMultiple: Int { 1 }

  package func network(input: NetworkInput, classes: Int) throws(ComponentError) -> Network {
    try checkSize(input, atLeast: Encoders.smallestSide)
    var net = NetworkBuilder(name: Self.name, input: input)
    let block = DecoderBlock(upsampling: .nearest, normalization: normalization)

    // X(i, j) of the paper, at stride 2ⁱ: the maps of the encoder are X(i, 0).
    let features = encoder.features(&net, outputStride: 32)
    var rows = [[]] + features.stages.map { [$0] }
    let bottom = features.stages.count
    for j in 1..<bottom {
      for i in 1...bottom - j {
        let width = net.shape(of: rows[i][0]).channels
        let isLast = i + j == bottom
        let x = block.apply(
          &net, "x\(i)_\(j)", rows[i + 1][j - 1], skips: rows[i].reversed(),
          extent: net.shape(of: rows[i][0]).extent, outputs: isLast ? Self.channels[i] : width)
        rows[i].append(x)
      }
    }
    let x = block.apply(
      &net, "x0_\(bottom)", rows[1][bottom - 1], skips: [], extent: input.extent,
      outputs: Self.channels[0])
    let logits = net.convolution(
      "head", x, outputs: classes, kernel: Size(square: 3), initialization: .lecun)
    return try net.build(logits: logits).refusingNormsOfOneValue()
  }

  /// Of the decoder's maps at strides 1, 2, 4, 8 and 16.
  private static let channels = [16, 32, 64, 128, 256]
}
