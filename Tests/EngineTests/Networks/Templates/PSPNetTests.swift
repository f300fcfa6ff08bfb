@testable import Groundwork
@testable import Networks
import Testing

@Suite struct PSPNetTests {
  // The reference's totals: the authors' network with and without its auxiliary head, DeepDetect's on
  // VGG-16. A class costs 513, and 257 more in the auxiliary head.
  @Test(
    "a PSPNet has the published parameters and statistics",
    arguments: [
      ("pspnet_vgg16", 0, 27_569_996, 4_096, 513), ("pspnet_50", 0, 46_711_756, 58_624, 513),
      ("pspnet_50", 0.4, 49_074_648, 59_136, 770), ("pspnet_101", 0, 65_703_884, 110_848, 513),
      ("pspnet_101", 0.4, 68_066_776, 111_360, 770),
    ])
  func parameters(
    name: String, auxiliary: Double, count: Int, statistics: Int, ofClass: Int
  ) throws {
    let network = try templateNetwork(name, ["auxiliary": .number(auxiliary)])
    #expect(network.parameterCount == count)
    #expect(network.statisticsCount == statistics)
    let larger = try templateNetwork(name, ["auxiliary": .number(auxiliary)], classes: 21)
    #expect(larger.parameterCount == count + 9 * ofClass)
  }

  @Test(
    "at the authors' 473×473 the last map is 60×60, at other sizes every pixel has logits",
    arguments: ["pspnet_vgg16", "pspnet_50"])
  func shapes(name: String) throws {
    let network = try templateNetwork(name, size: Size(square: 473))
    #expect(network.shape(of: "cls.classifier") == FeatureShape(12, 60, 60))
    #expect(network.shape(of: "ppm.bin6.conv") == FeatureShape(512, 6, 6))
    let odd = try templateNetwork(
      name, ["auxiliary": .number(0.4)], size: Size(height: 97, width: 129))
    #expect(
      odd.headShapes == [
        "logits": FeatureShape(12, 97, 129), "auxiliary": FeatureShape(12, 97, 129),
      ])
  }

  @Test("the auxiliary head on VGG-16 looks at the last map before the kernels dilate")
  func auxiliary() throws {
    let plain = try templateNetwork("pspnet_vgg16")
    let network = try templateNetwork("pspnet_vgg16", ["auxiliary": .number(0.4)])
    // 3×3 from 512 to 128, batch norm, 12 filters of 128 and a bias.
    #expect(
      network.parameterCount - plain.parameterCount == 512 * 128 * 9 + 2 * 128 + 129 * 12)
  }

  @Test("the last pooling of VGG-16, which nothing reads, is left out")
  func lastPooling() throws {
    let network = try templateNetwork("pspnet_vgg16")
    #expect(network.shape(of: "encoder.pool4") != nil)
    #expect(network.shape(of: "encoder.pool5") == nil)
  }

  @Test("a size that cannot be halved five times is refused")
  func smallSize() {
    #expect {
      try templateNetwork("pspnet_50", size: Size(height: 20, width: 64))
    } throws: { error in
      (error as? ComponentError)?.message == "input 20×64 is too small: use at least 32×64"
    }
  }
}
