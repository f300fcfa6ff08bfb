@testable import Groundwork
@testable import ModelFiles
@testable import Networks
import Testing

@Suite struct TranslationTests {
  private func translate(
    _ sizes: [ImageSizes], _ options: ModelOptions = ModelOptions()
  ) throws -> TranslatedNetwork {
    // The structure does not depend on the weights.
    let network = sizes[0].networks[0]
    let shapes =
      network.parameters.map { ($0.name, $0.count) }
      + network.statistics.map { ($0.name, $0.count) }
    let counts = Dictionary(uniqueKeysWithValues: shapes)
    return try TranslatedNetwork(sizes, options, program: ("experiments", "test")) {
      Array(repeating: 1, count: counts[$0] ?? 0)
    }
  }

  @Test("every template becomes a sound model with its heads", arguments: TemplateCase.all)
  func templates(one: TemplateCase) throws {
    let (network, sizes) = try one.sizes()
    let model = try translate(sizes).model
    #expect(model.problems == [])
    #expect(model.graph.outputs.map(\.name) == network.heads.map(\.name))
    #expect(model.graph.inputs.map(\.name) == ["image"])
  }

  @Test(
    "every operation becomes a sound model that is read as it was written",
    arguments: OperationCase.all)
  func operations(one: OperationCase) throws {
    let translated = try translate(one.sizes)
    #expect(translated.model.problems == [])
    #expect(try ONNXModel(translated.model.encoded()) == translated.model)
    #expect((translated.step != nil) == one.isElastic)
  }

  @Test("every layer of written networks is among the operations")
  func layers() {
    #expect(Set(OperationCase.all.compactMap(\.layer)) == Set(Registry.layers.names))
  }

  @Test(
    "templates take images of other sizes than the one that they were built for",
    arguments: [
      ("unet", 16), ("unet_bilinear", 1), ("segnet", 1), ("enet", 8), ("deeplabv3", 1),
      ("fcn8s", 32), ("unetplusplus", 1), ("linknet", 32), ("pspnet_50", 1), ("residual_unet", 1),
    ])
  func steps(name: String, step: Int) throws {
    let one = try #require(TemplateCase.all.first { $0.name == name })
    let translated = try translate(one.sizes().sizes)
    #expect(translated.step == step)
    #expect(
      translated.model.graph.inputs[0].shape == [.any("N"), .fixed(3), .any("H"), .any("W")])
  }

  @Test("a model of one size says what fixes it")
  func fixedSize() throws {
    let one = try #require(OperationCase.all.first { $0.name == "resize_nearest_like" })
    let translated = try translate(one.sizes)
    #expect(translated.step == nil && translated.sizeDependentNode == "resize")
    #expect(
      translated.model.graph.inputs[0].shape == [.any("N"), .fixed(4), .fixed(13), .fixed(18)])
    let wanted = try translate([ImageSizes(fixed: one.network(one.size))])
    #expect(wanted.step == nil && wanted.sizeDependentNode == nil)
    #expect(wanted.model == translated.model)
  }

  @Test("a norm is folded into the convolution before it unless that is read elsewhere")
  func folding() throws {
    func types(_ name: String, folds: Bool) throws -> [String] {
      let one = try #require(OperationCase.all.first { $0.name == name })
      var options = ModelOptions()
      options.foldsNorms = folds
      return try translate(one.sizes, options).model.graph.nodes.map(\.type)
    }
    #expect(try types("batch_norm_folded", folds: true) == ["Conv", "Relu"])
    #expect(
      try types("batch_norm_folded", folds: false) == ["Conv", "BatchNormalization", "Relu"])
    #expect(
      try types("batch_norm_beside_its_input", folds: true)
        == ["Conv", "BatchNormalization", "Add"])
    #expect(try types("transposed_convolution_norm", folds: true) == ["ConvTranspose"])
  }

  @Test("a folded norm gives the weights that its formula does")
  func foldedWeights() throws {
    let one = try #require(OperationCase.all.first { $0.name == "transposed_convolution_norm" })
    let values = TestWeights.values(of: one.network(one.size))
    let model = try TranslatedNetwork(one.sizes, ModelOptions(), program: ("", "")) {
      values[$0] ?? []
    }.model
    func own(_ name: String) -> [Float] { values[name] ?? [] }
    let factors = zip(own("norm.scale"), own("norm.variance")).map { $0 / ($1 + 1e-5).squareRoot() }
    let weight = own("conv.weight").enumerated().map { index, value in
      // Inputs × outputs × 4 × 4.
      value * factors[index / 16 % 3]
    }
    let bias = (0..<3).map { own("norm.shift")[$0] - own("norm.mean")[$0] * factors[$0] }
    for (tensor, expected) in zip(model.graph.initializers, [weight, bias]) {
      guard case .floats(let found) = tensor.values else {
        Issue.record("\(tensor.name) holds integers")
        continue
      }
      try #require(found.count == expected.count)
      for (one, other) in zip(found, expected) { #expect(abs(one - other) < 1e-5) }
    }
  }

  @Test("probabilities and labels leave out what they do not need")
  func outputs() throws {
    let one = TemplateCase("unet_small", ["edge_head": .boolean(true)])
    for output in ModelOutput.allCases {
      var options = ModelOptions()
      options.output = output
      let graph = try translate(one.sizes().sizes, options).model.graph
      let hasEdges = graph.initializers.contains { $0.name.hasPrefix("edge_head") }
      #expect(hasEdges == (output == .logits))
      #expect(
        graph.outputs.map(\.name) == (output == .logits ? ["logits", "edges"] : [output.rawValue]))
    }
  }

  @Test("an image is normalized by two nodes that say so")
  func normalization() throws {
    let one = try #require(OperationCase.all.first { $0.name == "relu" })
    var options = ModelOptions()
    options.normalization = ImageNormalization(
      mean: [0, 0.5, 1, 0.25], deviation: [1, 0.5, 2, 1],
      ranges: Array(repeating: 0...255, count: 4))
    let graph = try translate(one.sizes, options).model.graph
    #expect(
      graph.nodes.map(\.name) == ["normalize.subtract", "normalize.divide", "relu"])
    #expect(
      graph.initializers.map(\.values)
        == [.floats([0, 127.5, 255, 63.75]), .floats([255, 127.5, 510, 255])])
    #expect(graph.initializers.map(\.shape) == [[4, 1, 1], [4, 1, 1]])
  }

  @Test("heads and nodes of one name are kept apart")
  func names() throws {
    let input = NetworkInput(channels: 2, size: Size(square: 4))
    var net = NetworkBuilder(name: "names", input: input)
    let x = net.convolution("image", net.input, outputs: 2, kernel: Size(square: 1))
    let logits = net.relu(net.sigmoid(net.relu(net.prelu("logits", x))))
    let network = net.build(logits: logits, others: [("same", logits), ("first", x)])
    let model = try translate([ImageSizes(fixed: network)]).model
    #expect(model.problems == [])
    #expect(model.graph.outputs.map(\.name) == ["logits", "same", "first"])
    #expect(
      model.graph.nodes.map(\.name)
        == ["image_2", "logits_2", "relu", "sigmoid", "relu_2", "same_2"])
  }
}
