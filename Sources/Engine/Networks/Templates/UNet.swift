package import Groundwork

/// U-Net (Ronneberger, Fischer & Brox, "U-Net: Convolutional Networks for Biomedical Image
/// Segmentation", MICCAI 2015) in DeepDetect's form: "same" convolutions, so that the logits have
/// the size of the input, and a ReLU behind each 2×2 transposed convolution.
///
/// With 64 base channels, depth 4, no norm and 12 classes it has 31,032,460 parameters. With `up:
/// bilinear` it has the form of the widespread PyTorch code, in which the bottleneck and the stages
/// of the decoder end with half as many channels: 17,263,692 parameters with batch norm.
///
/// On an encoder it has the decoder of segmentation_models, of 256, 128, 64, 32 and 16 channels,
/// and a 3×3 head: 24,437,964 parameters on `resnet34`. A map at full resolution, which VGG has,
/// skips too.
package struct UNet: UNetFamily {
  package static let name = "unet"
  package static let about =
    "Encoder and decoder joined by skip connections; strong with few images and fine detail."
  package static let example = "template: {name: unet, base_channels: 32, depth: 4}"

  private static let baseChannels = Field.integer(
    "base_channels", default: 64, 1...512,
    "Channels at full resolution, doubled at every level; the decoder on an encoder has a quarter.")
  private static let depth = Field.integer(
    "depth", 1...7,
    "How often the resolution is halved: by default 4 times, on an encoder 5 times, which is most."
  ).optional
  private static let up = Field.name(
    "up", oneOf: Upsampling.names,
    "How the decoder enlarges its maps: by a 2×2 transposed convolution, the default, or by "
      + "interpolation, which takes images of any size; on an encoder nearest is the default."
  ).optional
  private static let attention = Field.boolean(
    "attention", default: false, "Attention gates on the skip connections.")
  package static let fields = [
    Encoders.optionalField.declaration, baseChannels.declaration, depth.declaration,
    up.declaration, UNetDesign.residual.declaration, attention.declaration,
    Normalization.field.declaration, UNetDesign.dropout.declaration, EdgeHead.field.declaration,
  ]

  package let design: UNetDesign

  package init(_ values: FieldValues) throws(ComponentError) {
    let encoder = values[Encoders.optionalField]
    if let encoder, let depth = values[Self.depth], depth > 5 {
      throw ComponentError(
        field: Self.depth.declaration.name,
        "\(encoder.name) halves the resolution 5 times, not \(depth): use a depth of 5 or less")
    }
    let hasOwn = encoder == nil
    var design = UNetDesign(
      values,
      baseChannels: hasOwn ? values[Self.baseChannels] : max(1, values[Self.baseChannels] / 4),
      depth: values[Self.depth] ?? (hasOwn ? 4 : 5),
      upsampling: values[Self.up].map(Upsampling.init(named:)) ?? (hasOwn ? .transposed : .nearest))
    design.encoder = encoder
    design.hasAttention = values[Self.attention]
    self.design = design
  }
}
