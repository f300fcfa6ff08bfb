package import Groundwork

/// Attention U-Net (Oktay et al., "Attention U-Net: Learning Where to Look for the Pancreas", MIDL
/// 2018) in two dimensions: ``UNet`` with an additive gate on each skip connection, which compares
/// the skip's map with the decoder's of the same extent, where the paper compares it with the
/// coarser one.
///
/// At 12 classes it has 31,389,880 parameters.
package struct AttentionUNet: UNetFamily {
  package static let name = "attention_unet"
  package static let about =
    "U-Net whose skip connections are weighed, place by place, by what the decoder has seen."
  package static let example = "template: {name: attention_unet, base_channels: 32}"

  private static let baseChannels = UNetDesign.baseChannels(default: 64)
  package static let fields = UNetDesign.fields(baseChannels)

  package let design: UNetDesign

  package init(_ values: FieldValues) {
    var design = UNetDesign(values, baseChannels: Self.baseChannels)
    design.hasAttention = true
    self.design = design
  }
}
