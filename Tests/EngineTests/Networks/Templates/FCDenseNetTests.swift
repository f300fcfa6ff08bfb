@testable import Groundwork
@testable import Networks
import Testing

@Suite struct FCDenseNetTests {
  @Test(
    "each has the parameters, statistics and convolutions of the authors' code",
    arguments: [
      ("fc_densenet56", 56, 1_376_988, 193, 21_168), ("fc_densenet67", 67, 3_463_532, 289, 39_680),
      ("fc_densenet103", 103, 9_322_348, 257, 103_072),
    ])
  func counts(
    name: String, convolutions: Int, parameters: Int, ofEachClass: Int, statistics: Int
  ) throws {
    let network = try templateNetwork(name)
    #expect(network.nodes.count { $0.operation.isConvolution } == convolutions)
    #expect(network.parameterCount == parameters)
    #expect(network.statisticsCount == statistics)
    #expect(
      try templateNetwork(name, classes: 21).parameterCount == parameters + 9 * ofEachClass)
  }

  // Only what the last block of the way up, and the blocks of the way down, make is read as a whole
  // stack: of the others the stack is looked at before its last 16 maps.
  @Test(
    "stacks have the channels and extents of the layer table",
    arguments: [
      ("first", 48, 224), ("down1.layer4.join", 112, 224), ("down1.transition.pool", 112, 112),
      ("down2.layer5.join", 192, 112), ("down3.layer7.join", 304, 56),
      ("down4.layer10.join", 464, 28), ("down5.layer12.join", 656, 14),
      ("bottleneck.layer14.join", 896 - 16, 7), ("up1.transition.convolution", 240, 15),
      ("up1.transition.join", 896, 14), ("up1.layer11.join", 1088 - 16, 14),
      ("up2.transition.join", 656, 28), ("up2.layer9.join", 816 - 16, 28),
      ("up3.layer6.join", 576 - 16, 56), ("up4.layer4.join", 384 - 16, 112),
      ("up5.layer4.join", 256, 224),
      ("head", 12, 224),
    ])
  func stacks(node: String, channels: Int, side: Int) throws {
    let network = try templateNetwork("fc_densenet103", size: Size(square: 224))
    #expect(network.shape(of: node) == FeatureShape(channels, side, side))
  }

  @Test(
    "stacks of the smaller two have the channels of the layer table",
    arguments: [
      ("fc_densenet56", 4, 12, [96, 144, 192, 240, 288], 336, [384, 336, 288, 240, 192]),
      ("fc_densenet67", 5, 16, [128, 208, 288, 368, 448], 528, [608, 528, 448, 368, 288]),
    ])
  func smallerStacks(
    name: String, layers: Int, growth: Int, down: [Int], bottom: Int, up: [Int]
  ) throws {
    let network = try templateNetwork(name)
    func channels(_ block: String) -> Int? {
      network.shape(of: "\(block).layer\(layers - 1).join").map { $0.channels + growth }
    }
    #expect((1...5).map { channels("down\($0)") } == down)
    #expect(channels("bottleneck") == bottom)
    #expect((1...5).map { channels("up\($0)") } == up)
  }

  @Test("a crop to the skip's extent takes images of any size")
  func anySize() throws {
    let wide = try templateNetwork("fc_densenet56", size: Size(height: 360, width: 480))
    #expect(wide.shape(of: "down5.transition.pool") == FeatureShape(288, 11, 15))
    #expect(wide.shape(of: "up1.transition.convolution") == FeatureShape(48, 23, 31))
    #expect(wide.shape(of: "up1.transition.join") == FeatureShape(336, 22, 30))
    // 2 · 22 + 1 rows are the 45 of the skip: they are not cut, while 61 columns are, to 60.
    #expect(wide.shape(of: "up2.transition.crop") == FeatureShape(48, 45, 60))
    let odd = try templateNetwork(
      "fc_densenet56", classes: 5, size: Size(height: 97, width: 129))
    #expect(odd.logitsShape == FeatureShape(5, 97, 129))
  }

  @Test("what is enlarged comes before the skip, and a layer's maps behind the stack")
  func order() throws {
    let network = try templateNetwork("fc_densenet56")
    #expect(try network.readsNewestFirst("up3.transition.join"))
    #expect(try !network.readsNewestFirst("down1.layer2.join"))
  }

  @Test("less than 32 pixels are refused")
  func smallestSize() throws {
    let error = try templateRefusal("fc_densenet103", size: Size(height: 31, width: 40))
    #expect(error?.message == "input 31×40 is too small: use at least 32×40")
  }

  @Test("dropout follows every convolution but the first and the last")
  func dropout() throws {
    func count(_ rate: Double) throws -> Int {
      try templateNetwork("fc_densenet56", ["dropout": .number(rate)]).nodes
        .count { $0.operation == .dropout(Dropout(rate: Float(rate))) }
    }
    // 44 layers and 5 transitions down; the 5 transitions up have none.
    #expect(try count(0.2) == 49)
    #expect(try count(0) == 0)
  }
}
