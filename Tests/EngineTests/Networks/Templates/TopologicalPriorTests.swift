@testable import Groundwork
@testable import Networks
import Testing

/// The two networks of DM++.
@Suite struct TopologicalPriorTests {
  @Test("ALBU has the parameters of its authors' network, stage by stage")
  func parameters() throws {
    let network = try templateNetwork("albu")
    #expect(network.parameterCount == 24_514_796)
    #expect(network.statisticsCount == 17_024)
    #expect(network.parameterCount(of: "encoder.") == 21_284_672)
    #expect(network.parameterCount(of: "decoder.4.") == 2 * 1_179_904)
    #expect(network.parameterCount(of: "decoder.3.") == 2 * 295_040)
    #expect(network.parameterCount(of: "decoder.2.") == 2 * 73_792)
    #expect(network.parameterCount(of: "decoder.1.") == 36_928 + 73_792)
    #expect(network.parameterCount(of: "decoder.0.") == 18_464)
    // 289 for each class.
    #expect(network.parameterCount(of: "head.") == 12 * 289)
  }

  @Test(
    "every stage has the resolution and the channels of the encoder's map", arguments: [64, 97])
  func stages(side: Int) throws {
    let network = try templateNetwork("albu", size: Size(square: side))
    for (stage, channels) in [(4, 256), (3, 128), (2, 64), (1, 64)] {
      let extent = (0..<stage).reduce(side) { extent, _ in (extent + 1) / 2 }
      #expect(
        network.shape(of: "decoder.\(stage).fuse") == FeatureShape(channels, extent, extent))
    }
    #expect(network.logitsShape == FeatureShape(12, side, side))
  }

  @Test("the fusion network has the parameters of its authors' code, whose two paths are groups")
  func fusion() throws {
    let network = try templateNetwork("dmpp", classes: 1, channels: 2)
    #expect(network.parameterCount == 805_891)
    #expect(network.parameterCount(of: "paths.") == 2 * 204_481)
    #expect(network.parameterCount(of: "fusion.") == 396_784)
    #expect(network.logitsShape == FeatureShape(1, 64, 64))
    let groups = (0...6).compactMap { network.convolution("paths.\($0)")?.groups }
    #expect(groups == [2, 2, 2, 2, 2, 2, 2])
    // Both paths see images that are not a likelihood and a skeleton.
    let colored = try templateNetwork("dmpp", classes: 2)
    #expect(colored.convolution("paths.0")?.groups == 1)
    #expect(colored.parameterCount == 805_891 + 145 + 32 * 9 * 2)
  }
}
