extension YAMLNode {
  /// What is written at a path; `nil` where nothing is.
  func child(at path: SpecPath) -> YAMLNode? {
    path.components.reduce(self as YAMLNode?) { $0?.child($1) }
  }

  /// What a key, a position in a list or the name of a component in one leads to.
  func child(_ key: String) -> YAMLNode? {
    switch content {
    case .mapping: return self[key]
    case .sequence(let elements):
      guard let index = elements.index(of: key) else { return nil }
      let isPosition = Int(key) == index
      return isPosition || elements[index].entries == nil ? elements[index] : elements[index][key]
    case .scalar: return nil
    }
  }
}

extension [YAMLNode] {
  /// By position, or by the name of a component: `dice` or `{dice: …}`.
  func index(of key: String) -> Int? {
    if let position = Int(key) { return indices.contains(position) ? position : nil }
    return firstIndex { element in
      element.scalar?.text == key || element.entries?.first?.key == key
    }
  }
}
