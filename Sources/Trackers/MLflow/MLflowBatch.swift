internal import Foundation

/// Values of a run that go to a server at once: at most 1000 of them, 100 parameters and 100 tags among them,
/// in less than a megabyte.
struct MLflowBatch: Encodable {
  var run_id = ""
  var metrics: [Metric] = []
  var params: [KeyValue] = []
  var tags: [KeyValue] = []

  struct Metric: Encodable {
    var key: String
    var value: Number
    var timestamp: Int
    var step: Int
  }

  /// JSON has no word for what is no number; MLflow reads these.
  struct Number: Encodable {
    var value: Double

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      if value.isFinite { return try container.encode(value) }
      try container.encode(value.isNaN ? "NaN" : value < 0 ? "-Infinity" : "Infinity")
    }
  }

  /// Every value of a run, in the order of the names.
  static func batches(of run: MLflowRun) -> [MLflowBatch] {
    let parameterNames = run.parameters.keys.sorted()
    let parameters = zip(parameterNames, MLflowKey.unique(parameterNames)).map { name, key in
      KeyValue(key: key, value: String((run.parameters[name] ?? "").prefix(longestParameter)))
    }
    let tagNames = run.tags.keys.sorted()
    let tags = zip(tagNames, MLflowKey.unique(tagNames)).map { name, key in
      KeyValue(key: key, value: String((run.tags[name] ?? "").prefix(longestTag)))
    }
    let names = run.metrics.keys.sorted()
    let metrics = zip(names, MLflowKey.unique(names)).flatMap { name, key in
      (run.metrics[name] ?? []).map {
        Metric(
          key: key, value: Number(value: $0.value), timestamp: $0.timestamp, step: $0.step)
      }
    }
    return parts(of: parameters, { $0.value.utf8.count }).map { MLflowBatch(params: $0) }
      + parts(of: tags, { $0.value.utf8.count }).map { MLflowBatch(tags: $0) }
      + parts(of: metrics, { _ in 0 }, most: mostMetrics).map { MLflowBatch(metrics: $0) }
  }

  private static func parts<Item>(
    of items: [Item], _ bytes: (Item) -> Int, most: Int = 100
  ) -> [[Item]] {
    var (parts, part, size): ([[Item]], [Item], Int) = ([], [], 0)
    for item in items {
      let more = bytes(item) + longestKey
      if part.count == most || size + more > mostBytes {
        parts.append(part)
        (part, size) = ([], 0)
      }
      part.append(item)
      size += more
    }
    return part.isEmpty ? parts : parts + [part]
  }

  private static let mostMetrics = 1000
  /// Longer values would be cut without a word.
  private static let longestParameter = 6000
  private static let longestTag = 8000
  /// With its quotes and the numbers beside it.
  private static let longestKey = 400
  private static let mostBytes = 800_000
}
