package import Measurements

/// The images of an evaluation that a metric likes least.
package enum WorstImages {
  /// At most `count` of the images, the worst first; of equals the first, and none whose value is not
  /// a number.
  ///
  /// - Parameters:
  ///   - values: the value of each image.
  ///   - names: the name of each image.
  package static func ranked(
    by metric: any Metric.Type, _ values: [Double], names: [String], count: Int
  ) -> [RankedImage] {
    let order = values.indices.filter { !values[$0].isNaN }.sorted { left, right in
      if values[left] == values[right] { return left < right }
      return (values[left] < values[right]) == metric.isHigherBetter
    }
    return order.prefix(count).map { RankedImage(name: names[$0], value: values[$0]) }
  }
}
