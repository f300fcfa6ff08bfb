@testable import Groundwork
@testable import Networks
import Testing

@Suite struct ResidualUNetTests {
  @Test("it has the parameters and statistics of the authors' configuration")
  func counts() throws {
    let network = try templateNetwork("residual_unet")
    #expect(network.parameterCount == 11_471_308)
    #expect(network.statisticsCount == 52_864)
    #expect(try templateNetwork("residual_unet", classes: 21).parameterCount == 11_471_605)
  }

  @Test("with one initial block, as in the paper's table, it has fewer")
  func oneInitialBlock() throws {
    let network = try templateNetwork("residual_unet", ["initial_blocks": .integer(1)])
    #expect(network.parameterCount == 11_452_684)
  }

  @Test(
    "stages have the channels and extents of the layer table",
    arguments: [
      ("pre.convolution", 32, 512), ("down1.block1.sum", 32, 256), ("down2.block1.sum", 32, 128),
      ("down3.block3.sum", 128, 64), ("down4.block8.sum", 256, 32), ("down5.block10.sum", 512, 16),
      ("across.block1.sum", 1024, 8), ("across.block3.sum", 1024, 16), ("up1.join", 512, 16),
      ("up1.block10.sum", 512, 32), ("up2.block8.sum", 256, 64), ("up3.block3.sum", 128, 128),
      ("up4.block1.sum", 32, 256), ("up5.block1.sum", 32, 512), ("post.convolution", 32, 512),
      ("head", 12, 512),
    ])
  func stages(node: String, channels: Int, side: Int) throws {
    let network = try templateNetwork("residual_unet", size: Size(square: 512))
    #expect(network.shape(of: node) == FeatureShape(channels, side, side))
  }

  @Test("odd extents are rounded up on the way down and met again on the way up")
  func anySize() throws {
    let network = try templateNetwork(
      "residual_unet", classes: 5, size: Size(height: 97, width: 129))
    #expect(network.logitsShape == FeatureShape(5, 97, 129))
    #expect(network.shape(of: "down2.block1.sum") == FeatureShape(32, 25, 33))
    #expect(network.shape(of: "up4.block1.sum") == FeatureShape(32, 49, 65))
  }

  @Test("a shortcut is the input itself unless the channels differ")
  func shortcuts() throws {
    let names = try templateNetwork("residual_unet").parameters.map(\.name)
    let shortcuts = names.filter { $0.hasSuffix(".shortcut.weight") }
    #expect(
      shortcuts == [
        "down3.block1.shortcut.weight", "down4.block1.shortcut.weight",
        "down5.block1.shortcut.weight", "across.block1.shortcut.weight",
      ])
  }

  @Test("each of the 49 blocks ends in dropout, unless its rate is 0")
  func dropout() throws {
    func count(_ rate: Double) throws -> Int {
      try templateNetwork("residual_unet", ["dropout": .number(rate)]).nodes
        .count { $0.name.hasSuffix(".dropout") }
    }
    #expect(try count(0.1) == 49)
    #expect(try count(0) == 0)
  }
}
