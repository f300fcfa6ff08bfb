@testable import Groundwork
@testable import Networks
import Testing

@Suite struct GatedSCNNTests {
  // The layer tables' totals less the layer of 2 weights that mixes boundaries and Canny edges and,
  // on the authors' encoder, a side map of 64 weights and a bias that nothing reads.
  @Test(
    "it has the authors' parameters but for what Canny edges need",
    arguments: [
      ("resnet50", 40_522_157 - 2, 53_120 + 4_668),
      ("wide_resnet38", 137_276_398 - 2 - 65, 44_220),
    ])
  func parameters(encoder: String, count: Int, statistics: Int) throws {
    let fields: [String: FieldValue] = ["encoder": .name(encoder)]
    let network = try templateNetwork("gated_scnn", fields)
    #expect(network.parameterCount == count)
    #expect(network.statisticsCount == statistics)
    let larger = try templateNetwork("gated_scnn", fields, classes: 21)
    #expect(larger.parameterCount == count + 9 * 256)
  }

  @Test("encoder, shape stream, pyramid and decoder of the authors' have their parameters")
  func parts() throws {
    let network = try templateNetwork("gated_scnn", ["encoder": .name("wide_resnet38")])
    #expect(network.parameterCount(of: "encoder.") == 105_062_720)
    #expect(network.parameterCount(of: "shape.") == 107_950 - 2 - 65)
    #expect(network.parameterCount(of: "aspp.") == 30_412_032)
    let decoder = ["bot_", "final_seg."].reduce(0) { $0 + network.parameterCount(of: $1) }
    #expect(decoder == 1_693_696)
  }

  @Test(
    "a gate has a norm, two small convolutions, a norm and the convolution that it gates",
    arguments: [(1, 32), (2, 16), (3, 8)])
  func gates(number: Int, channels: Int) throws {
    let network = try templateNetwork("gated_scnn")
    let joined = channels + 1
    #expect(
      network.parameterCount(of: "shape.gate\(number).")
        == 2 * joined + joined * joined + joined + joined + 1 + 2 + channels * channels)
  }

  @Test("the shape stream works at full resolution, the context at an eighth of it")
  func shapes() throws {
    let network = try templateNetwork("gated_scnn", size: Size(square: 720))
    for (node, channels) in [
      ("shape.res1.conv2", 64), ("shape.d1", 32), ("shape.gate1", 32), ("shape.gate2", 16),
      ("shape.gate3", 8), ("shape.fuse", 1),
    ] {
      #expect(network.shape(of: node) == FeatureShape(channels, 720, 720), "\(node)")
    }
    #expect(network.shape(of: "aspp.join") == FeatureShape(1536, 90, 90))
    #expect(network.shape(of: "final_seg.join") == FeatureShape(304, 180, 180))
  }

  @Test("the head of edges is the logit, whose sigmoid the pyramid sees")
  func edges() throws {
    let network = try templateNetwork("gated_scnn")
    #expect(network.heads.map(\.name) == ["logits", "edges"])
    let fuse = try #require(network.nodes.first { $0.name == "shape.fuse" })
    #expect(fuse.outputs == [network.heads[1].value])
    let readers = network.nodes.filter { $0.inputs.contains(fuse.outputs[0]) }
    #expect(readers.map(\.operation) == [.sigmoid])
  }

  @Test(
    "images may have any size from 32 × 32 on, and each parameter is named once",
    arguments: ["resnet50", "resnet101", "wide_resnet38"], ["8", "16"])
  func sizes(encoder: String, outputStride: String) throws {
    let fields: [String: FieldValue] = [
      "encoder": .name(encoder), "output_stride": .name(outputStride),
    ]
    for size in [Size(square: 32), Size(height: 97, width: 129)] {
      let network = try templateNetwork("gated_scnn", fields, size: size)
      let extent = SpatialExtent(size)
      #expect(
        network.headShapes == [
          "logits": FeatureShape(12, extent), "edges": FeatureShape(1, extent),
        ])
      #expect(Set(network.parameters.map(\.name)).count == network.parameters.count)
    }
    #expect {
      try templateNetwork("gated_scnn", fields, size: Size(height: 30, width: 64))
    } throws: { error in
      (error as? ComponentError)?.message == "input 30×64 is too small: use at least 32×64"
    }
  }
}
