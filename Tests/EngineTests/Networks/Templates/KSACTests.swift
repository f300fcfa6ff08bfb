@testable import Groundwork
@testable import Networks
import Testing

@Suite struct KSACTests {
  @Test(
    "the pyramid has the parameters of three rates, however its branches are joined",
    arguments: [
      ("resnet50", "sum", 5_769_728), ("resnet50", "concatenate", 6_097_920),
      ("mobilenet_v2", "sum", 903_680), ("mobilenet_v2", "concatenate", 1_231_872),
    ])
  func pyramid(encoder: String, fusion: String, count: Int) throws {
    let network = try templateNetwork(
      "ksac", ["encoder": .name(encoder), "fusion": .name(fusion)])
    #expect(network.parameterCount(of: "ksac.") == count)
  }

  @Test("the rest of the network is DeepLabV3+'s")
  func rest() throws {
    let ksac = try templateNetwork("ksac")
    let plus = try templateNetwork("deeplabv3plus")
    #expect(ksac.parameterCount == plus.parameterCount - 15_535_104 + 5_769_728)
    // 5 norms of 256 channels, where DeepLab has 6.
    #expect(ksac.statisticsCount == plus.statisticsCount - 512)
    #expect(ksac.parameterCount(of: "decoder.") == plus.parameterCount(of: "decoder."))
    #expect(
      try templateNetwork("ksac", classes: 21).parameterCount == ksac.parameterCount + 9 * 257)
  }

  @Test(
    "a further rate costs a norm alone, and rates keep pace with the output stride",
    arguments: [(16, [6, 12, 18, 24]), (8, [12, 24, 36, 48])])
  func rates(outputStride: Int, dilations: [Int]) throws {
    let network = try templateNetwork(
      "ksac",
      [
        "rates": .names(["6", "12", "18", "24"]), "output_stride": .name("\(outputStride)"),
      ])
    #expect(network.parameterCount(of: "ksac.") == 5_769_728 + 512)
    let shared = network.nodes.compactMap { node in
      if case .sharedConvolution(let convolution) = node.operation { convolution } else { nil }
    }
    #expect(shared.map(\.dilations) == [dilations])
  }

  @Test("a pyramid without rates is refused")
  func noRates() {
    #expect {
      try templateNetwork("ksac", ["rates": .names([])])
    } throws: { error in
      let error = error as? ComponentError
      return error?.field == "rates"
        && error?.message == "there is no rate: write at least one, such as 6"
    }
  }

  @Test("images may have any size from 32 × 32 on", arguments: ["sum", "concatenate"])
  func sizes(fusion: String) throws {
    let large = try templateNetwork(
      "ksac", ["fusion": .name(fusion)], size: Size(square: 513))
    #expect(large.shape(of: "ksac.shared") == FeatureShape(256, 33, 33))
    let odd = try templateNetwork(
      "ksac", ["fusion": .name(fusion)], size: Size(height: 97, width: 129))
    #expect(odd.headShapes == ["logits": FeatureShape(12, 97, 129)])
    #expect(Set(odd.parameters.map(\.name)).count == odd.parameters.count)
    #expect {
      try templateNetwork("ksac", ["fusion": .name(fusion)], size: Size(square: 16))
    } throws: { error in
      (error as? ComponentError)?.message == "input 16×16 is too small: use at least 32×32"
    }
  }
}
