@testable import Groundwork
@testable import Networks
import Testing

/// U-Net's decoder on encoders.
@Suite struct UNetEncoderTests {
  // ResNets without classifier: 21,284,672 and 23,508,032. Decoders by hand from the layer table,
  // e.g. 9 · (512 + 256 + 256) · 256 + 4 · 256 for the first stage; heads of 145 values a class.
  @Test(
    "it has the parameters of segmentation_models",
    arguments: [
      ("resnet34", 12, 24_437_964), ("resnet34", 21, 24_439_269), ("resnet50", 12, 32_522_700),
      ("resnet50", 21, 32_524_005),
    ])
  func parameterCount(encoder: String, classes: Int, count: Int) throws {
    let network = try templateNetwork(
      "unet", ["encoder": .name(encoder)], classes: classes)
    #expect(network.parameterCount == count)
    #expect(network.parameterCount(of: "head.") == 145 * classes)
  }

  @Test(
    "stages of the decoder have half of the channels and twice the extent of the one below",
    arguments: [
      ("decoder4", 256, 14), ("decoder3", 128, 28), ("decoder2", 64, 56), ("decoder1", 32, 112),
      ("decoder0", 16, 224),
    ])
  func stages(stage: String, channels: Int, side: Int) throws {
    let network = try templateNetwork(
      "unet", ["encoder": .name("resnet34")], size: Size(square: 224))
    #expect(
      network.shape(of: "\(stage).convolution1") == FeatureShape(channels, side, side))
  }

  @Test("a map at full resolution skips too, where the encoder has one")
  func fullResolution() throws {
    let joins = try ["resnet18", "vgg16"].map {
      try templateNetwork("unet", ["encoder": .name($0)]).nodes
        .count { $0.name.hasSuffix(".join") && $0.name.hasPrefix("decoder") }
    }
    #expect(joins == [4, 5])
  }

  @Test(
    "every encoder takes images of any size from 32 × 32 on, with every way to enlarge but one",
    arguments: Encoders.names)
  func anySize(encoder: String) throws {
    for up in ["nearest", "bilinear"] {
      let fields: [String: FieldValue] = ["encoder": .name(encoder), "up": .name(up)]
      for size in [Size(height: 97, width: 129), Size(square: 32)] {
        let network = try templateNetwork("unet", fields, classes: 5, size: size)
        #expect(network.logitsShape == FeatureShape(5, size.height, size.width))
      }
    }
    let error = try templateRefusal(
      "unet", ["encoder": .name(encoder), "up": .name("transposed")],
      size: Size(height: 97, width: 129))
    #expect(error?.message == "input 97×129 is not divisible by 32: use 128×160")
  }

  @Test("gates, shortcuts, dropout and the edge head go with an encoder")
  func settings() throws {
    let network = try templateNetwork(
      "unet",
      [
        "encoder": .name("resnet18"), "attention": .boolean(true), "residual": .boolean(true),
        "dropout": .number(0.2), "edge_head": .boolean(true), "base_channels": .integer(32),
      ])
    #expect(network.heads.map(\.name) == ["logits", "edges"])
    #expect(network.nodes.filter { $0.name.hasSuffix("gate.product") }.count == 4)
    #expect(network.nodes.filter { $0.name.hasSuffix(".dropout") }.count == 2)
    #expect(network.shape(of: "decoder4.sum") == FeatureShape(128, 4, 4))
  }

  @Test("an encoder may be used in part")
  func depth() throws {
    let network = try templateNetwork(
      "unet", ["encoder": .name("resnet34"), "depth": .integer(4)], size: Size(square: 64))
    #expect(network.shape(of: "decoder3.convolution1") == FeatureShape(128, 8, 8))
    #expect(!network.parameters.contains { $0.name.hasPrefix("encoder.layer4.") })
    let error = try #require(throws: ComponentError.self) {
      try makeTemplate("unet", ["encoder": .name("resnet34"), "depth": .integer(6)])
    }
    #expect(error.field == "depth")
    #expect(
      error.message
        == "resnet34 halves the resolution 5 times, not 6: use a depth of 5 or less")
  }
}
