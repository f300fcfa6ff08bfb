internal import Foundation

/// A run in MLflow's words, whether it lies in files or on a server.
package struct MLflowRun: Sendable, Equatable {
  /// 32 hexadecimal digits; a server gives its own.
  package var id: String
  package var name: String
  package var experiment: String
  package var status: Status
  /// Milliseconds since 1970.
  package var startTime: Int
  package var endTime: Int?
  package var parameters: [String: String] = [:]
  package var tags: [String: String] = [:]
  /// By the name of the metric, in the order of the steps.
  package var metrics: [String: [Metric]] = [:]

  package enum Status: Int, Sendable, CaseIterable {
    case running = 1
    case scheduled = 2
    case finished = 3
    case failed = 4
    case killed = 5

    /// `FINISHED`
    package var word: String { "\(self)".uppercased() }

    package init?(word: String) {
      guard let found = Self.allCases.first(where: { $0.word == word }) else { return nil }
      self = found
    }
  }

  package struct Metric: Sendable, Equatable {
    package var value: Double
    /// Milliseconds since 1970.
    package var timestamp: Int
    package var step: Int

    package init(value: Double, timestamp: Int, step: Int) {
      (self.value, self.timestamp, self.step) = (value, timestamp, step)
    }
  }

  package init(
    id: String, name: String, experiment: String, status: Status, startTime: Int, endTime: Int?
  ) {
    (self.id, self.name, self.experiment, self.status) = (id, name, experiment, status)
    (self.startTime, self.endTime) = (startTime, endTime)
  }
}

extension MLflowRun {
  /// The run as any tracker keeps it.
  package var tracked: TrackedRun {
    var run = TrackedRun(id: id, name: name, group: experiment)
    run.parameters = parameters
    run.series = metrics.mapValues { metrics in
      TrackedSeries(points: metrics.map { .init(step: Double($0.step), value: $0.value) })
    }
    for (key, value) in tags where key != "mlflow.runName" {
      if key == "mlflow.note.content" {
        run.note = value
      } else if value.lowercased() == "true" || value.isEmpty {
        run.tags.append(key)
      } else if !key.hasPrefix("mlflow.log-model") {
        run.facts[key] = value
      }
    }
    run.tags.sort()
    run.status =
      switch status {
      case .finished: .finished
      case .failed, .killed: .failed(status.word)
      case .running, .scheduled: .running
      }
    run.startedAt = startTime > 0 ? Date(timeIntervalSince1970: Double(startTime) / 1000) : nil
    run.endedAt = endTime.map { Date(timeIntervalSince1970: Double($0) / 1000) }
    return run
  }
}

/// What MLflow takes for the name of a metric, a parameter or a tag: letters, digits, `_ - . space : /`, at
/// most 250 of them, and a path that stays below where it begins.
package enum MLflowKey {
  package static func sanitized(_ name: String) -> String {
    let letters = name.map { character in
      character.isLetter || character.isNumber || "_-. :/".contains(character) ? character : "_"
    }
    let parts = String(letters.prefix(longest)).split(separator: "/").map { part in
      part.allSatisfy { $0 == "." } ? String(repeating: "_", count: part.count) : String(part)
    }
    return parts.isEmpty ? "_" : parts.joined(separator: "/")
  }

  /// Names for all of them, no two alike and none a folder of another: `loss.car` for `loss/car` where there
  /// is a `loss`.
  package static func unique(_ names: [String]) -> [String] {
    let sanitized = names.map(sanitized)
    let known = Set(sanitized)
    var taken: Set<String> = []
    return sanitized.map { name in
      var (parts, isBelow): ([String], Bool) = ([], false)
      for part in name.split(separator: "/") {
        isBelow = isBelow || known.contains(parts.joined(separator: "/"))
        if isBelow {
          parts[parts.count - 1] += ".\(part)"
        } else {
          parts.append(String(part))
        }
      }
      var key = parts.joined(separator: "/")
      while !taken.insert(key).inserted { key = String(key.prefix(longest - 1)) + "_" }
      return key
    }
  }

  private static let longest = 250
}
