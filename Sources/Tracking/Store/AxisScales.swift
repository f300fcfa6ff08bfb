internal import HDF5
internal import Measurements

/// The axes of a history's series as datasets: each axis is written once, whichever series have it.
struct AxisScales {
  /// The group that the scales lie in.
  static let group = "axes"
  private var axes: [(name: String, axis: SeriesAxis)] = []

  init(_ series: [SeriesDescription]) {
    for axis in series.lazy.flatMap(\.axes) where name(of: axis) == nil {
      let others = axes.count { $0.axis.name == axis.name }
      axes.append((others == 0 ? axis.name : "\(axis.name)_\(others + 1)", axis))
    }
  }

  /// What the dataset of an axis is called: `class`, and where axes of one name differ, `class_2`.
  func name(of axis: SeriesAxis) -> String? { axes.first { $0.axis == axis }?.name }

  func path(of axis: SeriesAxis) -> [String]? { name(of: axis).map { [Self.group, $0] } }

  var datasets: [MetricDataset] {
    axes.map { name, axis in
      MetricDataset(
        path: [Self.group, name], shape: [axis.labels.count], values: .texts(axis.labels),
        attributes: MetricDataset.about("What stands at each place of the axis \(axis.name)."),
        scaleName: axis.name)
    }
  }
}
