import Foundation
@testable import Groundwork
@testable import ModelFiles
@testable import Networks
import Testing
@testable import WeightFiles

@Suite struct KerasWriterTests {
  private func read(_ data: Data) throws -> WeightFile {
    try WeightFile(path: "file", contents: FileContents(Array(data)))
  }

  /// Templates with every kind of layer: transposed, depthwise, of one row or column, without norm, with
  /// slopes.
  static let templates = [
    TemplateCase("unet", ["base_channels": .integer(4), "depth": .integer(2)]),
    TemplateCase(
      "unet",
      ["base_channels": .integer(4), "depth": .integer(2), "norm": .name("none")],
      name: "unet without norm"),
    TemplateCase(
      "unet",
      ["base_channels": .integer(4), "depth": .integer(2), "norm": .name("group")],
      name: "unet with group norm"),
    TemplateCase("enet"), TemplateCase("gcn", ["encoder": .name("resnet18")]),
    TemplateCase("fpn", ["encoder": .name("mobilenet_v2")]),
  ]

  @Test(
    "this program's reader finds every tensor again, in the network's own order",
    arguments: templates)
  func reading(one: TemplateCase) throws {
    let network = try one.sizes().network
    let values = TestWeights.values(of: network)
    let file = try read(KerasWriter.data(of: network.kerasLayers { values[$0] ?? [] }))
    #expect(file.format == .keras(.legacyWeights))
    let layers = network.nodes.filter { !$0.parameters.isEmpty }
    let names = layers.map(\.name)
    #expect(
      file.tensors.map(\.layer).reduce(into: []) { if $0.last != $1 { $0.append($1) } } == names)
    let written =
      layers.flatMap { node in
        node.parameters.map { (network.parameters[$0].name, network.parameters[$0].shape) }
          + node.statistics.map { (network.statistics[$0].name, network.statistics[$0].shape) }
      }
    #expect(file.tensors.map(\.shape) == written.map(\.1))
    for (tensor, (name, _)) in zip(file.tensors, written) {
      #expect(try file.values(of: tensor) == values[name], "\(name)")
    }
  }

  @Test(
    "kernels are height × width × inputs × outputs, and of transposed convolutions the other way")
  func axes() throws {
    let network = try TemplateCase(
      "unet", ["base_channels": .integer(4), "depth": .integer(1), "norm": .name("batch")]
    ).make().network(input: NetworkInput(channels: 3, size: Size(square: 8)), classes: 5)
    let values = TestWeights.values(of: network)
    let layers = network.kerasLayers { values[$0] ?? [] }
    func weights(_ name: String) throws -> [KerasWriter.Weight] {
      try #require(layers.first { $0.name == name }).weights
    }
    let kernel = try weights("encoder0.convolution0")[0]
    #expect(kernel.name == "kernel" && kernel.shape == [3, 3, 3, 4])
    // The second column of the first row, of the third input for the second output.
    #expect(
      kernel.values[1 * 12 + 2 * 4 + 1]
        == values["encoder0.convolution0.weight"]?[1 * 27 + 2 * 9 + 1])
    let up = try weights("decoder0.up")
    #expect(up.map(\.name) == ["kernel", "bias"] && up[0].shape == [2, 2, 4, 8])
    #expect(
      try weights("encoder0.norm0").map(\.name)
        == ["gamma", "beta", "moving_mean", "moving_variance"])
  }

  @Test("a list of names that no attribute holds is split")
  func manyLayers() throws {
    let layers = (0..<700).map { number in
      KerasWriter.Layer(
        name: "layer\(number)" + String(repeating: "x", count: 100),
        weights: [.init(name: "bias", shape: [1], values: [Float(number)])])
    }
    let file = try read(KerasWriter.data(of: layers))
    #expect(file.tensors.map(\.layer) == layers.map(\.name))
    #expect(try file.values(of: file.tensors[699]) == [699])
  }
}
