@testable import Groundwork
@testable import Networks
import Testing

/// U-Net and those that share its design.
@Suite struct UNetTests {
  // Counts from the layer tables of DeepDetect's prototxt and of re-implementations.
  @Test(
    "U-Net has the published number of parameters",
    arguments: [
      (64, 4, "none", 31_032_460), (64, 4, "batch", 31_038_348), (32, 4, "none", 7_760_460),
      (32, 4, "batch", 7_763_404), (16, 4, "none", 1_941_292), (32, 3, "none", 1_925_964),
      (32, 2, "none", 466_892), (64, 4, "group", 31_038_348), (64, 4, "instance", 31_038_348),
    ])
  func parameterCount(base: Int, depth: Int, norm: String, count: Int) throws {
    let network = try templateNetwork(
      "unet",
      ["base_channels": .integer(base), "depth": .integer(depth), "norm": .name(norm)])
    #expect(network.parameterCount == count)
  }

  @Test("only batch norm has running statistics")
  func statisticCount() throws {
    for (norm, count) in [("batch", 11_776), ("group", 0), ("instance", 0), ("none", 0)] {
      let network = try templateNetwork("unet", ["norm": .name(norm)])
      #expect(network.statisticsCount == count, "\(norm)")
    }
  }

  @Test(
    "each further class costs one filter of the head",
    arguments: [("unet", 65), ("unet_small", 33)])
  func classCost(name: String, cost: Int) throws {
    let counts = try [12, 21].map { try templateNetwork(name, classes: $0).parameterCount }
    #expect(counts[1] - counts[0] == 9 * cost)
  }

  // 17,262,977 for one class is what the widespread PyTorch code prints.
  @Test("interpolation halves the channels beforehand", arguments: ["bilinear", "nearest"])
  func interpolated(up: String) throws {
    let network = try templateNetwork("unet", ["up": .name(up)], classes: 1)
    #expect(network.parameterCount == 17_262_977)
    #expect(network.shape(of: "decoder3.join")?.channels == 1024)
    #expect(network.shape(of: "decoder0.join")?.channels == 128)
  }

  @Test("interpolation takes images of any size from 2 to the power of the depth on")
  func anySize() throws {
    let fields: [String: FieldValue] = ["up": .name("bilinear")]
    let size = Size(height: 97, width: 129)
    let odd = try templateNetwork("unet", fields, classes: 5, size: size)
    #expect(odd.logitsShape == FeatureShape(5, 97, 129))
    #expect(odd.shape(of: "decoder3.up") == FeatureShape(512, 12, 16))
    let error = try templateRefusal("unet", fields, size: Size(height: 9, width: 129))
    #expect(error?.message == "input 9×129 is too small: use at least 16×129")
  }

  @Test("unet_small is U-Net of half the width")
  func small() throws {
    let counts = try ["none", "batch"].map {
      try templateNetwork("unet_small", ["norm": .name($0)]).parameterCount
    }
    #expect(counts == [7_760_460, 7_763_404])
  }

  @Test("attention gates cost what their layer table says")
  func attention() throws {
    let network = try templateNetwork("attention_unet")
    #expect(network.parameterCount == 31_389_880)
    #expect(network.statisticsCount == 13_704)
    // 2 · (512 · 256 + 256) + 256 + 1 of convolutions and 2 · (256 + 256 + 1) of norms.
    #expect(network.parameterCount(of: "decoder3.gate.") == 262_656 + 257 + 1_026)
    #expect(network.shape(of: "decoder3.gate.psi") == FeatureShape(1, 8, 8))
    // The skip, and one factor for each of its places.
    let product = try #require(network.nodes.first { $0.name == "decoder3.gate.product" })
    #expect(
      product.inputs.map { network.values[$0].shape }
        == [FeatureShape(512, 8, 8), FeatureShape(1, 8, 8)])
    #expect(network.nodes.first { $0.outputs == [product.inputs[1]] }?.operation == .sigmoid)
    #expect(
      try templateNetwork("unet", ["attention": .boolean(true)]).parameters
        == network.parameters)
  }

  @Test("a residual pair of convolutions has a 1×1 shortcut where the channels change")
  func residual() throws {
    let network = try templateNetwork(
      "unet", ["base_channels": .integer(4), "depth": .integer(1), "residual": .boolean(true)])
    let shortcuts = network.parameters.filter { $0.name.hasSuffix("shortcut.weight") }
    #expect(shortcuts.map(\.shape) == [[4, 3, 1, 1], [8, 4, 1, 1], [4, 8, 1, 1]])
    // The same pair of equally many channels adds its input itself.
    let equal = try templateNetwork(
      "unet",
      [
        "base_channels": .integer(3), "depth": .integer(1), "residual": .boolean(true),
        "up": .name("nearest"),
      ])
    let names = equal.parameters.map(\.name)
    #expect(
      !names.contains { $0.hasPrefix("encoder0.shortcut") || $0.hasPrefix("bottleneck.shortcut") })
    #expect(equal.nodes.count { $0.operation == .add } == 3)
  }

  @Test("dropout lies behind the two coarsest levels of the encoder, where it is asked for")
  func dropout() throws {
    func dropouts(_ rate: Double) throws -> [String] {
      try templateNetwork("unet", ["dropout": .number(rate)]).nodes.map(\.name)
        .filter { $0.hasSuffix("dropout") }
    }
    #expect(try dropouts(0) == [])
    #expect(try dropouts(0.5) == ["encoder3.dropout", "bottleneck.dropout"])
  }

  @Test("group norm has 32 groups, or as many as leave two channels to each")
  func groups() throws {
    for (channels, groups) in [(128, 32), (64, 32), (32, 16), (6, 1), (4, 2), (2, 1), (1, 1)] {
      let network = try templateNetwork(
        "unet",
        ["base_channels": .integer(channels), "depth": .integer(1), "norm": .name("group")])
      #expect(
        network.nodes.first { $0.name == "encoder0.norm0" }?.operation
          == .groupNorm(GroupNorm(groups: groups)), "\(channels)")
    }
  }

  @Test("a norm of one value is refused")
  func normOfOneValue() throws {
    let error = try templateRefusal(
      "unet", ["norm": .name("instance")], size: Size(square: 16))
    #expect(error?.field == "norm")
    #expect(error?.message.contains("bottleneck.norm0 sees a single value") == true)
    #expect(
      try templateNetwork("unet", ["norm": .name("group")], size: Size(square: 16))
        .parameterCount == 31_038_348)
  }
}
