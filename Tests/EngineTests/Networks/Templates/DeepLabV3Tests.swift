@testable import Groundwork
@testable import Networks
import Testing

@Suite struct DeepLabV3Tests {
  // torchvision's models with 12 classes. A class costs 257, and 257 more in the auxiliary head.
  @Test(
    "it has torchvision's parameters and statistics",
    arguments: [
      ("resnet50", 0, 39_636_556, 56_704, 257), ("resnet50", 0.5, 41_999_448, 57_216, 514),
      ("resnet101", 0, 58_628_684, 108_928, 257), ("resnet101", 0.5, 60_991_576, 109_440, 514),
    ])
  func parameters(
    encoder: String, auxiliary: Double, count: Int, statistics: Int, ofClass: Int
  ) throws {
    let fields: [String: FieldValue] = [
      "encoder": .name(encoder), "auxiliary": .number(auxiliary),
    ]
    let network = try templateNetwork("deeplabv3", fields)
    #expect(network.parameterCount == count)
    #expect(network.statisticsCount == statistics)
    let larger = try templateNetwork("deeplabv3", fields, classes: 21)
    #expect(larger.parameterCount == count + 9 * ofClass)
  }

  @Test(
    "each part has the parameters of the layer table",
    arguments: [
      ("encoder.", 23_508_032), ("classifier.0.", 15_535_104),
      ("classifier.0.convs.0.", 524_800), ("classifier.0.convs.2.", 4_719_104),
      ("classifier.0.convs.4.", 524_800), ("classifier.0.project.", 328_192),
      ("classifier.1.", 589_824), ("classifier.2.", 512), ("classifier.4.", 257 * 12),
      ("aux.", 2_362_892),
    ])
  func parts(prefix: String, count: Int) throws {
    let network = try templateNetwork("deeplabv3", ["auxiliary": .number(0.5)])
    #expect(network.parameterCount(of: prefix) == count)
  }

  @Test(
    "at 513×513 an output stride of 16 leaves 33×33, one of 8 65×65, and the rates keep pace",
    arguments: [(8, 65, [12, 24, 36]), (16, 33, [6, 12, 18])])
  func outputStride(stride: Int, side: Int, rates: [Int]) throws {
    let network = try templateNetwork(
      "deeplabv3", ["output_stride": .name("\(stride)")], size: Size(square: 513))
    #expect(network.shape(of: "classifier.4") == FeatureShape(12, side, side))
    #expect(
      (1...3).map { network.convolution("classifier.0.convs.\($0).0")?.dilation }
        == rates.map { [$0, $0] })
    #expect(network.headShapes == ["logits": FeatureShape(12, 513, 513)])
  }

  @Test("the last stage dilates as torchvision's, without a multi-grid")
  func dilations() throws {
    let network = try templateNetwork("deeplabv3")
    let dilations = (0..<3).map { network.convolution("encoder.layer4.\($0).conv2")?.dilation }
    #expect(dilations == [[2, 2], [4, 4], [4, 4]])
  }

  @Test("images may have any size from 32 × 32 on")
  func sizes() throws {
    let odd = try templateNetwork(
      "deeplabv3", ["auxiliary": .number(0.5)], size: Size(height: 97, width: 129))
    #expect(
      odd.headShapes == [
        "logits": FeatureShape(12, 97, 129), "auxiliary": FeatureShape(12, 97, 129),
      ])
    #expect {
      try templateNetwork("deeplabv3", size: Size(height: 31, width: 64))
    } throws: { error in
      (error as? ComponentError)?.message == "input 31×64 is too small: use at least 32×64"
    }
  }

  @Test("layers are named as torchvision names them, each once")
  func names() throws {
    let names = try templateNetwork("deeplabv3", ["auxiliary": .number(0.5)]).parameters
      .map(\.name)
    #expect(Set(names).count == names.count)
    #expect(
      Set(names).isSuperset(of: [
        "classifier.0.convs.0.0.weight", "classifier.0.convs.0.1.scale",
        "classifier.0.convs.3.0.weight", "classifier.0.convs.4.1.weight",
        "classifier.0.convs.4.2.shift", "classifier.0.project.0.weight", "classifier.1.weight",
        "classifier.4.bias",
      ]))
  }
}
