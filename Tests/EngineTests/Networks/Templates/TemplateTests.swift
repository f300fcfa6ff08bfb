@testable import Datasets
@testable import Groundwork
@testable import Networks
import Testing

@Suite struct TemplateTests {
  private func network(
    _ template: any Template, classes: Int = 12, height: Int = 64, width: Int = 96
  ) throws -> Network {
    try template.network(
      input: NetworkInput(channels: 3, size: Size(height: height, width: width)),
      classes: classes)
  }

  private func unet(_ written: [String: FieldValue] = [:]) -> UNet {
    UNet(FieldValues(written, of: UNet.fields))
  }

  // Counts from the layer tables of DeepDetect's prototxt and of re-implementations.
  @Test(
    "U-Net has the published number of parameters",
    arguments: [
      (64, 4, false, 31_032_460), (64, 4, true, 31_038_348), (32, 4, false, 7_760_460),
      (32, 4, true, 7_763_404), (16, 4, false, 1_941_292), (32, 3, false, 1_925_964),
      (32, 2, false, 466_892),
    ])
  func unetParameterCount(base: Int, depth: Int, batchNorm: Bool, count: Int) throws {
    let template = unet([
      "base_channels": .integer(base), "depth": .integer(depth), "batch_norm": .boolean(batchNorm),
    ])
    #expect(try network(template).parameterCount == count)
  }

  @Test("each further class costs U-Net one filter of the head")
  func unetClassCost() throws {
    let template = unet(["batch_norm": .boolean(false)])
    let counts = try [12, 13].map { try network(template, classes: $0).parameterCount }
    #expect(counts[1] - counts[0] == 65)
  }

  @Test("ENet has the parameters of the authors' code, stage by stage")
  func enetParameterCount() throws {
    let enet = try network(ENet(FieldValues([:], of: ENet.fields)))
    #expect(enet.parameterCount == 363_856)
    func count(_ prefix: String) -> Int {
      enet.parameters.filter { $0.name.hasPrefix(prefix) }.reduce(0) { $0 + $1.count }
    }
    #expect(count("initial.") == 412)
    #expect(count("bottleneck1_0.") == 4_656)
    #expect(count("bottleneck1_3.") == 4_656)
    #expect(count("bottleneck2_0.") == 22_112)
    #expect(count("bottleneck2_1.") == 18_016)
    #expect(count("bottleneck3_3.") == 19_040)
    #expect(count("bottleneck4_0.") == 13_904)
    #expect(count("bottleneck4_2.") == 4_560)
    #expect(count("bottleneck5_0.") == 1_572)
    #expect(count("bottleneck5_1.") == 324)
    #expect(count("fullconv.") == 65 * 12)
  }

  @Test("ENet's first block has 16 maps for grey images too")
  func greyENet() throws {
    let input = NetworkInput(channels: 1, size: Size(square: 32))
    let grey = try ENet(FieldValues([:], of: ENet.fields)).network(input: input, classes: 2)
    // 15 filters of 9 weights and a bias, beside the pooled image; a norm and a PReLU of 16 maps.
    let first = grey.parameters.filter { $0.name.hasPrefix("initial.") }
    #expect(first.reduce(0) { $0 + $1.count } == 15 * 10 + 3 * 16)
  }

  @Test("logits have the size of the input", arguments: ["unet", "enet"])
  func logitsShape(name: String) throws {
    let type = try #require(Registry.templates.find(name))
    let template = try type.init(FieldValues([:], of: type.fields))
    let network = try network(template, classes: 5)
    #expect(network.values[network.logits].shape == FeatureShape(5, 64, 96))
  }

  @Test("an edge head is one more output, its parameters the last", arguments: ["unet", "enet"])
  func edgeHead(name: String) throws {
    let type = try #require(Registry.templates.find(name))
    let networks = try [false, true].map {
      try network(
        type.init(FieldValues(["edge_head": .boolean($0)], of: type.fields)), classes: 5)
    }
    #expect(networks[1].heads.map(\.name) == ["logits", "edges"])
    #expect(networks[1].values[networks[1].heads[1].value].shape == FeatureShape(1, 64, 96))
    #expect(networks[1].logits == networks[0].logits)
    // One filter of the class head's size and a bias.
    let head = networks[0].parameters.suffix(2).map(\.count)
    #expect(networks[1].parameterCount - networks[0].parameterCount == head.reduce(0, +) / 5)
    #expect(networks[1].parameters.dropLast(2) == networks[0].parameters[...])
    #expect(networks[1].parameters.suffix(2).map(\.name) == ["edge_head.weight", "edge_head.bias"])
  }

  @Test(
    "a size that does not divide is refused with the next that does",
    arguments: [
      ("unet", 250, 250, "input 250×250 is not divisible by 16: use 256×256"),
      ("unet", 360, 480, "input 360×480 is not divisible by 16: use 368×480"),
      ("enet", 5, 96, "input 5×96 is not divisible by 8: use 8×96"),
    ])
  func sizes(name: String, height: Int, width: Int, message: String) throws {
    let type = try #require(Registry.templates.find(name))
    let template = try type.init(FieldValues([:], of: type.fields))
    #expect {
      try network(template, height: height, width: width)
    } throws: { error in
      (error as? ComponentError)?.message == message
    }
  }

  @Test("no two parameters share a name", arguments: ["unet", "enet"])
  func names(name: String) throws {
    let type = try #require(Registry.templates.find(name))
    let network = try network(try type.init(FieldValues([:], of: type.fields)))
    #expect(Set(network.parameters.map(\.name)).count == network.parameters.count)
    #expect(Set(network.statistics.map(\.name)).count == network.statistics.count)
  }
}
