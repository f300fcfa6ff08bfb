@testable import Groundwork
@testable import Networks
import Testing

@Suite struct FastFCNTests {
  // The authors' network on ResNet-50. A class costs 257, and 257 more in the auxiliary head.
  @Test(
    "it has the authors' parameters and statistics",
    arguments: [(0, 59_495_884, 76_544, 257), (0.2, 61_858_776, 77_056, 514)])
  func parameters(auxiliary: Double, count: Int, statistics: Int, ofClass: Int) throws {
    let fields: [String: FieldValue] = ["auxiliary": .number(auxiliary)]
    let network = try templateNetwork("fastfcn", fields)
    #expect(network.parameterCount == count)
    #expect(network.statisticsCount == statistics)
    let larger = try templateNetwork("fastfcn", fields, classes: 21)
    #expect(larger.parameterCount == count + 9 * ofClass)
  }

  @Test("ResNet-101 costs what it has more than ResNet-50")
  func resnet101() throws {
    let network = try templateNetwork("fastfcn", ["encoder": .name("resnet101")])
    #expect(network.parameterCount == 59_495_884 + 42_500_160 - 23_508_032)
  }

  @Test(
    "encoder, upsampling and heads have the parameters of the layer table",
    arguments: [
      ("encoder.", 23_631_808), ("jpu.", 19_735_552), ("head.", 16_128_524), ("aux.", 2_362_892),
    ])
  func parts(prefix: String, count: Int) throws {
    let network = try templateNetwork("fastfcn", ["auxiliary": .number(0.2)])
    #expect(network.parameterCount(of: prefix) == count)
  }

  @Test("at 480×480 three maps of 60×60, 30×30 and 15×15 become one of 60×60")
  func shapes() throws {
    let network = try templateNetwork("fastfcn", size: Size(square: 480))
    #expect(network.shape(of: "jpu.conv3.0") == FeatureShape(512, 60, 60))
    #expect(network.shape(of: "jpu.conv4.0") == FeatureShape(512, 30, 30))
    #expect(network.shape(of: "jpu.conv5.0") == FeatureShape(512, 15, 15))
    #expect(network.shape(of: "jpu.join") == FeatureShape(1536, 60, 60))
    #expect(network.shape(of: "jpu.pyramid") == FeatureShape(2048, 60, 60))
    #expect(network.shape(of: "head.4") == FeatureShape(12, 60, 60))
  }

  @Test("the upsampling dilates, and not the encoder")
  func dilations() throws {
    let network = try templateNetwork("fastfcn")
    let depthwise = (1...4).map { network.convolution("jpu.dilation\($0).conv_dw") }
    #expect(depthwise.map { $0?.dilation } == [1, 2, 4, 8].map { [$0, $0] })
    #expect(depthwise.allSatisfy { $0?.groups == 1536 })
    #expect(network.convolution("encoder.layer4.2.conv2")?.dilation == [1, 1])
  }

  @Test("images may have any size from 32 × 32 on")
  func sizes() throws {
    let odd = try templateNetwork(
      "fastfcn", ["auxiliary": .number(0.2)], size: Size(height: 97, width: 129))
    #expect(
      odd.headShapes == [
        "logits": FeatureShape(12, 97, 129), "auxiliary": FeatureShape(12, 97, 129),
      ])
    #expect(Set(odd.parameters.map(\.name)).count == odd.parameters.count)
    #expect {
      try templateNetwork("fastfcn", size: Size(height: 31, width: 31))
    } throws: { error in
      (error as? ComponentError)?.message == "input 31×31 is too small: use at least 32×32"
    }
  }
}
