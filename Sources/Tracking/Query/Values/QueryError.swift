/// What is wrong with a query, and where in its text.
package struct QueryError: Error, Sendable, Hashable {
  /// The option or argument that the text was given with: `--where`.
  package let source: String
  package let text: String
  /// In Unicode scalars of the text, from 0.
  package let place: Range<Int>
  package let message: String
  package let remedy: String?

  init(_ message: String, _ text: QueryText, _ place: Range<Int>, remedy: String? = nil) {
    self.source = text.source
    self.text = text.text
    self.place = place
    self.message = message
    self.remedy = remedy
  }

  /// Counted from 1.
  package var column: Int { place.lowerBound + 1 }
}

extension QueryError: CustomStringConvertible {
  /// As the errors of a spec are said:
  ///
  ///     --where:5: nothing is called 'mean_ou'
  ///       | max(mean_ou) > 0.6
  ///       |     ^^^^^^^ did you mean 'mean_iou'?
  package var description: String {
    let scalars = Array(text.unicodeScalars.map { $0.isUnprintable ? "\u{FFFD}" : $0 })
    let start = min(place.lowerBound, scalars.count)
    let end = max(start + 1, min(place.upperBound, scalars.count))
    let shown = String(String.UnicodeScalarView(scalars))
    let indent = String(repeating: " ", count: start)
    let carets = String(repeating: "^", count: end - start)
    return "\(source):\(column): \(message)\n  | \(shown)\n  | \(indent)\(carets)"
      + (remedy.map { " \($0)" } ?? "")
  }
}

extension QueryError {
  /// The hint for a name that is mistyped; `nil` where no known one is near.
  static func hint(_ name: String, among known: [String]) -> String? {
    let nearest = NearestNames.of(name, among: known)
    return nearest.isEmpty
      ? nil : "did you mean \(nearest.map { "'\($0)'" }.joined(separator: " or "))?"
  }
}
