@testable import Groundwork
@testable import Networks
import Testing

@Suite("What of a file a network begins with")
struct WeightMatchingTests {
  private func network(
    _ template: String, _ written: [String: FieldValue] = [:], channels: Int = 3
  ) throws -> (any Template, Network) {
    let template = try makeTemplate(template, written)
    let input = NetworkInput(channels: channels, size: Size(square: 64))
    return (template, try template.network(input: input, classes: 5))
  }

  private func offer(
    _ layer: String, _ role: String, _ shape: [Int], isChannelsLast: Bool = false
  ) -> OfferedTensor {
    OfferedTensor(
      name: "\(layer)/\(role)", layer: layer, role: role, shape: shape,
      isChannelsLast: isChannelsLast)
  }

  private func outcome(_ matching: WeightMatching, _ name: String) throws -> WeightMatching.Outcome
  {
    try #require(matching.entries.first { $0.name == name }, "\(name)").outcome
  }

  @Test(
    "a layer of the encoder is found by the name that each framework has for it",
    arguments: ["conv1_2", "block1_conv2", "features.2", "encoder.conv1_2"])
  func names(layer: String) throws {
    let (_, network) = try network("pspnet_vgg16")
    let matching = WeightMatching(network, from: [offer(layer, "weight", [64, 64, 3, 3])])
    #expect(try outcome(matching, "encoder.conv1_2.weight") == .taken(0, .none))
    #expect(try outcome(matching, "encoder.conv1_2.bias") == .missing)
    #expect(matching.takenCount == 1 && matching.leftOut.isEmpty)
  }

  @Test("torchvision numbers the layers of VGG with norms by other positions")
  func positions() throws {
    let (_, network) = try network(
      "unet", ["encoder": .name("vgg16_bn"), "base_channels": .integer(16)])
    let offered = [
      offer("features.2", "weight", [64, 64, 3, 3]), offer("features.3", "weight", [64, 64, 3, 3]),
      offer("features.4", "mean", [64]),
    ]
    let matching = WeightMatching(network, from: offered)
    #expect(try outcome(matching, "encoder.conv1_2.weight") == .taken(1, .none))
    #expect(try outcome(matching, "encoder.bn1_2.mean") == .taken(2, .none))
    #expect(matching.leftOut == [offered[0]])
  }

  @Test("what depends on the number of classes begins anew, and only where that is asked for")
  func finetuning() throws {
    let (template, network) = try network("unet", ["base_channels": .integer(4)])
    let offered = network.parameters.map { parameter in
      offer(
        String(parameter.name.prefix(upTo: parameter.name.lastIndex(of: ".")!)),
        String(parameter.name.split(separator: ".").last!), parameter.shape)
    }
    let dependent = try template.classDependentParameters(input: network.input, classes: 5)
    #expect(dependent == ["head.weight", "head.bias"])
    let kept = WeightMatching(network, from: offered, classDependent: dependent)
    #expect(kept.takenCount == network.parameters.count)
    let tuned = WeightMatching(
      network, from: offered, classDependent: dependent,
      rules: WeightMatching.Rules(finetunes: true))
    #expect(try outcome(tuned, "head.weight") == .fresh)
    #expect(tuned.takenCount == network.parameters.count - 2)
    #expect(tuned.leftOut.map(\.layer) == ["head", "head"])
  }

  @Test("another shape does not fit, and another name fits where the spec says so")
  func unfitting() throws {
    let (_, network) = try network("pspnet_vgg16")
    let offered = [
      offer("conv1_2", "weight", [32, 64, 3, 3]), offer("second", "weight", [64, 64, 3, 3]),
    ]
    #expect(
      try outcome(WeightMatching(network, from: offered), "encoder.conv1_2.weight")
        == .unfitting(0))
    let mapped = WeightMatching(
      network, from: offered,
      rules: WeightMatching.Rules(layerNames: ["encoder.conv1_2": "second"]))
    #expect(try outcome(mapped, "encoder.conv1_2.weight") == .taken(1, .none))
  }

  @Test("the first layer takes other channels as their mean, and the same ones in reverse if asked")
  func firstLayer() throws {
    let offered = [offer("conv1_1", "weight", [64, 3, 3, 3])]
    let (_, grey) = try network("pspnet_vgg16", channels: 1)
    #expect(
      try outcome(WeightMatching(grey, from: offered), "encoder.conv1_1.weight")
        == .taken(0, .averagedInputs))
    let (_, coloured) = try network("pspnet_vgg16")
    let reversed = WeightMatching(
      coloured, from: offered, rules: WeightMatching.Rules(reversesInputs: true))
    #expect(try outcome(reversed, "encoder.conv1_1.weight") == .taken(0, .reversedInputs))
  }

  @Test("dense layers become convolutions, from either order of their inputs")
  func denseLayers() throws {
    let (_, network) = try network("fcn32s", ["fc_channels": .integer(8)])
    let shape = [8, 512 * 7 * 7]
    for (isLast, adaptation) in [
      (false, WeightAdaptation.reshaped), (true, .reshapedFromChannelsLast),
    ] {
      let matching = WeightMatching(
        network, from: [offer("fc6", "weight", shape, isChannelsLast: isLast)])
      #expect(try outcome(matching, "fc6.weight") == .taken(0, adaptation))
    }
  }
}

@Suite struct WeightAdaptationTests {
  @Test("inputs are averaged so that equal channels give what they gave")
  func averaging() {
    // Two outputs of three inputs and one tap; then of two inputs.
    let values: [Float] = [1, 2, 6, 0, 3, 3]
    let adapted = WeightAdaptation.averagedInputs.apply(
      values, from: [2, 3, 1, 1], to: [2, 2, 1, 1])
    #expect(adapted == [4.5, 4.5, 3, 3])
  }

  @Test("reversing inputs reverses nothing else")
  func reversing() {
    let values: [Float] = (0..<12).map(Float.init)
    let adapted = WeightAdaptation.reversedInputs.apply(
      values, from: [2, 3, 1, 2], to: [2, 3, 1, 2])
    #expect(adapted == [4, 5, 2, 3, 0, 1, 10, 11, 8, 9, 6, 7])
  }

  @Test("H, W, C becomes C, H, W")
  func channelsFirst() {
    // One output, two taps of three channels.
    let values: [Float] = [0, 1, 2, 10, 11, 12]
    let adapted = WeightAdaptation.reshapedFromChannelsLast.apply(
      values, from: [1, 6], to: [1, 3, 1, 2])
    #expect(adapted == [0, 10, 1, 11, 2, 12])
  }
}
