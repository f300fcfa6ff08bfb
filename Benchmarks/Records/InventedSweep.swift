import Foundation
import Measurements
import Tracking

/// A sweep of learning rates, widths and losses with three seeds a point, whose curves are drawn from
/// formulas and a fixed stream of random numbers: equal arguments give equal records.
struct InventedSweep {
  let runs: Int
  let epochs: Int
  let metrics: Int

  static let experiment = "invented"
  private static let seeds = 3
  private static let losses = ["cross_entropy", "dice", "lovasz_softmax"]

  /// - Parameter progress: is told how many runs are written.
  func write(to store: FolderStore, progress: (Int) -> Void) throws {
    var ids: [String] = []
    var random = Stream(state: 1)
    for number in 1...runs {
      let trial = trial(number)
      let id = random.hexadecimal()
      try store.prepare(trial, id: id)
      let writer = try store.open(id, experiment: Self.experiment)
      try writer.beginAttempt(provenance(number))
      let history = history(number, &random)
      let best = history.rows.indices.max {
        history.rows[$0].values[0][0] < history.rows[$1].values[0][0]
      }
      let row = history.rows[best ?? 0]
      try writer.commit(
        history,
        checkpoint: CheckpointContents(
          row.point,
          tensors: [
            TensorContents(group: "parameters", name: "head.bias", shape: [1], values: [0])
          ]),
        isBest: true, isLast: true)
      try writer.finish(
        ResultRecord(
          outcome: .finished, cause: nil, bestValue: row.values[0][0], bestEvaluation: row.point,
          evaluations: history.rows.count))
      ids.append(id)
      progress(number)
    }
    try store.recordPlan(ids, of: Self.experiment, objective: Self.objective)
  }

  private static let objective = Objective(metric: "validation.mean_iou", maximize: true)

  private func trial(_ number: Int) -> TrialRecord {
    let point = (number - 1) / Self.seeds
    let rate = pow(10, -4 + 3 * Double(point % 101) / 101)
    let loss = Self.losses[point % Self.losses.count]
    let width = 4 + point / 101
    let seed = UInt64((number - 1) % Self.seeds + 1)
    return TrialRecord(
      experiment: Self.experiment, number: number,
      hyperparameters: [
        Hyperparameter(path: "losses", text: loss),
        Hyperparameter(path: "solver.base_lr", text: "\(rate)"),
        Hyperparameter(path: "template.base_channels", text: "\(width)"),
      ], seed: seed, replicate: (number - 1) % Self.seeds, point: point, objective: Self.objective,
      writtenSpec: "experiment: invented\n", specName: "invented.yaml", overrides: [],
      resolvedSpec: Self.spec(rate: rate, loss: loss, width: width, seed: seed))
  }

  private static func spec(rate: Double, loss: String, width: Int, seed: UInt64) -> String {
    #"""
    {"about":"How fast are ten thousand runs?","augmentation":[{"mirror":{"probability":0.5}}],"checkpoints":{"every":"1 epoch","keep":{"best":1,"last":1}},"data":{"channels":3,"generated":{"classes":5,"seed":3,"size":[64,64],"train":64,"validation":24},"ignore":[],"normalize":"dataset"},"evaluation":{"batch_size":8,"every":"1 epoch","histograms":false,"metrics":[{"mean_iou":{}}],"worst_images":0},"experiment":"invented","folder":"/","limits":{},"losses":[{"\#(loss)":{"weight":1.0}}],"seed":\#(seed),"solver":{"base_lr":\#(rate),"delta":1e-08,"momentum":0.9,"momentum2":0.999,"schedule":{"poly":{"power":0.9}},"type":"ADAM","weight_decay":0.0},"tags":["invented"],"template":{"attention":false,"base_channels":\#(width),"depth":3,"dropout":0.0,"encoder":"none","name":"unet","norm":"batch","residual":false},"training":{"batch_size":8,"determinism":"machine","device":"onednn","emulate":false,"epochs":100,"precision":"f32","recompute":false}}
    """#
  }

  private func provenance(_ number: Int) -> ProvenanceRecord {
    let seconds = String(number % 60)
    return ProvenanceRecord(
      attempt: 1,
      startedAt:
        "2026-03-\(10 + number % 20)T10:\(10 + number / 60 % 50):\(seconds.count < 2 ? "0" : "")\(seconds)Z",
      host: "bench-\(number % 4)",
      build: .init(
        version: "0.1.0", executable: String(repeating: "ab", count: 32), compiler: "Swift",
        configuration: "release"),
      machine: .init(
        processor: "invented", cores: 8, instructionSet: "avx2", kernel: "Linux", libc: "glibc"),
      threads: 1, libraries: [.init(name: "HDF5", version: "1.10.8")], environment: [:],
      data: [
        .init(name: "train", samples: 64, sha256: String(repeating: "12", count: 32)),
        .init(name: "validation", samples: 24, sha256: String(repeating: "34", count: 32)),
      ],
      algorithms: Dictionary(
        uniqueKeysWithValues: (1...30).map {
          ("forward 8×\($0)×64×64 → 8, 3×3, 1 threads", "direct")
        }),
      gitCommit: "0123456789abcdef0123456789abcdef01234567", resumedAfter: nil)
  }

  private func history(_ number: Int, _ random: inout Stream) -> MetricHistory {
    let names =
      ["validation.mean_iou", "training.loss", "validation.loss", "learning_rate"]
      + ["training.seconds", "validation.seconds"]
    let more = max(0, metrics - names.count)
    let all = names.prefix(metrics) + (0..<more).map { "validation.metric_\($0 + 1)" }
    let series = all.map { name in
      SeriesDescription(
        name, title: name, higherIsBetter: !name.contains("loss"), about: "An invented series.",
        isPrincipal: name == "validation.mean_iou", isWallTime: name.hasSuffix("seconds"))
    }
    var history = MetricHistory(series: series, tensorNames: ["head.bias"])
    let height = 0.3 + 0.69 * random.uniform()
    for epoch in 1...epochs {
      let progress = 1 - exp(-5 * Double(epoch) / Double(epochs))
      let values = all.indices.map { index in
        height * progress / (1 + 0.1 * Double(index)) + 0.01 * random.uniform()
      }
      history.rows.append(
        MetricHistory.Row(
          EvaluationPoint(step: 8 * epoch, epoch: Double(epoch)),
          values: values.map { .number($0) }, tensorDigests: [random.next()], attempt: 1))
    }
    return history
  }
}

/// Numbers that look random (Steele, Lea and Flood 2014, SplitMix64).
private struct Stream {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
    return bits ^ (bits >> 31)
  }

  mutating func uniform() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// 16 digits.
  mutating func hexadecimal() -> String {
    let digits = String(next(), radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
