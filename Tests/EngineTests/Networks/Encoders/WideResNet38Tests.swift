@testable import Groundwork
@testable import Networks
import Testing

@Suite struct WideResNet38Tests {
  private func network(
    outputStride: Int, size: Size = Size(square: 64)
  ) -> (network: Network, stages: [FeatureShape], full: FeatureShape?) {
    var net = NetworkBuilder(name: "test", input: NetworkInput(channels: 3, size: size))
    let features = WideResNet38().features(&net, outputStride: outputStride)
    let stages = features.stages.map { net.shape(of: $0) }
    let full = features.full.map { net.shape(of: $0) }
    return (net.build(logits: features.last), stages, full)
  }

  // Sums over the kernels and norms of the blocks that the paper's table lists.
  @Test(
    "each module has its parameters",
    arguments: [
      ("mod1.", 1_728), ("mod2.", 820_608), ("mod3.", 3_279_616), ("mod4.", 27_274_752),
      ("mod5.", 26_484_736), ("mod6.", 9_442_304), ("mod7.", 37_758_976), ("", 105_062_720),
    ])
  func parameters(module: String, count: Int) {
    let network = network(outputStride: 8).network
    #expect(network.parameterCount(of: "encoder.\(module)") == count)
    #expect(network.statisticsCount == 39_552)
  }

  @Test("beyond the output stride maps keep their extent", arguments: [8, 16, 32])
  func stages(outputStride: Int) {
    let (_, stages, full) = network(outputStride: outputStride)
    #expect(full == FeatureShape(64, 64, 64))
    let channels = [128, 256, 512, 1024, 4096]
    let expected = zip(channels, [2, 4, 8, 16, 32]).map { channels, stride in
      let side = 64 / min(stride, outputStride)
      return FeatureShape(channels, side, side)
    }
    #expect(stages == expected)
  }

  @Test("at a stride of 8 the last modules dilate by 2, 4 and 4, as the authors'")
  func dilations() {
    let network = network(outputStride: 8).network
    let dilations = [
      "mod4.block6.convs.conv1", "mod5.block1.convs.conv1", "mod5.block3.convs.conv2",
      "mod6.block1.convs.conv2", "mod7.block1.convs.conv2",
    ].map { network.convolution("encoder.\($0)")?.dilation }
    #expect(dilations == [1, 2, 2, 4, 4].map { [$0, $0] })
  }
}
