package import Groundwork

/// PSPNet on VGG-16, as DeepDetect has it: pooled by overlapping windows, the last two poolings
/// without a stride, or left out, and a joining convolution without batch norm. 27,569,996 parameters
/// at 12 classes.
package struct PSPNetVGG16: PSPNet {
  package static let name = "pspnet_vgg16"
  package static let about =
    "PSPNet (Zhao et al. 2017) on VGG-16: what the whole scene looks like helps to tell the classes."
  package static let example = "template: {name: pspnet_vgg16, auxiliary: 0.4}"

  let head: PSPNetHead

  package init(_ values: FieldValues) { head = PSPNetHead(values) }

  func encoder(
    _ net: inout NetworkBuilder
  ) -> (last: NetworkBuilder.Feature, middle: NetworkBuilder.Feature) {
    var encoder = VGG16.plain
    encoder.pooling = .overlapping
    let features = encoder.features(&net, outputStride: 8)
    return (features.stages[3], features.stages[2])
  }

  func fuse(
    _ net: inout NetworkBuilder, _ pyramid: NetworkBuilder.Feature
  ) -> NetworkBuilder.Feature {
    net.relu(
      net.convolution(
        "cls.conv", pyramid, outputs: PSPNetHead.channels, kernel: Size(square: 3), bias: false))
  }
}
