@testable import Groundwork
@testable import Networks
import Testing

/// LinkNet and FPN on the encoders.
@Suite struct EncoderDecoderTests {
  // Counts of segmentation_models.pytorch 0.5.
  @Test(
    "LinkNet and FPN have the parameters and statistics of segmentation_models.pytorch",
    arguments: [
      ("linknet", "resnet18", 12, 11_664_140, 11_712),
      ("linknet", "resnet18", 21, 11_664_437, 11_712),
      ("linknet", "resnet34", 12, 21_772_300, 19_136),
      ("linknet", "vgg16_bn", 12, 15_987_308, 13_248),
      ("fpn", "resnet34", 12, 23_156_812, 17_024), ("fpn", "resnet34", 21, 23_157_973, 17_024),
      ("fpn", "resnet18", 12, 13_048_652, 9_600), ("fpn", "vgg16_bn", 12, 16_808_268, 8_448),
    ])
  func parameters(
    name: String, encoder: String, classes: Int, count: Int, statistics: Int
  ) throws {
    let network = try templateNetwork(name, ["encoder": .name(encoder)], classes: classes)
    #expect(network.parameterCount == count)
    #expect(network.statisticsCount == statistics)
  }

  @Test("the default encoders are ResNet-18 and ResNet-34")
  func defaults() throws {
    #expect(try templateNetwork("linknet").parameterCount == 11_664_140)
    #expect(try templateNetwork("fpn").parameterCount == 23_156_812)
  }

  @Test("layers are named as segmentation_models.pytorch names them")
  func names() throws {
    let linknet = Set(try templateNetwork("linknet").parameters.map(\.name))
    #expect(
      linknet.isSuperset(of: [
        "encoder.layer1.0.conv1.weight", "decoder.blocks.0.block.0.0.weight",
        "decoder.blocks.4.block.1.0.bias", "segmentation_head.0.weight",
      ]))
    let fpn = Set(try templateNetwork("fpn").parameters.map(\.name))
    #expect(
      fpn.isSuperset(of: [
        "decoder.p5.weight", "decoder.p2.skip_conv.bias",
        "decoder.seg_blocks.0.block.2.block.0.weight", "segmentation_head.0.bias",
      ]))
  }

  @Test(
    "every encoder carries both, at even and odd sizes", arguments: ["linknet", "fpn"],
    Encoders.names)
  func sizes(name: String, encoder: String) throws {
    for size in [Size(square: 32), Size(height: 97, width: 129)] {
      let network = try templateNetwork(name, ["encoder": .name(encoder)], size: size)
      #expect(network.headShapes == ["logits": FeatureShape(12, SpatialExtent(size))])
      #expect(Set(network.parameters.map(\.name)).count == network.parameters.count)
    }
  }

  @Test("LinkNet resizes nothing at a multiple of 32")
  func resizing() throws {
    let linknet = try templateNetwork("linknet")
    #expect(!linknet.nodes.contains { if case .resize = $0.operation { true } else { false } })
  }

  @Test("an image that no encoder can halve five times is refused")
  func smallSize() {
    #expect {
      try templateNetwork("fpn", size: Size(height: 64, width: 31))
    } throws: { error in
      (error as? ComponentError)?.message == "input 64×31 is too small: use at least 64×32"
    }
  }
}
