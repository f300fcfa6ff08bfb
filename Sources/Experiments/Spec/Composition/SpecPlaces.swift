/// Where each value of a spec was written.
struct SpecPlaces {
  private var marks: [SpecPath: Mark] = [:]
  private let whole: Mark

  init(_ source: SourceText) { whole = Mark(whole: source) }

  /// The place of a value, or of what it would be in where it was not written.
  subscript(path: SpecPath) -> Mark {
    get {
      var candidate: SpecPath? = path
      while let path = candidate {
        if let mark = marks[path] { return mark }
        candidate = path.parent
      }
      return whole
    }
    set { marks[path] = newValue }
  }

  subscript(path: String) -> Mark { self[SpecPath(path) ?? .root] }
}
