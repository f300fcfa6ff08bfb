internal import Groundwork

/// The formats of files of points, by the endings of their names.
package enum PointFormats {
  package static var endings: [String] { PointSources.all.flatMap { $0.endings } }
}
