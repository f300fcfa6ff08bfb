/// How the metrics were set that runs ask for: values of one name need not be of one metric.
struct MetricSettings {
  /// The metrics in the order of the specs: the name of each, and each way in which it is set with
  /// the number of runs that set it so.
  private var metrics: [(name: String, ways: [(text: String, count: Int)])] = []

  /// - Parameter runs: those whose settings can be read.
  init(_ runs: [ComparedRun]) {
    for run in runs {
      let settings = run.settings
      let metrics = settings.metrics
      guard metrics.contains(where: { $0.settings.mapping?.isEmpty == false }) else { continue }
      let text = SettingText(numbers: settings.numbers)
      for metric in metrics { add(metric, text) }
    }
  }

  private mutating func add(_ metric: SettingValue.Component, _ text: SettingText) {
    let settings = metric.settings.mapping ?? [:]
    let way = settings.keys.sorted().map { key in
      "\(key) \(text.text(settings[key] ?? .none, key: key))"
    }.joined(separator: ", ")
    guard let index = metrics.firstIndex(where: { $0.name == metric.name }) else {
      metrics.append((metric.name, [(way, 1)]))
      return
    }
    if let known = metrics[index].ways.firstIndex(where: { $0.text == way }) {
      metrics[index].ways[known].count += 1
    } else {
      metrics[index].ways.append((way, 1))
    }
  }

  /// The metrics that were set in several ways, and that their values cannot be compared.
  var warnings: [(name: String, warning: String)] {
    metrics.filter { $0.ways.count > 1 }.map { metric in
      let ways = metric.ways.map { way in
        "\(way.text.isEmpty ? "no settings" : way.text): "
          + "\(way.count) run\(way.count == 1 ? "" : "s")"
      }.joined(separator: "; ")
      return (
        metric.name,
        "\(metric.name) was measured with different settings (\(ways)), so its values cannot be compared"
      )
    }
  }
}
