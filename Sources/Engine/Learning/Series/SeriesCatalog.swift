package import Groundwork
internal import Measurements

/// The series that an objective or a schedule can go by, by name: a loss, a metric of the validation
/// data, or a metric of one class, `validation.iou.crack`.
///
/// All of them are those that metrics and losses declare.
package struct SeriesCatalog: Sendable {
  package let metrics: [any Metric.Type]
  private let losses: Registry<any Loss.Type>

  package init(
    metrics: Registry<any Metric.Type> = .metrics, losses: Registry<any Loss.Type> = .losses
  ) {
    self.metrics = metrics.members
    self.losses = losses
    names = Self.losses.map(\.name) + metrics.members.map { $0.series.name }
  }

  /// The metrics and losses that the program ships.
  package static let standard = SeriesCatalog()

  package static let validation = SeriesDescription.validation + "."

  /// The loss series that every evaluation has.
  private static let losses: [SeriesDescription] = [.trainingLoss, .validationLoss]

  /// Every name there is, but for those of classes; those of metrics stand for series of evaluations
  /// that measure them.
  package let names: [String]

  /// The name of a series that may be written with another name of its metric; `nil` where there is
  /// no such series.
  ///
  /// Whether there is a set of the name that it has is not looked at.
  package func name(of written: String) -> String? {
    if let name = plainName(of: written) { return name }
    guard let (set, plain) = split(written), let name = plainName(of: plain) else {
      return nil
    }
    return "\(Self.validation)\(set).\(name.dropFirst(Self.validation.count))"
  }

  private func plainName(of written: String) -> String? {
    if names.contains(written) { return written }
    return metric(of: written)?.series.name ?? ClassSeriesName(written, metrics)?.name
  }

  /// The set of the validation data that a series is of: `city` of `validation.city.mean_iou`; `nil`
  /// where it is of all of them.
  package func setName(of name: String) -> String? {
    guard plainName(of: name) == nil, let (set, plain) = split(name),
      plainName(of: plain) != nil
    else { return nil }
    return set
  }

  /// The same series of all the validation data.
  private func plain(_ name: String) -> String {
    setName(of: name) == nil ? name : split(name)?.plain ?? name
  }

  /// What may be the name of a set, and the series without it.
  private func split(_ name: String) -> (set: String, plain: String)? {
    guard name.hasPrefix(Self.validation) else { return nil }
    let rest = Self.suffix(name)
    guard let dot = rest.firstIndex(of: "."), !isTaken(setName: String(rest[..<dot])) else {
      return nil
    }
    return (String(rest[..<dot]), Self.validation + rest[rest.index(after: dot)...])
  }

  /// True where a set of that name could not be told from what evaluations measure.
  package func isTaken(setName name: String) -> Bool {
    let words = metrics.flatMap { [$0.name, $0.className] + $0.otherNames } + losses.names
    return (words + ["loss", "class", "image", "confusion", "label"]).contains(name)
  }

  /// Tells whether it is the series of a single loss, though a metric may have that name too.
  package func isLoss(_ written: String) -> Bool {
    losses.find(Self.suffix(plain(written))) != nil
  }

  package func isHigherBetter(_ name: String) -> Bool { higherIsBetter(name) ?? false }

  /// What the series itself says; `nil` where neither direction is better.
  package func higherIsBetter(_ name: String) -> Bool? {
    let name = plain(name)
    if let loss = Self.losses.first(where: { $0.name == name }) { return loss.higherIsBetter }
    return (metric(of: name) ?? ClassSeriesName(name, metrics)?.metric)?.series.higherIsBetter
  }

  /// The metric that must be asked for if an evaluation is to have the series; `nil` where every
  /// evaluation has it.
  package func requiredMetric(_ name: String) -> String? {
    let name = plain(name)
    guard let metric = ClassSeriesName(name, metrics)?.metric ?? metric(of: name),
      !metric.isStandard
    else { return nil }
    return metric.name
  }

  /// The class that a series is of; `nil` where it is of all.
  package func className(of name: String) -> String? {
    ClassSeriesName(plain(name), metrics)?.className
  }

  private func metric(of name: String) -> (any Metric.Type)? {
    guard name.hasPrefix(Self.validation) else { return nil }
    return metrics.first { $0.isCalled(Self.suffix(name)) }
  }

  private static func suffix(_ name: String) -> String { String(name.dropFirst(validation.count)) }
}

extension Metric {
  /// Tells whether it is the metric's name, or another name of it.
  fileprivate static func isCalled(_ written: String) -> Bool {
    name == written || otherNames.contains(written)
  }
}

/// The name of a metric of one class: `validation.iou.crack`.
struct ClassSeriesName {
  let metric: any Metric.Type
  let className: String

  var name: String { "\(SeriesCatalog.validation)\(metric.className).\(className)" }

  /// - Returns: `nil` where no metric with values of classes is named.
  init?(_ written: String, _ metrics: [any Metric.Type]) {
    guard written.hasPrefix(SeriesCatalog.validation) else { return nil }
    let parts = written.dropFirst(SeriesCatalog.validation.count)
      .split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty else { return nil }
    let name = String(parts[0])
    let judges = metrics.filter { $0.judgesClasses }
    guard
      let metric = judges.first(where: { $0.className == name })
        ?? judges.first(where: { $0.isCalled(name) })
    else { return nil }
    self.metric = metric
    className = String(parts[1])
  }
}
