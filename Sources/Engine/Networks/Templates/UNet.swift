package import Groundwork

/// U-Net (Ronneberger, Fischer & Brox, "U-Net: Convolutional Networks for Biomedical Image
/// Segmentation", MICCAI 2015) in DeepDetect's form: "same" convolutions, so that the logits have
/// the size of the input, and a ReLU behind each 2×2 transposed convolution.
///
/// With 64 base channels, depth 4, no norm and 12 classes it has 31,032,460 parameters. With
/// `up: bilinear` it has the form of the widespread PyTorch code, in which the bottleneck and the stages of
/// the decoder end with half as many channels: 17,263,692 parameters with batch norm.
package struct UNet: UNetFamily {
  package static let name = "unet"
  package static let about =
    "Encoder and decoder joined by skip connections; strong with few images and fine detail."
  package static let example = "template: {name: unet, base_channels: 32, depth: 4}"

  private static let baseChannels = UNetDesign.baseChannels(64)
  package static let fields = [
    baseChannels.declaration, UNetDesign.depth.declaration, Upsampling.field.declaration,
    UNetDesign.residual.declaration, UNetDesign.attention.declaration,
    Normalization.field.declaration, UNetDesign.dropout.declaration, EdgeHead.field.declaration,
  ]

  package let design: UNetDesign

  package init(_ values: FieldValues) {
    var design = UNetDesign(values, baseChannels: Self.baseChannels)
    design.hasAttention = values[UNetDesign.attention]
    self.design = design
  }
}
