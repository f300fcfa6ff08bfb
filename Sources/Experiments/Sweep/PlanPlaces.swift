internal import Datasets
internal import Tracking

/// Where the values of a plan's trials were written: in the spec, in its sweep, or behind `--set`.
struct PlanPlaces: Sendable {
  private let tree: YAMLNode
  private let source: SourceText
  private let points: [[SpecAssignment]]

  /// - Parameters:
  ///   - tree: the tree of the spec, with its overrides applied.
  ///   - points: the assignments of each point of the sweep.
  init(tree: YAMLNode, source: SourceText, points: [[SpecAssignment]]) {
    self.tree = tree
    self.source = source
    self.points = points
  }

  /// The place of a trial's value, or of what it would be in where it is not written.
  ///
  /// - Parameter path: as ``SpecPath`` names it; a component in a list by its name.
  subscript(path: SpecPath, trial: Trial) -> Mark {
    tree(of: trial).mark(of: path.components[...]) ?? Mark(whole: source)
  }

  /// What the sweep sets in a trial.
  func assignments(of trial: Trial) -> [SpecAssignment] {
    points.indices.contains(trial.record.point) ? points[trial.record.point] : []
  }

  /// The spec as if it had been written for the trial alone.
  func tree(of trial: Trial) -> YAMLNode {
    // They could be applied when the trial was made.
    (try? assignments(of: trial).applied(to: tree)) ?? tree
  }
}

extension YAMLNode {
  /// The place of what the path leads to, or of the last on its way that is written; `nil` where not
  /// even its beginning is.
  fileprivate func mark(of rest: ArraySlice<String>) -> Mark? {
    guard let key = rest.first else { return nil }
    switch content {
    case .mapping(let entries):
      guard let entry = entries.first(where: { $0.key == key }) else { return nil }
      let inside = entry.value.mark(of: rest.dropFirst())
      return inside ?? (rest.count == 1 && !entry.value.isNull ? entry.value.mark : entry.keyMark)
    case .sequence(let elements):
      if let index = Int(key), elements.indices.contains(index) {
        return elements[index].mark(of: rest.dropFirst()) ?? elements[index].mark
      }
      return elements.lazy.compactMap { $0.mark(of: rest) }.first
    case .scalar(let scalar): return scalar.text == key ? mark : nil
    }
  }
}
