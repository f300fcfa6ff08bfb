@testable import Groundwork
@testable import Networks
import Testing

@Suite struct SENetTests {
  @Test("the small SE network has the parameters of its layers")
  func parameters() throws {
    // By hand: 9·i + 2·i + i·o + 2·o for a separable convolution from i to o channels, and so on.
    let network = try templateNetwork("se_net", size: Size(square: 224))
    let parts = [
      ("stem", 696), ("stage1", 2_718), ("stage2", 13_968), ("stage3", 76_632),
      ("stage4", 194_112), ("decoder", 17_664), ("head", 2_928), ("classifier", 588),
    ]
    for (part, count) in parts { #expect(network.parameterCount(of: part) == count, "\(part)") }
    #expect(network.parameterCount == 309_306)
    #expect(try templateNetwork("se_net", classes: 21).parameterCount == 309_306 + 9 * 49)
  }

  @Test("the small SE network needs a two-hundredth of SENet-154's operations")
  func cost() throws {
    let small = try templateNetwork("se_net", size: Size(square: 224))
    let large = try templateNetwork("se_net154", size: Size(square: 224))
    #expect(small.flops * 200 < large.flops)
  }

  @Test("SENet-154 has the published parameters and statistics")
  func largeParameters() throws {
    let network = try templateNetwork("se_net154")
    #expect(network.parameterCount == 113_064_572)
    #expect(network.statisticsCount == 247_552)
    #expect(try templateNetwork("se_net154", classes: 21).parameterCount == 113_064_572 + 9 * 2_049)
  }

  @Test("SENet-154's last map has the output stride that was asked for", arguments: [8, 16])
  func outputStride(stride: Int) throws {
    let network = try templateNetwork(
      "se_net154", ["output_stride": .name(String(stride))], size: Size(square: 224))
    #expect(network.shape(of: "classifier") == FeatureShape(12, 224 / stride, 224 / stride))
  }

  @Test("logits have the image's size", arguments: ["se_net", "se_net154"])
  func sizes(name: String) throws {
    let network = try templateNetwork(name, channels: 1, size: Size(height: 97, width: 129))
    #expect(network.headShapes == ["logits": FeatureShape(12, 97, 129)])
  }
}
