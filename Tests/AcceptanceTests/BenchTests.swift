@testable import Experiments
import Foundation
import Testing
@testable import Tracking

/// What `bench` prints; how fast anything was is not for tests.
@Suite struct BenchTests {
  @Test("a network that options name is timed, with what its time and memory go to")
  func options() throws {
    let workplace = try Workplace()
    let bench = try workplace.run(
      "bench", "--template", "enet", "--size", "64", "64", "--batch", "1", "--steps", "1",
      "--set", "training.recompute=true", environment: workplace.ownCache)
    #expect(bench.status == 0, "\(bench)")
    for word in [
      "parameters", "images/s", "GFLOP/s", "each timed alone", "planned", "dearest operations",
    ] {
      #expect(bench.output.contains(word), "\(bench)")
    }
    #expect(workplace.files(below: ".").allSatisfy { $0.hasPrefix("cache/") })
  }

  @Test("a machine reads the same numbers")
  func json() throws {
    let workplace = try Workplace()
    try workplace.write(SmallSpecs.generated(), to: "tiny.yaml")
    let bench = try workplace.run(
      "bench", "tiny.yaml", "--steps", "2", "--json", environment: workplace.ownCache)
    let report = try #require(
      JSONSerialization.jsonObject(with: Data(bench.output.utf8)) as? [String: Any], "\(bench)")
    #expect(report["template"] as? String == "unet")
    #expect(report["size"] as? String == "32×32")
    #expect((report["training"] as? [String: Double])?["median"] ?? 0 > 0)
    // Which are dearest the machine decides; there are parts of both ways.
    let parts = try #require(report["parts"] as? [[String: Any]])
    #expect(Set(parts.compactMap { $0["direction"] as? String }) == ["forward", "backward"])
    #expect((report["memory"] as? [String: Int])?["tensors"] ?? 0 > 0)
  }

  @Test("growth is shown against the first of each axis")
  func scale() throws {
    let workplace = try Workplace()
    try workplace.write(SmallSpecs.generated(), to: "tiny.yaml")
    let bench = try workplace.run(
      "bench", "tiny.yaml", "--steps", "1", "--scale", environment: workplace.ownCache)
    #expect(bench.status == 0, "\(bench)")
    for word in ["batch", "area", "channels", "× 1.000"] {
      #expect(bench.output.contains(word), "\(bench)")
    }
  }

  @Test("what data costs a training is shown, and scenes that were drawn for it are gone")
  func data() throws {
    let workplace = try Workplace()
    try workplace.write(SmallSpecs.generated(), to: "tiny.yaml")
    let bench = try workplace.run(
      "bench", "tiny.yaml", "--steps", "2", "--data", environment: workplace.ownCache)
    #expect(bench.status == 0, "\(bench)")
    for word in ["8 training samples", "images/s alone", "on batches in memory"] {
      #expect(bench.output.contains(word), "\(bench)")
    }
    #expect(!workplace.exists("results"))
  }

  @Test(
    "what cannot be timed is refused with a remedy",
    arguments: [
      (["bench"], Int32(64), "--template"),
      (["bench", "--template", "enet", "--size", "64"], 64, "height and width"),
      (["bench", "--template", "enet", "--data"], 64, "spec file"),
      (["bench", "--template", "enett"], 65, "did you mean 'enet'?"),
      (["bench", "--template", "unet", "--size", "33", "33"], 65, "16"),
      (["bench", "absent.yaml"], 65, "absent.yaml"),
    ])
  func mistakes(arguments: [String], status: Int32, remedy: String) throws {
    let workplace = try Workplace()
    let bench = try workplace.start(arguments, environment: workplace.ownCache).finish()
    #expect(bench.status == status, "\(bench)")
    #expect(bench.errors.contains(remedy), "\(bench)")
    #expect(bench.output.isEmpty)
  }
}

extension Workplace {
  /// Keeps what is measured of this machine apart from what its user has measured.
  var ownCache: [String: String] {
    ["XDG_CACHE_HOME": folder.appendingPathComponent("cache").path]
  }
}
