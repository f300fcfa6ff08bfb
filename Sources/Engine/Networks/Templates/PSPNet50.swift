package import Groundwork

/// PSPNet on ResNet-50; 46,711,756 parameters at 12 classes, 49,074,648 with its auxiliary head.
package struct PSPNet50: ResidualPSPNet {
  package static let name = "pspnet_50"
  package static let about =
    "PSPNet (Zhao et al. 2017) on ResNet-50: what the whole scene looks like helps to tell the classes."
  package static let example = "template: {name: pspnet_50, auxiliary: 0.4}"
  static let encoder = ResNet.resnet50.withDeepStem

  let head: PSPNetHead

  package init(_ values: FieldValues) { head = PSPNetHead(values) }
}
