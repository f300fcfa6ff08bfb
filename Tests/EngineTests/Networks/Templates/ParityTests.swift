@testable import Execution
@testable import Groundwork
@testable import Networks
import Testing

/// A step of training of every family of templates, against twins in PyTorch, which are modules of
/// libraries or were written from the papers.
@Suite struct ParityTests {
  @Test("heads, gradients and running statistics are PyTorch's", arguments: ParityFixture.names)
  func parity(name: String) throws {
    let fixture = try ParityFixture.load(name)
    let network = try network(fixture)
    try expectTensors(of: network, like: fixture)
    let device = OpenBLASDevice()
    let state = NetworkState(network, seed: 0, on: device)
    try fixture.fill(state)

    let plan = try ExecutionPlan(
      network, batch: fixture.input[0], purpose: .training, device: device, threads: 2)
    plan.allocate(state)
    plan.load(fixture.imageValues)
    plan.forward()
    try #require(plan.headLayouts.map(\.name) == fixture.heads.map(\.name))
    plan.clearHeadGradients()
    for (index, head) in plan.headLayouts.enumerated() {
      plan.heads.bringToHost(index)
      fixture.compare(ExecutionPlan.plain(plan.heads.values[index], head.layout), withHead: index)
      ExecutionPlan.arrange(
        fixture.gradient(ofHead: index), in: plan.heads.gradients[index], head.layout)
    }
    plan.backward()

    plan.parameterGradients.download()
    state.statistics.download()
    try fixture.compareGradients(plan.parameterGradients)
    try fixture.compareStatistics(state.statistics)
  }

  @Test("the fixtures lie where they are looked for")
  func fixtures() { #expect(ParityFixture.names.count >= 25) }

  /// Without dropout, which no two programs draw alike.
  private func network(_ fixture: ParityFixture) throws -> Network {
    let template = try Registry.templates.make(fixture.template, fixture.settings)
    let extent = SpatialExtent(Array(fixture.input[2...]))
    var network = try #require(template as? any Template).network(
      input: NetworkInput(channels: fixture.input[1], extent: extent), classes: fixture.classes)
    for index in network.nodes.indices {
      switch network.nodes[index].operation {
      case .dropout: network.nodes[index].operation = .dropout(Dropout(rate: 0))
      case .spatialDropout:
        network.nodes[index].operation = .spatialDropout(SpatialDropout(rate: 0))
      default: break
      }
    }
    return network
  }

  private func expectTensors(of network: Network, like fixture: ParityFixture) throws {
    let own =
      network.parameters.map { ($0.name, $0.shape) }
      + network.statistics.map { ($0.name, $0.shape) }
    let shapes = Dictionary(uniqueKeysWithValues: own)
    let expected =
      fixture.parameters.map { ($0.name, $0.shape) }
      + fixture.statistics.flatMap { norm in
        ["mean", "variance"].map { ("\(norm.name).\($0)", [norm.channels]) }
      }
    let names = Set(expected.map(\.0))
    try #require(
      names == Set(shapes.keys),
      "differ: \(names.symmetricDifference(shapes.keys).sorted().prefix(20))")
    for (name, shape) in expected { try #require(shapes[name] == shape, "\(name)") }
  }
}

extension ExecutionPlan {
  /// Writes values `[N, C, H, W]` in a layout.
  fileprivate static func arrange(
    _ plain: [Float], in values: UnsafeMutablePointer<Float>, _ layout: TensorLayout
  ) {
    let shape = layout.shape
    for (index, value) in plain.enumerated() {
      let (map, place) = index.quotientAndRemainder(dividingBy: shape.area)
      let (n, c) = map.quotientAndRemainder(dividingBy: shape.channels)
      let block = (n * layout.blocks + c / layout.block) * shape.area
      values[(block + place) * layout.block + c % layout.block] = value
    }
  }
}
