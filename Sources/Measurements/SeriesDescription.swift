/// What a series of measured values is: whoever measures declares it once, and records, tables and
/// exports render it.
///
/// A series has one entry an evaluation: a number, or an array over its axes.
package struct SeriesDescription: Sendable, Codable, Hashable {
  /// Unique in a history: `validation.mean_iou`; `validation.class.iou` for its values of classes.
  package var name: String
  /// The name in tables: `mean IoU`.
  package var title: String
  /// Other words for the last part of the name, such as `hd95`.
  package var aliases: [String]
  /// `1` for a number without a unit, else `pixels`, `s`, `images/s`.
  package var unit: String
  /// `nil` where neither direction is better.
  package var higherIsBetter: Bool?
  package var format: ValueFormat
  /// One sentence: what the values say.
  package var about: String
  /// The axes of one evaluation's values; none for a single number.
  package var axes: [SeriesAxis]
  /// The series that sums this one up in a single number, such as its mean over the classes.
  package var summary: String?
  /// Which of its definitions the values are of: counts up where one name comes to mean something else.
  package var version: Int
  /// True where tables that have no room for everything show the series.
  package var isPrincipal: Bool
  /// True where the series is time that a run took: it differs between equal trainings.
  package var isWallTime: Bool

  package init(
    _ name: String, title: String, aliases: [String] = [], unit: String = "1",
    higherIsBetter: Bool? = nil, format: ValueFormat = .fixed(4), about: String,
    axes: [SeriesAxis] = [], summary: String? = nil, version: Int = 1,
    isPrincipal: Bool = false, isWallTime: Bool = false
  ) {
    self.name = name
    self.title = title
    self.aliases = aliases
    self.unit = unit
    self.higherIsBetter = higherIsBetter
    self.format = format
    self.about = about
    self.axes = axes
    self.summary = summary
    self.version = version
    self.isPrincipal = isPrincipal
    self.isWallTime = isWallTime
  }

  package var isScalar: Bool { axes.isEmpty }

  /// The numbers of one evaluation.
  package var count: Int { axes.reduce(1) { $0 * $1.labels.count } }

  /// The title with the unit, where there is one: `Hausdorff distance (pixels)`.
  package var header: String { withUnit(title) }

  func withUnit(_ title: String) -> String {
    unit == Self.noUnit ? title : "\(title) (\(unit))"
  }

  /// A value with its unit: `12.40 pixels`.
  package func text(of value: Double) -> String {
    let number = format.text(value)
    return unit == Self.noUnit || value.isNaN ? number : "\(number) \(unit)"
  }

  package static let noUnit = "1"
}
