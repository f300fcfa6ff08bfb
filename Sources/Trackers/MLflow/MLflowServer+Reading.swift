internal import Foundation

/// What a server answers, as far as it is read.
enum MLflowAnswer {
  struct Runs: Decodable {
    var runs: [Run]?
    var next_page_token: String?
  }

  struct Run: Decodable {
    var info: Info
    var data: Data?

    struct Info: Decodable {
      var run_id: String
      var run_name: String?
      var status: String?
      var start_time: Int?
      var end_time: Int?
      var artifact_uri: String?
    }

    struct Data: Decodable {
      var metrics: [Metric]?
      var params: [KeyValue]?
      var tags: [KeyValue]?
    }
  }

  struct History: Decodable {
    var metrics: [Metric]?
    var next_page_token: String?
  }

  struct Metric: Decodable {
    var key: String
    var value: Number
    var timestamp: Int?
    var step: Int?
  }

  /// A number, or one of the words that JSON has none for.
  struct Number: Decodable {
    var value: Double

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let number = try? container.decode(Double.self) {
        value = number
        return
      }
      switch try container.decode(String.self) {
      case "Infinity": value = .infinity
      case "-Infinity": value = -.infinity
      default: value = .nan
      }
    }
  }

  static func dictionary(_ pairs: [KeyValue]?) -> [String: String] {
    Dictionary((pairs ?? []).map { ($0.key, $0.value) }) { first, _ in first }
  }
}

extension MLflowServer {
  /// The runs of all experiments, or of one.
  package func runs(ofExperiment wanted: String?) throws(TrackerError) -> [TrackedRun] {
    let experiments = try experiments()
    let chosen = experiments.filter { wanted == nil || $0.name == wanted }
    guard !chosen.isEmpty else {
      throw TrackerError(
        "\(address)", "it has no experiment '\(wanted ?? "")'",
        remedy: "name one of \(experiments.map(\.name).joined(separator: ", "))")
    }
    var runs: [TrackedRun] = []
    for (id, name) in chosen { runs += try self.runs(of: id, named: name) }
    return runs
  }

  private func experiments() throws(TrackerError) -> [(id: String, name: String)] {
    struct Search: Encodable { var max_results = 1000, page_token: String? }
    struct Found: Decodable {
      var experiments: [Entry]?
      var next_page_token: String?
      struct Entry: Decodable { var experiment_id: String, name: String }
    }
    var (found, token): ([(String, String)], String?) = ([], nil)
    repeat {
      let page: Found = try post("experiments/search", Search(page_token: token))
      found += (page.experiments ?? []).map { ($0.experiment_id, $0.name) }
      token = page.next_page_token.flatMap { $0.isEmpty ? nil : $0 }
    } while token != nil
    return found
  }

  private func runs(of experiment: String, named name: String) throws(TrackerError) -> [TrackedRun]
  {
    struct Search: Encodable {
      var experiment_ids: [String], max_results = 1000, page_token: String?
      var order_by = ["attributes.start_time ASC"]
    }
    var (runs, token): ([TrackedRun], String?) = ([], nil)
    repeat {
      let page: MLflowAnswer.Runs = try post(
        "runs/search", Search(experiment_ids: [experiment], page_token: token))
      for run in page.runs ?? [] { runs.append(try tracked(run, of: name)) }
      token = page.next_page_token.flatMap { $0.isEmpty ? nil : $0 }
    } while token != nil
    return runs
  }

  private func tracked(
    _ run: MLflowAnswer.Run, of experiment: String
  ) throws(TrackerError) -> TrackedRun {
    var found = MLflowRun(
      id: run.info.run_id, name: run.info.run_name ?? run.info.run_id, experiment: experiment,
      status: run.info.status.flatMap(MLflowRun.Status.init(word:)) ?? .finished,
      startTime: run.info.start_time ?? 0, endTime: run.info.end_time)
    found.parameters = MLflowAnswer.dictionary(run.data?.params)
    found.tags = MLflowAnswer.dictionary(run.data?.tags)
    for metric in run.data?.metrics ?? [] {
      found.metrics[metric.key] = try history(of: metric.key, run.info.run_id)
    }
    return found.tracked
  }

  private func history(of key: String, _ run: String) throws(TrackerError) -> [MLflowRun.Metric] {
    var (metrics, token): ([MLflowRun.Metric], String?) = ([], nil)
    repeat {
      var query = [("run_id", run), ("metric_key", key), ("max_results", "25000")]
      if let token { query.append(("page_token", token)) }
      let page: MLflowAnswer.History = try get("metrics/get-history", query)
      metrics += (page.metrics ?? []).map {
        MLflowRun.Metric(value: $0.value.value, timestamp: $0.timestamp ?? 0, step: $0.step ?? 0)
      }
      token = page.next_page_token.flatMap { $0.isEmpty ? nil : $0 }
    } while token != nil
    return metrics
  }
}
