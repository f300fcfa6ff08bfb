@testable import Groundwork
@testable import Networks
import Testing

@Suite("Settings of networks")
struct NetworkSettingsTests {
  private func network(_ name: String) throws -> Network {
    let template: any Template = try #require(
      try Registry.templates.makeDefault(name, [:]) as? any Template)
    let rank = type(of: template).spatialRank
    let extent = template.fittingExtent(for: SpatialExtent(repeating: 128, rank: rank))
    return try template.network(input: NetworkInput(channels: 3, extent: extent), classes: 4)
  }

  @Test("batch norms whose names fit are frozen, and nothing else changes")
  func frozenNorms() throws {
    let before = try network("pspnet_50")
    let settings = NetworkSettings(frozenNorms: [NamePattern("encoder.layer1*")])
    var after = settings.applied(to: before)
    let frozen = after.nodes.filter {
      if case .batchNorm(let norm) = $0.operation { norm.isFrozen } else { false }
    }.map(\.name)
    #expect(frozen == before.batchNorms.filter { $0.hasPrefix("encoder.layer1") })
    #expect(!frozen.isEmpty && frozen.count < before.batchNorms.count)
    for index in after.nodes.indices {
      if case .batchNorm(var norm) = after.nodes[index].operation {
        norm.isFrozen = false
        after.nodes[index].operation = .batchNorm(norm)
      }
    }
    #expect(after == before)
  }

  @Test(
    "an initialization changes how weights of convolutions begin, and no shape",
    arguments: Registry.templates.names)
  func initialization(name: String) throws {
    let before = try network(name)
    let after = NetworkSettings(initialization: .glorotUniform).applied(to: before)
    #expect(after.parameters.map(\.name) == before.parameters.map(\.name))
    #expect(after.parameters.map(\.shape) == before.parameters.map(\.shape))
    for node in after.nodes {
      for index in node.parameters {
        let (now, then) = (after.parameters[index], before.parameters[index])
        let isWeight = then.name.hasSuffix(".weight")
        switch then.initializer {
        case .constant, .parts, .linear: #expect(now.initializer == then.initializer, "\(now.name)")
        default:
          let isUniform = if case .uniform = now.initializer { true } else { false }
          #expect(isWeight && isUniform, "\(now.name)")
        }
      }
    }
  }

  /// The fan-in is 36, the fan-out 72.
  private static let variances: [String: Double] = [
    "he_normal": 2.0 / 36, "he_uniform": 2.0 / 36, "glorot_normal": 2.0 / 108,
    "glorot_uniform": 2.0 / 108, "lecun_normal": 1.0 / 36, "orthogonal": 2.0 / 36,
  ]

  @Test(
    "each initialization has the variance of its source for a 3 × 3 kernel from 4 to 8 channels",
    arguments: WeightInitialization.named.map(\.name))
  func variances(name: String) throws {
    let variance = try #require(Self.variances[name])
    let initialization = try #require(WeightInitialization(named: name))
    let shape = [8, 4, 3, 3]
    var sum = 0.0
    var values = [Float](repeating: 0, count: shape.reduce(1, *))
    for seed in 0..<64 {
      values.withUnsafeMutableBufferPointer {
        initialization.initializer(convolution: shape).fill($0, name: "w", seed: UInt64(seed))
      }
      sum += values.reduce(0) { $0 + Double($1 * $1) } / Double(values.count)
    }
    #expect(abs(sum / 64 / variance - 1) < 0.05)
  }
}
