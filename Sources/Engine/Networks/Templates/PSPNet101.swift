package import Groundwork

/// PSPNet on ResNet-101; 65,703,884 parameters at 12 classes, 68,066,776 with its auxiliary head.
package struct PSPNet101: ResidualPSPNet {
  package static let name = "pspnet_101"
  package static let about =
    "PSPNet (Zhao et al. 2017) on ResNet-101: what the whole scene looks like helps to tell the classes."
  package static let example = "template: {name: pspnet_101, auxiliary: 0.4}"
  static let encoder = ResNet.resnet101.withDeepStem

  let head: PSPNetHead

  package init(_ values: FieldValues) { head = PSPNetHead(values) }
}
