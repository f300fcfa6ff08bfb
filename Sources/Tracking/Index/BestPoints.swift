/// The best points of sweeps, as far as an index tells: what a table of the best rows has to read.
package struct BestPoints {
  /// Every run of the points, the best point first.
  package let runs: [IndexedRun]
  /// That others were left out; `nil` where none was.
  package let sentence: String?

  /// Points are ranked by the mean of their runs' best values: of several seeds those count that finished
  /// and are sound, as in a comparison.
  ///
  /// - Parameters:
  ///   - count: how many points there are at most.
  ///   - each: whether every run is a point of its own.
  ///   - value: what points are ranked by, in the place of the objective, the highest first or last.
  package init(
    of all: [IndexedRun], count: Int, each: Bool = false, by order: RunOrder? = nil
  ) {
    guard let order = order ?? Self.objective(of: all) else {
      (runs, sentence) = (all, nil)
      return
    }
    let listed = all.sorted { $0.isListed(before: $1) }
    var points: [[IndexedRun]] = []
    if each {
      points = listed.map { [$0] }
    } else {
      var numbers: [String: Int] = [:]
      for run in listed {
        let point = run.point ?? run.id
        if let number = numbers[point] {
          points[number].append(run)
        } else {
          numbers[point] = points.count
          points.append([run])
        }
      }
    }
    let ranked = points.enumerated().map {
      (offset: $0, runs: $1, mean: Self.mean($1, order.value))
    }
    .sorted { left, right in
      switch (left.mean, right.mean) {
      case (let first?, let second?) where first != second:
        order.isDescending ? first > second : first < second
      case (.some, nil): true
      case (nil, .some): false
      default: left.offset < right.offset
      }
    }
    runs = ranked.prefix(count).flatMap(\.runs)
    let what = each ? "runs" : "points"
    sentence =
      points.count > count
      ? "the \(count) best of \(points.count) \(what) are shown, and tests are adjusted for these alone; "
        + "the best of many lie above what new data will show" : nil
  }

  private static func mean(_ runs: [IndexedRun], _ value: RunValue) -> Double? {
    let counted = runs.filter { runs.count == 1 ? !$0.isPruned : $0.isWhole }
    let values = counted.compactMap { $0.value(of: value).number }
    return values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }

  /// What the first run by experiment and number is judged by.
  private static func objective(of runs: [IndexedRun]) -> RunOrder? {
    runs.filter(\.hasSettings).min { $0.isListed(before: $1) }
      .flatMap { RunOrder.best(by: $0.schema.objective) }
  }
}

extension IndexedRun {
  /// True where it was trained to its end and its record is sound.
  fileprivate var isWhole: Bool {
    !isDamaged && value(of: Self.status) == .text(RunStatus.finished.word)
  }

  /// True where its sweep gave it up: it ranks behind what it was given up for.
  var isPruned: Bool {
    value(of: Self.status) == .text(RunStatus.pruned.word)
  }

  private static let status = RunValue(fact: .status)
}
