package import Groundwork

/// U-Net of half the width: with 32 base channels, depth 4, no norm and 12 classes it has 7,760,460
/// parameters, a quarter of ``UNet``'s. No paper has it.
package struct UNetSmall: UNetFamily {
  package static let name = "unet_small"
  package static let about = "U-Net of half the width: a quarter of the parameters and the time."
  package static let example = "template: unet_small"

  private static let baseChannels = UNetDesign.baseChannels(32)
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
