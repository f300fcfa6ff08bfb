package import Foundation

/// A run as another tracker kept it, detached from the tracker's files.
package struct TrackedRun: Sendable, Equatable {
  /// What the tracker tells it from its others by: a path of folders, 32 hexadecimal digits, `SEG-12`.
  package var id: String
  /// What people call it.
  package var name: String
  /// What the tracker files it under: an experiment, a project.
  package var group: String?
  /// The hyperparameters as texts, by name.
  package var parameters: [String: String] = [:]
  /// By name.
  package var series: [String: TrackedSeries] = [:]
  /// By name, in the order of the steps.
  package var histograms: [String: [TrackedHistogram]] = [:]
  package var tags: [String] = []
  /// Facts and texts that are no hyperparameters, by name.
  package var facts: [String: String] = [:]
  package var note = ""
  package var status = Status.unknown
  package var startedAt: Date?
  package var endedAt: Date?
  /// What the tracker has of the run and nothing takes, a sentence each.
  package var leftOut: [String] = []

  package enum Status: Sendable, Equatable {
    case finished
    /// The word of the tracker.
    case failed(String)
    case running
    /// The tracker does not say.
    case unknown
  }

  package init(id: String, name: String, group: String? = nil) {
    (self.id, self.name, self.group) = (id, name, group)
  }
}

/// The values of one name.
package struct TrackedSeries: Sendable, Equatable {
  /// As they were written; ``sorted`` puts them in order.
  package var points: [Point]
  /// What the tracker says of it.
  package var about = ""

  package struct Point: Sendable, Equatable {
    package var step: Double
    package var value: Double

    package init(step: Double, value: Double) { (self.step, self.value) = (step, value) }
  }

  package init(points: [Point] = []) { self.points = points }

  /// By step; of a step that was written more than once, the value that was written last.
  package var sorted: (points: [Point], repeated: Int) {
    var places: [Double: Int] = [:]
    var kept: [Point] = []
    for point in points {
      if let place = places[point.step] {
        kept[place] = point
      } else {
        places[point.step] = kept.count
        kept.append(point)
      }
    }
    return (kept.sorted { $0.step < $1.step }, points.count - kept.count)
  }
}

/// How values were distributed at a step.
package struct TrackedHistogram: Sendable, Equatable {
  package var step: Double
  package var bins: [Bin]

  package struct Bin: Sendable, Equatable {
    package var lower: Double
    package var upper: Double
    package var count: Double

    package init(lower: Double, upper: Double, count: Double) {
      (self.lower, self.upper, self.count) = (lower, upper, count)
    }
  }

  package init(step: Double, bins: [Bin]) { (self.step, self.bins) = (step, bins) }
}
