@testable import Groundwork
@testable import Networks
import Testing

@Suite struct SegNetBasicTests {
  @Test("it has the parameters of the authors' network")
  func counts() throws {
    let network = try templateNetwork("segnet_basic")
    #expect(network.parameterCount == 1_416_652)
    #expect(network.parameterCount(of: "conv1.") == 9_472)
    #expect(network.parameterCount(of: "conv_decode3.") == 200_768)
    #expect(network.parameterCount(of: "conv_classifier.") == 65 * 12)
    #expect(network.statisticsCount == 8 * 128)
    #expect(
      try templateNetwork("segnet_basic", classes: 21).parameterCount
        == 1_416_652 + 9 * 65)
  }

  @Test("pooling rounds up, and unpooling comes back to the same extents")
  func extents() throws {
    let network = try templateNetwork("segnet_basic", size: Size(height: 360, width: 480))
    #expect(network.shape(of: "pool4") == FeatureShape(64, 23, 30))
    #expect(network.shape(of: "upsample4") == FeatureShape(64, 45, 60))
    let odd = try templateNetwork("segnet_basic", size: Size(height: 97, width: 129))
    #expect(odd.logitsShape == FeatureShape(12, 97, 129))
    let error = try templateRefusal("segnet_basic", size: Size(square: 15))
    #expect(error?.message == "input 15×15 is too small: use at least 16×16")
  }

  @Test("the decoder has no ReLU")
  func linearDecoder() throws {
    let nodes = try templateNetwork("segnet_basic").nodes
    #expect(nodes.count { $0.operation == .relu } == 4)
  }
}
