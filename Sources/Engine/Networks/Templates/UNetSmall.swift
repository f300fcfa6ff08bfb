package import Groundwork

/// U-Net of half the width: with 32 base channels, depth 4, no norm and 12 classes it has 7,760,460
/// parameters, a quarter of ``UNet``'s. No paper has it.
package struct UNetSmall: UNetFamily {
  package static let name = "unet_small"
  package static let about = "U-Net of half the width: a quarter of the parameters."
  package static let example = "template: {name: unet_small, norm: none}"

  private static let baseChannels = UNetDesign.baseChannels(default: 32)
  package static let fields = UNetDesign.fields(baseChannels)

  package let design: UNetDesign

  package init(_ values: FieldValues) {
    design = UNetDesign(values, baseChannels: Self.baseChannels)
  }
}
