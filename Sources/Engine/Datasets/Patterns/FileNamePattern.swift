/// A pattern of one name between two `/`, with `*` and `?` in it.
struct FileNamePattern: Sendable, Hashable {
  /// What stands before, between and behind the `*`; `nil` for a `?`.
  private let parts: [[Unicode.Scalar?]]

  init(_ text: Substring) {
    parts = text.unicodeScalars.split(separator: "*", omittingEmptySubsequences: false)
      .map { part in part.map { $0 == "?" ? nil : $0 } }
  }

  /// The number of `*`.
  var stars: Int { parts.count - 1 }

  /// What each `*` stands for in a name, every one but the last as little as it can; `nil` where the
  /// name does not fit.
  func match(_ name: String) -> [String]? {
    let scalars = Array(name.unicodeScalars)
    if scalars.first == ".", parts[0].first != "." { return nil }
    let (first, last) = (parts[0], parts[parts.count - 1])
    guard scalars.count >= first.count, fits(first, scalars[0...]) else { return nil }
    guard stars > 0 else { return scalars.count == first.count ? [] : nil }
    var place = first.count
    var found: [String] = []
    for part in parts[1..<parts.count - 1] {
      let start = place
      while place + part.count <= scalars.count, !fits(part, scalars[place...]) { place += 1 }
      guard place + part.count <= scalars.count else { return nil }
      found.append(Self.text(scalars[start..<place]))
      place += part.count
    }
    let end = scalars.count - last.count
    guard end >= place, fits(last, scalars[end...]) else { return nil }
    return found + [Self.text(scalars[place..<end])]
  }

  private func fits(_ part: [Unicode.Scalar?], _ scalars: ArraySlice<Unicode.Scalar>) -> Bool {
    guard part.count <= scalars.count else { return false }
    return zip(part, scalars).allSatisfy { $0 == nil || $0 == $1 }
  }

  private static func text(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    String(String.UnicodeScalarView(scalars))
  }
}
