@testable import Groundwork
@testable import Networks
import Testing

@Suite struct SegNetTests {
  @Test("it has the parameters and statistics of the authors' network")
  func counts() throws {
    let network = try templateNetwork("segnet")
    #expect(network.parameterCount == 29_449_932)
    // DeepDetect's 15,897 without a counter for each of its 25 norms.
    #expect(network.statisticsCount == 15_897 - 25)
    #expect(try templateNetwork("segnet", classes: 11).parameterCount == 29_449_355)
    #expect(
      try templateNetwork("segnet", classes: 21).parameterCount == 29_449_932 + 9 * 577)
  }

  @Test(
    "the encoder's convolutions are VGG-16's",
    arguments: [
      ("conv1_1", 1_792), ("conv1_2", 36_928), ("conv2_1", 73_856), ("conv2_2", 147_584),
      ("conv3_1", 295_168), ("conv3_2", 590_080), ("conv3_3", 590_080), ("conv4_1", 1_180_160),
      ("conv4_2", 2_359_808), ("conv4_3", 2_359_808), ("conv5_1", 2_359_808),
      ("conv5_2", 2_359_808), ("conv5_3", 2_359_808),
    ])
  func encoder(layer: String, count: Int) throws {
    let network = try templateNetwork("segnet")
    #expect(network.parameterCount(of: "encoder.\(layer).") == count)
  }

  @Test("the encoder's parameters and statistics are those of VGG-16 with batch norm")
  func encoderNames() throws {
    let unet = try templateNetwork("unet", ["encoder": .name("vgg16_bn")])
    let segnet = try templateNetwork("segnet")
    func encoder(_ names: [String]) -> [String] { names.filter { $0.hasPrefix("encoder.") } }
    #expect(encoder(segnet.parameters.map(\.name)) == encoder(unet.parameters.map(\.name)))
    #expect(encoder(segnet.statistics.map(\.name)) == encoder(unet.statistics.map(\.name)))
  }

  @Test(
    "layers have the channels and extents of the layer table",
    arguments: [
      ("encoder.pool1", 64, 180, 240), ("encoder.pool2", 128, 90, 120),
      ("encoder.pool3", 256, 45, 60), ("encoder.pool4", 512, 23, 30),
      ("encoder.pool5", 512, 12, 15), ("upsample5", 512, 23, 30), ("conv5_1_D", 512, 23, 30),
      ("upsample4", 512, 45, 60), ("conv4_2_D", 512, 45, 60), ("conv4_1_D", 256, 45, 60),
      ("upsample3", 256, 90, 120), ("conv3_1_D", 128, 90, 120), ("upsample2", 128, 180, 240),
      ("conv2_2_D", 128, 180, 240), ("conv2_1_D", 64, 180, 240), ("conv1_2_D", 64, 360, 480),
      ("conv1_1_D", 12, 360, 480),
    ])
  func stages(node: String, channels: Int, height: Int, width: Int) throws {
    let network = try templateNetwork("segnet", size: Size(height: 360, width: 480))
    #expect(network.shape(of: node) == FeatureShape(channels, height, width))
  }

  @Test("images may have any size from 32 × 32 on")
  func anySize() throws {
    let odd = try templateNetwork(
      "segnet", classes: 5, size: Size(height: 97, width: 129))
    #expect(odd.logitsShape == FeatureShape(5, 97, 129))
    #expect(odd.shape(of: "upsample1") == FeatureShape(64, 97, 129))
    let error = try templateRefusal("segnet", size: Size(height: 40, width: 31))
    #expect(error?.message == "input 40×31 is too small: use at least 40×32")
  }

  @Test("a Bayesian SegNet drops half of the values in six places")
  func bayesian() throws {
    func dropouts(_ isBayesian: Bool) throws -> [String] {
      try templateNetwork("segnet", ["bayesian": .boolean(isBayesian)]).nodes
        .filter { $0.operation == .dropout(Dropout(rate: 0.5)) }.map(\.name)
    }
    #expect(
      try dropouts(true) == ["drop3", "drop4", "drop5", "drop5_D", "drop4_D", "drop3_D"])
    #expect(try dropouts(false) == [])
  }
}
