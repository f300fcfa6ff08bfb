@testable import Groundwork
@testable import Networks
import Testing

@Suite struct UNetPlusPlusTests {
  // segmentation_models' 26,078,609 and 48,985,745 for one class; each further class costs 145.
  @Test(
    "it has the parameters of segmentation_models",
    arguments: [
      ("resnet34", 1, 26_078_609), ("resnet34", 12, 26_080_204), ("resnet34", 21, 26_081_509),
      ("resnet50", 1, 48_985_745), ("resnet50", 12, 48_987_340),
    ])
  func parameterCount(encoder: String, classes: Int, count: Int) throws {
    let network = try templateNetwork(
      "unetplusplus", ["encoder": .name(encoder)], classes: classes)
    #expect(network.parameterCount == count)
  }

  @Test(
    "a map joins all before it with the one below",
    arguments: [
      // The map below enlarged, and 1, 2, 3 and 4 of ResNet-34's channels at the resolution.
      ("x4_1", 512 + 256, 256), ("x3_1", 256 + 128, 128), ("x3_2", 256 + 2 * 128, 128),
      ("x2_1", 128 + 64, 64), ("x2_3", 128 + 3 * 64, 64), ("x1_1", 64 + 64, 64),
      ("x1_4", 64 + 4 * 64, 32),
    ])
  func joins(map: String, inputs: Int, outputs: Int) throws {
    let network = try templateNetwork("unetplusplus")
    #expect(network.shape(of: "\(map).join")?.channels == inputs)
    #expect(network.shape(of: "\(map).convolution1")?.channels == outputs)
    // The map below, then those of the resolution, the encoder's last.
    #expect(try network.readsNewestFirst("\(map).join"))
  }

  @Test("every encoder takes images of any size from 32 × 32 on", arguments: Encoders.names)
  func anySize(encoder: String) throws {
    let fields: [String: FieldValue] = ["encoder": .name(encoder)]
    for size in [Size(height: 97, width: 129), Size(square: 32)] {
      let network = try templateNetwork("unetplusplus", fields, classes: 5, size: size)
      #expect(network.logitsShape == FeatureShape(5, size.height, size.width))
    }
    let error = try templateRefusal("unetplusplus", fields, size: Size(square: 31))
    #expect(error?.message == "input 31×31 is too small: use at least 32×32")
  }
}
