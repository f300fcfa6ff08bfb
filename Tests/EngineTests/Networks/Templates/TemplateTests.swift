@testable import Groundwork
@testable import Networks
import Testing

@Suite struct TemplateTests {
  @Test("ENet has the parameters of the authors' code, stage by stage")
  func enetParameterCount() throws {
    let enet = try templateNetwork("enet")
    #expect(enet.parameterCount == 363_856)
    #expect(enet.parameterCount(of: "initial.") == 412)
    #expect(enet.parameterCount(of: "bottleneck1_0.") == 4_656)
    #expect(enet.parameterCount(of: "bottleneck1_3.") == 4_656)
    #expect(enet.parameterCount(of: "bottleneck2_0.") == 22_112)
    #expect(enet.parameterCount(of: "bottleneck2_1.") == 18_016)
    #expect(enet.parameterCount(of: "bottleneck3_3.") == 19_040)
    #expect(enet.parameterCount(of: "bottleneck4_0.") == 13_904)
    #expect(enet.parameterCount(of: "bottleneck4_2.") == 4_560)
    #expect(enet.parameterCount(of: "bottleneck5_0.") == 1_572)
    #expect(enet.parameterCount(of: "bottleneck5_1.") == 324)
    #expect(enet.parameterCount(of: "fullconv.") == 65 * 12)
  }

  @Test("ENet's first block has 16 maps for grey images too")
  func greyENet() throws {
    let input = NetworkInput(channels: 1, size: Size(square: 32))
    let grey = try ENet(FieldValues([:], of: ENet.fields)).network(input: input, classes: 2)
    // 15 filters of 9 weights and a bias, beside the pooled image; a norm and a PReLU of 16 maps.
    let first = grey.parameters.filter { $0.name.hasPrefix("initial.") }
    #expect(first.reduce(0) { $0 + $1.count } == 15 * 10 + 3 * 16)
  }

  @Test(
    "logits have the extent of the input",
    arguments: Registry.templates.members.filter { !$0.findsObjects }.map { $0.name })
  func logitsShape(name: String) throws {
    let network = try smallNetwork(name, classes: 5)
    #expect(network.logitsShape == FeatureShape(5, network.input.extent))
  }

  @Test(
    "an edge head is one more output, its parameters the last",
    arguments: ["unet", "unet_small", "attention_unet", "enet"])
  func edgeHead(name: String) throws {
    let networks = try [false, true].map {
      try templateNetwork(name, ["edge_head": .boolean($0)], classes: 5)
    }
    #expect(networks[1].heads.map(\.name) == ["logits", "edges"])
    #expect(networks[1].values[networks[1].heads[1].value].shape == FeatureShape(1, 64, 64))
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
    let error = try templateRefusal(name, size: Size(height: height, width: width))
    #expect(error?.message == message)
  }

  @Test("no two parameters share a name", arguments: Registry.templates.names)
  func names(name: String) throws {
    let network = try smallNetwork(name)
    #expect(Set(network.parameters.map(\.name)).count == network.parameters.count)
    #expect(Set(network.statistics.map(\.name)).count == network.statistics.count)
  }
}
