@testable import Execution
@testable import Groundwork
@testable import Networks
import Testing

/// Networks of volumes.
@Suite struct VolumeTemplateTests {
  private func network(
    _ name: String, _ written: [String: FieldValue] = [:], channels: Int = 1, classes: Int = 12,
    extent: SpatialExtent = [16, 32, 32]
  ) throws -> Network {
    try makeTemplate(name, written).network(
      input: NetworkInput(channels: channels, extent: extent), classes: classes)
  }

  // The paper's count leaves out the biases of the transposed convolutions and the norms' parameters.
  @Test("3D U-Net has the published number of parameters, and ours with all of its own")
  func unet3dParameters() throws {
    let paper: [String: FieldValue] = ["norm": .name("none"), "up_bias": .boolean(false)]
    #expect(try network("unet3d", paper, channels: 3, classes: 3).parameterCount == 19_069_955)
    #expect(
      try network("unet3d", ["norm": .name("none")], channels: 3, classes: 3).parameterCount
        == 19_070_851)
    #expect(try network("unet3d", channels: 3, classes: 3).parameterCount == 19_075_523)
    #expect(try network("unet3d").parameterCount == 19_074_380)
    #expect(try network("unet3d", channels: 3).parameterCount == 19_076_108)
    #expect(try network("unet3d").statisticsCount == 4_672)
  }

  @Test("3D U-Net has the paper's layers, one by one")
  func unet3dLayers() throws {
    let network = try network("unet3d", ["norm": .name("none")])
    for (prefix, count) in [
      ("encoder0.", 896 + 55_360), ("encoder1.", 110_656 + 221_312),
      ("encoder2.", 442_496 + 884_992), ("bottleneck.", 1_769_728 + 3_539_456),
      ("decoder2.up.", 2_097_152 + 512), ("decoder1.up.", 524_288 + 256),
      ("decoder0.up.", 131_072 + 128), ("decoder2.convolution", 5_308_672 + 1_769_728),
      ("decoder1.convolution", 1_327_232 + 442_496), ("decoder0.convolution", 331_840 + 110_656),
      ("head.", 65 * 12),
    ] {
      #expect(network.parameterCount(of: prefix) == count, "\(prefix)")
    }
  }

  // Counted by the twins of Fixtures/parity/volumes.py.
  @Test("the others have the parameters of their twins in PyTorch")
  func otherParameters() throws {
    #expect(try network("vnet", classes: 2).parameterCount == 65_178_770)
    #expect(try network("residual_unet3d", classes: 2).parameterCount == 28_437_314)
    #expect(try network("sensor3d", channels: 3).parameterCount == 8_858_572)
  }

  @Test("Sensor3D has a U-Net's layers between memories, which keep what they saw at first")
  func sensor3d() throws {
    let network = try network("sensor3d", channels: 3, extent: [3, 32, 40])
    for (prefix, count) in [
      ("encoder0.", 80_896), ("encoder1.", 221_440), ("encoder2.", 885_248),
      ("encoder3.", 3_539_968), ("decoder2.", 2_949_888), ("decoder1.", 737_664),
      ("decoder0.up.", 73_792), ("decoder0.forward.", 184_448), ("decoder0.backward.", 184_448),
      ("head.", 780),
    ] {
      #expect(network.parameterCount(of: prefix) == count, "\(prefix)")
    }
    #expect(network.logitsShape == FeatureShape(12, [3, 32, 40]))
    let bias = network.parameters.first { $0.name == "encoder0.forward.hidden.bias" }
    #expect(bias?.initializer == .parts([0, 1, 0, 0]))
    // Two slices beyond a place's own are seen through the memories alone.
    #expect(network.receptiveFields[network.headValues[0]].extents[0] == 5)
  }

  @Test(
    "flat levels keep the depth and have kernels of one slice",
    arguments: ["unet3d", "vnet", "residual_unet3d"])
  func flat(name: String) throws {
    let written: [String: FieldValue] = [
      "base_channels": .integer(4), "depth": .integer(3), "flat_levels": .integer(2),
    ]
    let network = try network(name, written, extent: [2, 16, 24])
    #expect(network.logitsShape == FeatureShape(12, [2, 16, 24]))
    #expect(network.convolution("encoder0.convolution0")?.kernel.depth == 1)
    #expect(network.convolution("encoder1.convolution0")?.kernel.depth == 1)
    #expect(try #require(network.convolution("encoder2.convolution0")).kernel.depth > 1)
    let bottom = try #require(network.shape(of: "bottleneck.convolution0"))
    #expect(bottom.extent == [1, 2, 3])
  }

  @Test("an extent that does not divide is refused with the next that does")
  func extents() throws {
    func refusal(_ written: [String: FieldValue], _ extent: SpatialExtent) -> String? {
      #expect(throws: ComponentError.self) { try network("unet3d", written, extent: extent) }?
        .message
    }
    #expect(
      refusal([:], [12, 128, 100]) == "input 12×128×100 is not divisible by 8: use 16×128×104")
    #expect(
      refusal(["flat_levels": .integer(2)], [5, 64, 60])
        == "input 5×64×60 is not divisible by 2×8×8: use 6×64×64")
    let tooFlat = #expect(throws: ComponentError.self) {
      try makeTemplate("unet3d", ["depth": .integer(1), "flat_levels": .integer(2)])
    }
    #expect(tooFlat?.field == "flat_levels")
  }

  @Test("V-Net refuses more channels than its first stage has")
  func channels() {
    let error = #expect(throws: ComponentError.self) {
      try network("vnet", ["base_channels": .integer(2)], channels: 3)
    }
    #expect(error?.field == "base_channels")
  }
}
