@testable import Groundwork
@testable import Networks
import Testing

@Suite struct GCNTests {
  // Backbone and the formula Σ (2kCn + 2kn² + 4n) + 9 (18n² + 2n) over C of 2048, 1024, 512 and
  // 256.
  @Test(
    "it has the parameters of its kernels' size",
    arguments: [
      ("resnet50", 7, 24_184_952), ("resnet50", 15, 24_931_448), ("resnet101", 7, 43_177_080),
      ("resnet101", 15, 43_923_576), ("resnet152", 7, 58_820_728), ("resnet152", 15, 59_567_224),
    ])
  func parameters(encoder: String, kernelSize: Int, count: Int) throws {
    let network = try templateNetwork(
      "gcn", ["encoder": .name(encoder), "kernel_size": .integer(kernelSize)])
    #expect(network.parameterCount == count)
    let statistics = ["resnet50": 53_120, "resnet101": 105_344, "resnet152": 151_424]
    #expect(network.statisticsCount == statistics[encoder])
  }

  @Test("its own parameters grow with the square of the classes", arguments: [7, 11, 15])
  func head(kernelSize k: Int) throws {
    for n in [12, 21] {
      let network = try templateNetwork("gcn", ["kernel_size": .integer(k)], classes: n)
      let kernels = 2 * k * 3_840 * n + 4 * (2 * k * n * n + 4 * n)
      #expect(network.parameterCount == 23_508_032 + kernels + 9 * (18 * n * n + 2 * n))
    }
  }

  @Test("by default kernels are 15 places wide, as the paper's best, and borders are refined")
  func defaults() throws {
    #expect(try templateNetwork("gcn").parameterCount == 24_931_448)
    let plain = try templateNetwork("gcn", ["boundary_refinement": .boolean(false)])
    #expect(plain.parameterCount == 24_931_448 - 9 * (18 * 144 + 2 * 12))
  }

  @Test("at 512×512 maps have the extents of the layer table")
  func shapes() throws {
    let network = try templateNetwork("gcn", size: Size(square: 512))
    for (node, side) in [
      ("gcm1.sum", 16), ("gcm2.sum", 32), ("gcm3.sum", 64), ("gcm4.sum", 128), ("brm1.sum", 16),
      ("brm5.sum", 32), ("brm6.sum", 64), ("brm7.sum", 128), ("brm8.sum", 256), ("brm9.sum", 512),
    ] {
      #expect(network.shape(of: node) == FeatureShape(12, side, side), "\(node)")
    }
    #expect(network.convolution("gcm1.conv_l1")?.kernel == [15, 1])
    #expect(network.convolution("gcm1.conv_l2")?.kernel == [1, 15])
    #expect(network.convolution("gcm1.conv_r1")?.kernel == [1, 15])
  }

  @Test("a kernel without a middle is refused")
  func evenKernel() {
    #expect {
      try templateNetwork("gcn", ["kernel_size": .integer(8)])
    } throws: { error in
      let error = error as? ComponentError
      return error?.field == "kernel_size"
        && error?.message == "a kernel of 8 places has none in its middle: use 7 or 9"
    }
  }

  @Test(
    "every encoder takes images of any size from 32 × 32 on, and names each parameter once",
    arguments: Encoders.names)
  func sizes(encoder: String) throws {
    for size in [Size(square: 32), Size(height: 97, width: 129)] {
      let network = try templateNetwork("gcn", ["encoder": .name(encoder)], size: size)
      #expect(network.headShapes == ["logits": FeatureShape(12, SpatialExtent(size))])
      #expect(Set(network.parameters.map(\.name)).count == network.parameters.count)
    }
    #expect {
      try templateNetwork("gcn", ["encoder": .name(encoder)], size: Size(height: 8, width: 40))
    } throws: { error in
      (error as? ComponentError)?.message == "input 8×40 is too small: use at least 32×40"
    }
  }
}
