@testable import Execution
@testable import Groundwork
@testable import Networks
import Testing

@Suite("PointNet")
struct PointNetTests {
  @Test(
    "it has the parameters of the published networks",
    arguments: [
      ("pointnet", "none", 3, 868_236), ("pointnet", "input", 3, 1_671_317),
      ("pointnet", "features", 3, 3_528_661),
    ])
  func parameters(name: String, transform: String, channels: Int, count: Int) throws {
    let network = try templateNetwork(
      name, ["transform": .name(transform)], channels: channels,
      size: Size(height: 1, width: 1024))
    #expect(network.parameterCount == count)
  }

  @Test("the authors' network of rooms has theirs, and 257 more for a class more")
  func parametersOfRooms() throws {
    func count(_ classes: Int) throws -> Int {
      try templateNetwork(
        "pointnet_semantic", classes: classes, channels: 9, size: Size(height: 1, width: 4096)
      ).parameterCount
    }
    #expect(try count(12) == 1_174_412)
    #expect(try count(13) == 1_174_669)
  }

  @Test("the transform of the features is a head, 64 × 64 at one place")
  func head() throws {
    let network = try templateNetwork(
      "pointnet", ["transform": .name("features")], size: Size(height: 1, width: 700))
    #expect(network.headShapes["transform"] == FeatureShape(4096, 1, 1))
    #expect(network.logitsShape == FeatureShape(12, 1, 700))
  }

  @Test(
    "a maximum over all places is one window's, however many levels it takes",
    arguments: [2, 255, 256, 257, 1000, 70_000])
  func levels(points: Int) throws {
    var net = NetworkBuilder(
      name: "maximum", input: NetworkInput(channels: 2, size: Size(height: 1, width: points)))
    let maximum = net.globalMaximum("maximum", net.input)
    let network = net.build(logits: maximum)
    #expect(network.logitsShape == FeatureShape(2, 1, 1))
    let plan = try ExecutionPlan(
      network, batch: 1, purpose: .prediction, device: OpenBLASDevice(), threads: 1)
    plan.allocate(NetworkState(network, seed: 1, on: OpenBLASDevice()))
    let values = (0..<2 * points).map { Float(($0 * 7919) % (2 * points)) }
    plan.load(values)
    plan.forward()
    plan.heads.bringToHost(0)
    #expect(plan.heads.values[0][0] == values[..<points].max())
    #expect(plan.heads.values[0][1] == values[points...].max())
  }

  /// What a network says of points, `[K, N]`, as evaluations ask it.
  private func predict(
    _ network: Network, _ points: [Float], on device: any Device
  ) throws -> [Float] {
    let plan = try ExecutionPlan(
      network, batch: 1, purpose: .prediction, device: device, threads: 2)
    plan.allocate(NetworkState(network, seed: 5, on: device))
    plan.load(points)
    plan.forward()
    plan.heads.bringToHost(0)
    return ExecutionPlan.plain(plan.heads.values[0], plan.headLayouts[0].layout)
  }

  @Test("the transforms begin as the identity, so that they change nothing at first")
  func beginning() throws {
    let points = points(channels: 3, count: 50)
    let outputs = try ["none", "input"].map { transform in
      try predict(
        templateNetwork(
          "pointnet", ["transform": .name(transform)], size: Size(height: 1, width: 50)),
        points, on: OpenBLASDevice())
    }
    #expect(outputs[0] == outputs[1])
  }

  @Test(
    "points in another order are told the same, to the bit",
    arguments: [("pointnet", "features"), ("pointnet_semantic", "")], [300, 512])
  func order(template: (String, String), count: Int) throws {
    let settings: [String: FieldValue] =
      template.1.isEmpty ? [:] : ["transform": .name(template.1)]
    let network = try templateNetwork(
      template.0, settings, channels: 6, size: Size(height: 1, width: count))
    let points = points(channels: 6, count: count)
    var random = RandomStream(seed: 3, purpose: .init("order"))
    var order = Array(0..<count)
    for place in order.indices.dropLast() {
      order.swapAt(place, place + random.below(count - place))
    }
    func permuted(_ values: [Float]) -> [Float] {
      stride(from: 0, to: values.count, by: count).flatMap { row in order.map { values[row + $0] } }
    }
    let device = try OneDNNDevice()
    let before = try predict(network, points, on: device)
    let after = try predict(network, permuted(points), on: device)
    #expect(permuted(before) == after)
    #expect(Set(before).count > count)
  }

  private func points(channels: Int, count: Int) -> [Float] {
    var random = RandomStream(seed: 11, purpose: .init("points"))
    return (0..<channels * count).map { _ in random.uniform(-1, 1) }
  }
}
