/// The images of an evaluation that a metric likes least, the worst first.
package struct WorstImages: Sendable, Equatable {
  /// The metric that they are ranked by.
  package var metric: String
  package var images: [RankedImage]

  package struct RankedImage: Sendable, Equatable {
    /// As the list of the data writes it.
    package var name: String
    package var value: Double

    package init(name: String, value: Double) {
      self.name = name
      self.value = value
    }
  }

  package init(metric: String, images: [RankedImage]) {
    self.metric = metric
    self.images = images
  }

  /// At most `count` of the images; of equals the first, and none whose figure is not a number.
  package init(_ metric: any Metric.Type, _ values: [Double], names: [String], count: Int) {
    let order = values.indices.filter { !values[$0].isNaN }.sorted { left, right in
      if values[left] == values[right] { return left < right }
      return (values[left] < values[right]) == metric.isHigherBetter
    }
    self.init(
      metric: metric.name,
      images: order.prefix(count).map { RankedImage(name: names[$0], value: values[$0]) })
  }
}
