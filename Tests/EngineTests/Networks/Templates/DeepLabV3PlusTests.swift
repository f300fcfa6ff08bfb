@testable import Groundwork
@testable import Networks
import Testing

@Suite struct DeepLabV3PlusTests {
  // pytorch-deeplab-xception's networks; on ResNet-50 the same pyramid and decoder as on
  // ResNet-101.
  @Test(
    "it has the published parameters and statistics",
    arguments: [
      ("resnet50", 23_508_032 + 15_535_104 + 1_306_732, 53_120 + 4_192),
      ("resnet101", 59_341_996, 109_536), ("xception65", 54_703_004, 189_392),
      ("mobilenet_v2", 5_813_740, 35_744),
    ])
  func parameters(encoder: String, count: Int, statistics: Int) throws {
    let network = try templateNetwork("deeplabv3plus", ["encoder": .name(encoder)])
    #expect(network.parameterCount == count)
    #expect(network.statisticsCount == statistics)
    let larger = try templateNetwork("deeplabv3plus", ["encoder": .name(encoder)], classes: 21)
    #expect(larger.parameterCount == count + 9 * 257)
  }

  @Test(
    "encoder, pyramid and decoder have the parameters of the layer table",
    arguments: [
      ("resnet101", 42_500_160, 15_535_104, 1_306_732),
      ("xception65", 37_867_312, 15_535_104, 1_300_588),
      ("mobilenet_v2", 1_811_712, 2_706_432, 1_295_596),
    ])
  func parts(name: String, encoder: Int, pyramid: Int, decoder: Int) throws {
    let network = try templateNetwork("deeplabv3plus", ["encoder": .name(name)])
    #expect(network.parameterCount(of: "encoder.") == encoder)
    #expect(network.parameterCount(of: "aspp.") == pyramid)
    #expect(network.parameterCount(of: "decoder.") == decoder)
  }

  @Test("separable convolutions leave a fifth of the pyramid and an eighth of the decoder")
  func separable() throws {
    let network = try templateNetwork("deeplabv3plus", ["separable": .boolean(true)])
    #expect(network.parameterCount(of: "aspp.") == 3_019_776)
    #expect(network.parameterCount(of: "decoder.") == 166_012)
    #expect(network.convolution("aspp.convs.1.conv_dw")?.dilation == [6, 6])
    #expect(network.convolution("aspp.convs.1.conv_dw")?.groups == 2048)
  }

  @Test("a ResNet's last blocks dilate 1, 2 and 4 times as far", arguments: [(16, 2), (8, 4)])
  func multiGrid(outputStride: Int, dilation: Int) throws {
    let network = try templateNetwork(
      "deeplabv3plus", ["output_stride": .name("\(outputStride)")])
    let dilations = (0..<3).map { network.convolution("encoder.layer4.\($0).conv2")?.dilation }
    #expect(dilations == [1, 2, 4].map { [$0 * dilation, $0 * dilation] })
  }

  @Test(
    "at 513×513 the pyramid sees 33×33 or 65×65 and the decoder 129×129",
    arguments: ["resnet50", "xception65", "mobilenet_v2"], [(16, 33, 18), (8, 65, 36)])
  func shapes(encoder: String, stride: (outputStride: Int, side: Int, rate: Int)) throws {
    let network = try templateNetwork(
      "deeplabv3plus",
      ["encoder": .name(encoder), "output_stride": .name("\(stride.outputStride)")],
      size: Size(square: 513))
    #expect(
      network.shape(of: "aspp.project.0") == FeatureShape(256, stride.side, stride.side))
    #expect(
      network.convolution("aspp.convs.3.0")?.dilation == [stride.rate, stride.rate])
    #expect(network.shape(of: "decoder.join") == FeatureShape(304, 129, 129))
    #expect(network.headShapes == ["logits": FeatureShape(12, 513, 513)])
  }

  @Test("dropout before the logits is never more than 0.1", arguments: [(0.5, 0.1), (0.05, 0.05)])
  func dropout(rate: Double, last: Float) throws {
    let network = try templateNetwork("deeplabv3plus", ["dropout": .number(rate)])
    let dropouts = network.nodes.compactMap { node in
      if case .dropout(let dropout) = node.operation { dropout.rate } else { nil }
    }
    #expect(dropouts == [Float(rate), Float(rate), last])
  }

  @Test(
    "every encoder takes images of any size from 32 × 32 on, and names each parameter once",
    arguments: ["resnet50", "resnet101", "xception65", "mobilenet_v2"], [false, true])
  func sizes(encoder: String, isSeparable: Bool) throws {
    let fields: [String: FieldValue] = [
      "encoder": .name(encoder), "separable": .boolean(isSeparable),
    ]
    for size in [Size(square: 32), Size(height: 97, width: 129)] {
      let network = try templateNetwork("deeplabv3plus", fields, size: size)
      #expect(network.headShapes == ["logits": FeatureShape(12, SpatialExtent(size))])
      #expect(Set(network.parameters.map(\.name)).count == network.parameters.count)
    }
    #expect {
      try templateNetwork("deeplabv3plus", fields, size: Size(height: 64, width: 20))
    } throws: { error in
      (error as? ComponentError)?.message == "input 64×20 is too small: use at least 64×32"
    }
  }
}
