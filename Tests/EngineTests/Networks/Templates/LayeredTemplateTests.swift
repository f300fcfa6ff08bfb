@testable import Groundwork
@testable import Networks
import Testing

@Suite struct LayeredTemplateTests {
  private func layer(
    _ kind: String, _ written: [String: FieldValue] = [:], name: String? = nil,
    from source: String? = nil
  ) throws -> LayerSettings {
    let type = try #require(Registry.layers.find(kind))
    let values = FieldValues(written, of: type.fields)
    return LayerSettings(ComponentSettings(name: kind, values: values), name: name, source: source)
  }

  private func template(_ layers: [LayerSettings]) throws -> LayeredTemplate {
    try LayeredTemplate(
      FieldValues(["layers": .layers(layers)], of: LayeredTemplate.fields))
  }

  private func network(
    _ layers: [LayerSettings], size: Size = Size(height: 32, width: 48), classes: Int = 4
  ) throws -> Network {
    try template(layers).network(
      input: NetworkInput(channels: 3, size: size), classes: classes)
  }

  private func classifier() throws -> LayerSettings {
    try layer("convolution", ["outputs": .name("classes"), "kernel": .size(Size(square: 1))])
  }

  /// What is wrong, with the place of each mistake.
  private func problems(
    _ layers: [LayerSettings], size: Size = Size(height: 32, width: 48)
  ) throws -> [String] {
    do {
      _ = try network(layers, size: size)
      return []
    } catch let error as ComponentError {
      return error.all.map { "\($0.field ?? ""): \($0.message)" }
    }
  }

  @Test("a chain with a skip has the parameters that its layers add up to")
  func parameters() throws {
    let network = try network([
      layer("convolution", ["outputs": .integer(8)]),
      layer("batch_norm"),
      layer("relu", name: "skip"),
      layer("max_pool"),
      layer("convolution", ["outputs": .integer(16), "bias": .boolean(false)]),
      layer("resize", ["like": .name("skip")]),
      layer("concatenate", ["with": .names(["skip"])]),
      classifier(),
    ])
    // 3·8·9 + 8, 2·8, 8·16·9, (16 + 8)·4 + 4.
    #expect(network.parameters.map(\.count) == [216, 8, 8, 8, 1152, 96, 4])
    #expect(
      network.parameters.map(\.name) == [
        "convolution1.weight", "convolution1.bias", "batch_norm1.scale", "batch_norm1.shift",
        "convolution2.weight", "convolution3.weight", "convolution3.bias",
      ])
    #expect(network.values[network.logits].shape == FeatureShape(4, 32, 48))
  }

  @Test("a layer that has a name gives it to its parameters")
  func names() throws {
    let network = try network([
      layer("convolution", ["outputs": .integer(8)], name: "encoder.conv1"), classifier(),
    ])
    #expect(network.parameters[0].name == "encoder.conv1.weight")
    #expect(network.parameters[2].name == "convolution2.weight")
  }

  @Test("every layer of the list can stand in a chain", arguments: Registry.layers.names)
  func everyLayer(kind: String) throws {
    let special: [String: [String: FieldValue]] = [
      "convolution": ["outputs": .integer(16)], "transposed_convolution": ["outputs": .integer(16)],
      "max_unpool": ["of": .name("pool")], "resize": ["scale": .number(2)],
      "crop": ["size": .size(Size(square: 4))], "concatenate": ["with": .names(["pool"])],
      "add": ["with": .names(["pool"])], "multiply": ["with": .name("pool")],
      "pad_channels": ["channels": .integer(48)], "pixel_shuffle": ["factor": .integer(2)],
      "channel_shuffle": ["groups": .integer(4)], "group_norm": ["groups": .integer(8)],
    ]
    let network = try network([
      layer("convolution", ["outputs": .integer(32)]),
      layer("max_pool", name: "pool"),
      layer(kind, special[kind] ?? [:]),
      layer("resize", ["like": .name("input")]),
      classifier(),
    ])
    #expect(network.values[network.logits].shape == FeatureShape(4, 32, 48))
  }

  @Test("a depthwise convolution has a kernel for each channel")
  func depthwise() throws {
    let network = try network([
      layer("convolution", ["outputs": .name("inputs"), "groups": .name("inputs")]), classifier(),
    ])
    #expect(network.parameters[0].shape == [3, 1, 3, 3])
  }

  @Test("a value that its gate weighs may come first or second")
  func gates() throws {
    let network = try network([
      layer("convolution", ["outputs": .integer(8)], name: "features"),
      layer("adaptive_average_pool"),
      layer("sigmoid"),
      layer("multiply", ["with": .name("features")]),
      classifier(),
    ])
    #expect(network.values[network.logits].shape == FeatureShape(4, 32, 48))
  }

  @Test("an unpooling goes to the extent of the map that was pooled")
  func unpooling() throws {
    let network = try network(
      [
        layer("convolution", ["outputs": .integer(8)]), layer("max_pool", name: "pool"),
        layer("max_unpool", ["of": .name("pool")]), classifier(),
      ], size: Size(height: 33, width: 49))
    #expect(network.values[network.logits].shape == FeatureShape(4, 33, 49))
  }

  @Test("all layers that do not fit are told at once, with both shapes and a remedy")
  func misfits() throws {
    let problems = try problems([
      layer("convolution", ["outputs": .integer(8)], name: "skip"),
      layer("max_pool"),
      layer("add", ["with": .names(["skip"])]),
      layer("relu"),
      layer("convolution", ["outputs": .integer(6)], from: "skip"),
      layer("group_norm", ["groups": .integer(4)]),
    ])
    #expect(
      problems == [
        "layers.2.add.with: the chain has 8×16×24, and 'skip' is 8×32×48: put resize: {like: skip} "
          + "before it",
        "layers.5.group_norm.groups: 6 channels do not make 4 groups: use a number that divides them",
        "layers.3.relu: nothing reads what this layer gives: name it with as and join it, or leave "
          + "it out",
      ])
  }

  @Test("channels that do not add up come with the convolution that helps")
  func channels() throws {
    let problems = try problems([
      layer("convolution", ["outputs": .integer(8)], name: "skip"),
      layer("convolution", ["outputs": .integer(16)]),
      layer("add", ["with": .names(["skip"])]),
    ])
    #expect(
      problems == [
        "layers.2.add.with: the chain has 16×32×48, and 'skip' is 8×32×48: put "
          + "convolution: {outputs: 8, kernel: 1} before it"
      ])
  }

  @Test("logits are those of the classes at the extent of the image")
  func logits() throws {
    #expect(
      try problems([layer("convolution", ["outputs": .integer(8)]), layer("max_pool")]) == [
        "layers.1.max_pool: the last layer gives 8×16×24, but the logits of these images are "
          + "4×32×48: end with convolution: {outputs: classes, kernel: 1}, and put "
          + "resize: {like: input} behind it"
      ])
  }

  @Test("a window that finds no room is an error, whatever its stride")
  func room() throws {
    let problems = try problems(
      [
        layer(
          "convolution",
          [
            "outputs": .integer(8), "kernel": .size(Size(square: 7)), "padding": .integer(0),
            "stride": .size(Size(square: 2)),
          ])
      ], size: Size(height: 6, width: 48))
    #expect(problems.count == 1)
    #expect(problems[0].hasPrefix("layers.0.convolution.kernel: a window of 7×7 finds no room"))
  }

  @Test("a network without anything to learn is refused")
  func nothingToLearn() throws {
    let problems = try problems([layer("pad_channels", ["channels": .integer(4)])])
    #expect(problems == ["layers: no layer has anything to learn"])
  }

  @Test("a name that another layer gets by itself is refused")
  func ambiguousName() throws {
    #expect(throws: ComponentError.self) {
      try template([
        layer("relu", name: "convolution1"), layer("convolution", ["outputs": .integer(4)]),
      ])
    }
  }

  @Test("layers that enlarge without end are refused before numbers overflow")
  func tooLarge() throws {
    let layers = try (0..<6).map { _ in try layer("resize", ["scale": .number(64)]) }
    #expect(try problems(layers + [classifier()])[0].contains("more than 2³³ values"))
  }
}
