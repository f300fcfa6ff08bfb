@testable import Groundwork
@testable import Networks
import Testing

@Suite struct DeepLabVGG16Tests {
  // The reference's totals; a class costs 1,025 in every branch.
  @Test(
    "DeepLab has the published number of parameters",
    arguments: [
      ("aspp_l", 12, 37_840_752), ("aspp_l", 21, 37_840_752 + 9 * 4_100),
      ("large_fov", 12, 20_496_204), ("large_fov", 21, 20_496_204 + 9 * 1_025),
    ])
  func parameters(context: String, classes: Int, count: Int) throws {
    let network = try templateNetwork(
      "deeplab_vgg16", ["context": .name(context)], classes: classes)
    #expect(network.parameterCount == count)
    #expect(network.parameterCount(of: "encoder.") == 14_714_688)
    #expect(network.statistics.isEmpty)
  }

  @Test("branches dilate by 6, 12, 18 and 24, or by 12 alone")
  func dilations() throws {
    func dilations(_ context: String) throws -> [Int] {
      try templateNetwork("deeplab_vgg16", ["context": .name(context)]).nodes.compactMap { node in
        guard node.name.hasPrefix("fc6"), case .convolution(let convolution) = node.operation
        else { return nil }
        return convolution.dilation.height
      }
    }
    #expect(try dilations("aspp_l") == [6, 12, 18, 24])
    #expect(try dilations("large_fov") == [12])
  }

  @Test("maps are as large as Caffe's, logits as large as the image")
  func shapes() throws {
    let network = try templateNetwork("deeplab_vgg16", size: Size(square: 480))
    #expect(network.shape(of: "encoder.pool1") == FeatureShape(64, 241, 241))
    #expect(network.shape(of: "encoder.pool5") == FeatureShape(512, 61, 61))
    #expect(network.shape(of: "fc8_vgg16") == FeatureShape(12, 61, 61))
    #expect(network.headShapes == ["logits": FeatureShape(12, 480, 480)])
    let odd = try templateNetwork("deeplab_vgg16", size: Size(height: 97, width: 129))
    #expect(odd.headShapes == ["logits": FeatureShape(12, 97, 129)])
  }

  @Test("the last layer begins with a deviation of 0.01, as the authors' does")
  func beginning() throws {
    let network = try templateNetwork("deeplab_vgg16")
    let last = try #require(network.parameters.first { $0.name == "fc8_vgg16_3.weight" })
    #expect(last.initializer == .normal(deviation: 0.01))
  }
}
