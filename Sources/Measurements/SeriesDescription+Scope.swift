/// The same series of other data.
extension SeriesDescription {
  /// Of data of another name: `test.mean_iou` in place of `validation.mean_iou`.
  package func named(_ scope: String) -> SeriesDescription {
    guard scope != Self.validation else { return self }
    let prefix = Self.validation + "."
    func renamed(_ name: String) -> String {
      name.hasPrefix(prefix) ? "\(scope).\(name.dropFirst(prefix.count))" : name
    }
    var series = self
    series.name = renamed(name)
    series.summary = summary.map(renamed)
    let words = scope.hasPrefix(prefix) ? scope.dropFirst(prefix.count) : scope[...]
    series.title = "\(words.replacing("_", with: " ").replacing(".", with: " ")) \(title)"
    return series
  }
}

extension Measurement {
  /// The same of data of another name.
  package func named(_ scope: String) -> Measurement {
    Measurement(series.named(scope), values)
  }
}

extension [Measurement] {
  /// The same of one named set of the validation data: `validation.city.mean_iou`. Tables that have no
  /// room for everything show those of all the data.
  package func ofValidationSet(_ name: String) -> [Measurement] {
    map { measurement in
      var named = measurement.named("\(SeriesDescription.validation).\(name)")
      named.series.isPrincipal = false
      return named
    }
  }
}
