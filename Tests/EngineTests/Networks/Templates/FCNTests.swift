@testable import Groundwork
@testable import Networks
import Testing

@Suite struct FCNTests {
  // The reference's totals at 12 classes: VGG-16 with fc6 and fc7, 134,260,544, and scores and dense
  // kernels of n classes.
  @Test(
    "an FCN has the published number of parameters",
    arguments: [
      ("fcn32s", 12, 134_899_532), ("fcn16s", 12, 134_465_624), ("fcn8s", 12, 134_360_420),
      ("fcn32s", 21, 134_260_544 + 4097 * 21 + 21 * 21 * 4096),
      ("fcn16s", 21, 134_260_544 + (4097 + 513) * 21 + 21 * 21 * (16 + 1024)),
      ("fcn8s", 21, 134_260_544 + (4097 + 513 + 257) * 21 + 21 * 21 * (16 + 16 + 256)),
    ])
  func parameters(name: String, classes: Int, count: Int) throws {
    let network = try templateNetwork(name, classes: classes)
    #expect(network.parameterCount == count)
    #expect(network.statistics.isEmpty)
    #expect(network.parameterCount(of: "encoder.") == 14_714_688)
    #expect(network.parameterCount(of: "fc6.") == 102_764_544)
    #expect(network.parameterCount(of: "fc7.") == 16_781_312)
  }

  @Test("fewer channels make the fully connected layers small")
  func channels() throws {
    let network = try templateNetwork("fcn8s", ["fc_channels": .integer(256)])
    #expect(network.parameterCount(of: "fc6.") == 512 * 49 * 256 + 256)
    #expect(network.parameterCount(of: "fc7.") == 256 * 256 + 256)
  }

  @Test(
    "any size fits", arguments: ["fcn32s", "fcn16s", "fcn8s"],
    [Size(square: 1), Size(height: 97, width: 129), Size(height: 500, width: 366)])
  func sizes(name: String, size: Size) throws {
    let network = try templateNetwork(name, ["fc_channels": .integer(8)], size: size)
    #expect(network.headShapes == ["logits": FeatureShape(12, SpatialExtent(size))])
  }

  @Test("poolings round up, as Caffe's do")
  func pooling() throws {
    let network = try templateNetwork("fcn8s", size: Size(height: 97, width: 129))
    #expect(network.shape(of: "encoder.pool5") == FeatureShape(512, 4, 5))
    #expect(network.shape(of: "upscore2") == FeatureShape(12, 8, 10))
    #expect(network.shape(of: "crop_pool4") == FeatureShape(12, 7, 9))
  }

  @Test("scores begin at zero, enlargements as bilinear interpolation")
  func beginning() throws {
    let network = try templateNetwork("fcn8s")
    let initializers = Dictionary(
      uniqueKeysWithValues: network.parameters.map { ($0.name, $0.initializer) })
    for score in ["score_fr", "score_pool4", "score_pool3"] {
      #expect(initializers["\(score).weight"] == .constant(0))
    }
    #expect(initializers["upscore2.weight"] == .linear(outputs: 12, extents: [4, 4]))
    #expect(initializers["upscore8.weight"] == .linear(outputs: 12, extents: [16, 16]))
    #expect(initializers["upscore8.bias"] == nil)
  }
}
