@testable import Groundwork
@testable import Networks
import Testing

@Suite struct EncoderTests {
  /// A network that ends with the encoder's last map.
  private func network(
    _ encoder: any Encoder, outputStride: Int = 32, channels: Int = 3, size: Size = Size(square: 64)
  ) -> (network: Network, stages: [FeatureShape]) {
    var net = NetworkBuilder(
      name: "test", input: NetworkInput(channels: channels, size: size))
    let features = encoder.features(&net, outputStride: outputStride)
    let stages = features.stages.map { net.shape(of: $0) }
    return (net.build(logits: features.last), stages)
  }

  /// Parameters of the layers whose names begin so, behind `encoder.`.
  private func count(_ network: Network, _ prefix: String = "") -> Int {
    network.parameters.filter { $0.name.hasPrefix("encoder.\(prefix)") }
      .reduce(0) { $0 + $1.count }
  }

  struct Case: Sendable, CustomTestStringConvertible {
    let name: String
    /// Of the whole encoder for three channels, and what batch norm keeps beside them.
    let parameters, statistics: Int
    /// Of the layers whose names begin so.
    let parts: [(prefix: String, count: Int)]
    /// Channels of the five stages.
    let channels: [Int]
    var testDescription: String { name }
  }

  // Counts of torchvision's, timm's and pretrainedmodels' networks without their classifiers, and of
  // the published file of EfficientNet-Lite0 without `_conv_head`, `_bn1` and `_fc`.
  static let cases = [
    Case(
      name: "vgg16", parameters: 14_714_688, statistics: 0,
      parts: [
        ("conv1_1", 1_792), ("conv1_2", 36_928), ("conv2_1", 73_856), ("conv2_2", 147_584),
        ("conv3_1", 295_168), ("conv3_2", 590_080), ("conv3_3", 590_080), ("conv4_1", 1_180_160),
        ("conv4_2", 2_359_808), ("conv4_3", 2_359_808), ("conv5_1", 2_359_808),
        ("conv5_2", 2_359_808), ("conv5_3", 2_359_808),
      ], channels: [128, 256, 512, 512, 512]),
    Case(
      name: "vgg16_bn", parameters: 14_723_136, statistics: 8_448,
      parts: [("conv", 14_714_688), ("bn1_1", 128), ("bn5", 3_072)],
      channels: [128, 256, 512, 512, 512]),
    Case(
      name: "resnet18", parameters: 11_176_512, statistics: 9_600,
      parts: [
        ("conv1", 9_408), ("bn1", 128), ("layer1", 147_968), ("layer2", 525_568),
        ("layer3", 2_099_712), ("layer4", 8_393_728),
      ], channels: [64, 64, 128, 256, 512]),
    Case(
      name: "resnet34", parameters: 21_284_672, statistics: 17_024,
      parts: [
        ("layer1", 221_952), ("layer2", 1_116_416), ("layer3", 6_822_400),
        ("layer4", 13_114_368),
      ], channels: [64, 64, 128, 256, 512]),
    Case(
      name: "resnet50", parameters: 23_508_032, statistics: 53_120,
      parts: [
        ("layer1", 215_808), ("layer2", 1_219_584), ("layer3", 7_098_368),
        ("layer4", 14_964_736),
      ], channels: [64, 256, 512, 1024, 2048]),
    Case(
      name: "resnet101", parameters: 42_500_160, statistics: 105_344,
      parts: [("layer3", 26_090_496)], channels: [64, 256, 512, 1024, 2048]),
    Case(
      name: "resnet152", parameters: 58_143_808, statistics: 151_424,
      parts: [("layer2", 2_339_840), ("layer3", 40_613_888)], channels: [64, 256, 512, 1024, 2048]),
    Case(
      name: "se_resnet50", parameters: 26_039_024, statistics: 53_120,
      parts: [
        ("layer1", 241_200), ("layer2", 1_352_832), ("layer3", 7_891_328),
        ("layer4", 16_544_128),
      ], channels: [64, 256, 512, 1024, 2048]),
    Case(
      name: "mobilenet_v2", parameters: 1_811_712, statistics: 31_552,
      parts: [
        ("features.0.", 928), ("features.1.", 896), ("features.2.", 5_136),
        ("features.3.", 8_832), ("features.6.", 14_848), ("features.7.", 21_056),
        ("features.13.", 118_272), ("features.14.", 155_264), ("features.17.", 473_920),
      ], channels: [16, 24, 32, 96, 320]),
    Case(
      name: "efficientnet_lite0", parameters: 2_958_848, statistics: 39_456,
      parts: [
        ("_conv_stem", 864), ("_bn0", 64), ("_blocks.0.", 896), ("_blocks.1.", 5_136),
        ("_blocks.3.", 13_472), ("_blocks.8.", 106_304), ("_blocks.11.", 224_160),
        ("_blocks.15.", 605_440),
      ], channels: [16, 24, 40, 112, 320]),
    Case(
      name: "xception65", parameters: 37_867_312, statistics: 185_200,
      parts: [
        ("stem.0", 928), ("stem.1", 18_560), ("blocks.0.", 53_696), ("blocks.1.", 205_696),
        ("blocks.2.", 1_457_360), ("blocks.3.", 1_618_344), ("blocks.18.", 1_618_344),
        ("blocks.19.", 3_104_384), ("blocks.20.", 7_133_184),
      ], channels: [64, 128, 256, 728, 2048]),
    Case(
      name: "densenet121", parameters: 6_953_856, statistics: 83_648,
      parts: [
        ("features.denseblock1", 335_040), ("features.transition1", 33_280),
        ("features.denseblock2", 919_680), ("features.transition2", 132_096),
        ("features.denseblock3", 2_837_760), ("features.transition3", 526_336),
        ("features.denseblock4", 2_158_080), ("features.norm5", 2_048),
      ], channels: [64, 256, 512, 1024, 1024]),
  ]

  @Test("every encoder that a template can be given is tried")
  func complete() { #expect(Self.cases.map(\.name) == Encoders.names) }

  @Test("an encoder has the published parameters and channels, stage by stage", arguments: cases)
  func parameters(test: Case) throws {
    let encoder = try #require(Encoders.named(test.name))
    let (network, stages) = network(encoder)
    #expect(count(network) == test.parameters)
    #expect(network.parameterCount == test.parameters)
    #expect(network.statistics.reduce(0) { $0 + $1.count } == test.statistics)
    for part in test.parts {
      #expect(count(network, part.prefix) == part.count, "\(part.prefix)")
    }
    #expect(stages.map(\.channels) == test.channels)
  }

  @Test("an output stride keeps the extent of the stages beyond it", arguments: Encoders.names)
  func outputStrides(name: String) throws {
    let encoder = try #require(Encoders.named(name))
    for stride in encoder.outputStrides {
      let (_, stages) = network(encoder, outputStride: stride)
      #expect(stages.map(\.height) == [2, 4, 8, 16, 32].map { 64 / min($0, stride) }, "\(stride)")
    }
  }

  @Test("odd sizes, grey images and the smallest image fit", arguments: Encoders.names)
  func otherInputs(name: String) throws {
    let encoder = try #require(Encoders.named(name))
    let (grey, stages) = network(encoder, channels: 1, size: Size(height: 97, width: 129))
    #expect((3...4).contains(stages[4].height) && (4...5).contains(stages[4].width))
    let (colour, _) = network(encoder)
    // Two channels fewer for each filter of the first convolution.
    let first = colour.parameters[0].shape
    #expect(colour.parameterCount - grey.parameterCount == 2 * first[0] * first[2] * first[3])
    let smallest = network(encoder, size: Size(square: Encoders.smallestSide)).stages
    #expect(smallest[4].height == 1)
  }

  @Test("layers are named once, behind the encoder's scope", arguments: Encoders.names)
  func names(name: String) throws {
    let (network, _) = network(try #require(Encoders.named(name)))
    #expect(Set(network.parameters.map(\.name)).count == network.parameters.count)
    #expect(network.parameters.allSatisfy { $0.name.hasPrefix("encoder.") })
  }

  @Test("a deep stem and SENet-154 have the published parameters")
  func internalEncoders() {
    #expect(count(network(ResNet.resnet50.withDeepStem).network) == 23_631_808)
    let (senet, stages) = network(SENet154())
    #expect(count(senet) == 113_039_984)
    #expect(count(senet, "layer0") == 112_832)
    #expect(count(senet, "layer1") == 354_864)
    #expect(count(senet, "layer2") == 4_695_296)
    #expect(count(senet, "layer3") == 68_677_888)
    #expect(count(senet, "layer4") == 39_199_104)
    #expect(senet.statistics.reduce(0) { $0 + $1.count } == 247_552)
    #expect(stages.map(\.channels) == [128, 256, 512, 1024, 2048])
  }
}
