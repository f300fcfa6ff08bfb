@testable import Datasets
@testable import Execution
@testable import Groundwork
@testable import Learning
@testable import Networks
import Testing
@testable import Training

@Suite("Training with frozen batch norms")
struct FrozenNormTests {
  private func settings(_ patterns: [String], device: DeviceKind, recomputes: Bool = false)
    -> SmallTraining
  {
    var settings = SmallTraining(duration: .epochs(2))
    settings.computation.device = device
    settings.computation.recomputes = recomputes
    settings.change = { $0.settings.frozenNorms = patterns.map(NamePattern.init) }
    return settings
  }

  @Test(
    "frozen statistics stay as they begin, others move, and frozen scales learn",
    arguments: Devices.all)
  func statistics(device: DeviceKind) throws {
    try withScenes { data in
      let kept = try checkpoint(settings(["encoder0*"], device: device), data, after: 2)
      var (still, moved, learnt) = (0, 0, 0)
      for (key, values) in kept.values {
        let begins = key.name.hasSuffix(".variance") || key.name.hasSuffix(".scale") ? 1 : 0
        let isUnchanged = values.allSatisfy { $0 == Float(begins) }
        switch key.role {
        case .statistic where key.name.hasPrefix("encoder0"):
          #expect(isUnchanged, "\(key.name)")
          still += 1
        case .statistic:
          #expect(!isUnchanged, "\(key.name)")
          moved += 1
        case .parameter where key.name.hasPrefix("encoder0") && key.name.hasSuffix(".scale"):
          #expect(!isUnchanged, "\(key.name)")
          learnt += 1
        default: break
        }
      }
      #expect(still > 0 && moved > 0 && learnt > 0)
    }
  }

  @Test("recomputed activations of frozen norms are the same bits", arguments: Devices.all)
  func recomputation(device: DeviceKind) throws {
    try withScenes { data in
      let plain = try record(settings(["*"], device: device), data)
      #expect(try record(settings(["*"], device: device, recomputes: true), data) == plain)
      #expect(try record(settings([], device: device), data) != plain)
    }
  }

  @Test("a single value of each channel is enough for a frozen norm")
  func singleValues() throws {
    var net = NetworkBuilder(
      name: "small", input: NetworkInput(channels: 3, size: Size(square: 1)))
    let logits = net.batchNorm("norm", net.input)
    let network = net.build(logits: logits)
    #expect(network.normOfSingleValues(batch: 1) == "norm")
    let frozen = NetworkSettings(frozenNorms: [NamePattern("norm")]).applied(to: network)
    #expect(frozen.normOfSingleValues(batch: 1) == nil)
  }
}
