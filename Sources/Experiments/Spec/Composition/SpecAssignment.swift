internal import Datasets
internal import Tracking

/// A value for one path of a spec, from the command line or from a sweep.
struct SpecAssignment: Sendable {
  let path: SpecPath
  /// Where the path was written.
  let place: Mark
  let value: YAMLNode
  var manner = Manner.set
  /// How a table shows the value, where not as it is written.
  var shown: String? = nil

  enum Manner: Sendable {
    /// Whether something is written there or not.
    case set
    /// Only where nothing is written yet; a list gets the value as a further element.
    case add
    /// Only where something is written, which is taken away.
    case delete
  }

  /// The tree with the value in it. Mappings on the way are made; `null` takes the key or the element away.
  ///
  /// The way may lead through a component: `losses.dice.weight` finds `dice` whether it is written
  /// as `dice`, `{dice: …}` or in a list, and `template.depth` goes on from `template: unet`.
  ///
  /// - Throws: ``SpecDiagnostic`` where the path leads through something that has no keys.
  func applied(to tree: YAMLNode) throws(SpecDiagnostic) -> YAMLNode {
    switch manner {
    case .set: return try set(path.components[...], in: tree, at: .root)
    case .add:
      guard let written = tree.child(at: path) else {
        return try set(path.components[...], in: tree, at: .root)
      }
      guard let elements = written.elements else {
        throw SpecDiagnostic(
          .unsettablePath, "\(path) is written already, as \(written.description)", at: place,
          remedy: "leave the + out to set it")
      }
      let longer = YAMLNode(content: .sequence(elements + [value]), mark: written.mark)
      return try SpecAssignment(path: path, place: place, value: longer).applied(to: tree)
    case .delete:
      guard tree.child(at: path) != nil else {
        throw SpecDiagnostic(
          .unsettablePath, "\(path) is not written, so that it cannot be taken away", at: place,
          remedy: "leave it out")
      }
      return try set(path.components[...], in: tree, at: .root)
    }
  }

  /// - Parameters:
  ///   - rest: what remains of the path, not empty.
  ///   - location: the path of the node.
  private func set(
    _ rest: ArraySlice<String>, in node: YAMLNode, at location: SpecPath
  ) throws(SpecDiagnostic) -> YAMLNode {
    guard let key = rest.first else { return value }
    switch node.content {
    case .mapping(let entries):
      var changed = node
      changed.content = .mapping(try set(rest, in: entries, at: location))
      return changed
    case .sequence(var elements):
      guard let index = elements.index(of: key) else {
        throw SpecDiagnostic(
          .unsettablePath, "\(location) has no element '\(key)'", at: place,
          remedy: "name a component that is in the list, or its position from 0")
      }
      let isPosition = Int(key) == index
      if rest.count == 1, value.isNull {
        elements.remove(at: index)
        return YAMLNode(content: .sequence(elements), mark: node.mark)
      }
      elements[index] =
        try isPosition
        ? set(rest.dropFirst(), in: elements[index], at: location.appending(key))
        : set(rest, in: elements[index], at: location)
      return YAMLNode(content: .sequence(elements), mark: node.mark)
    case .scalar(let scalar):
      guard let entries = Self.written(scalar, node.mark, for: key, at: location) else {
        throw SpecDiagnostic(
          .unsettablePath, "\(location) is \(node.description) and has no key '\(key)'", at: place,
          remedy: "set \(location) as a whole")
      }
      return YAMLNode(
        content: .mapping(try set(rest, in: entries, at: location)), mark: node.mark)
    }
  }

  private func set(
    _ rest: ArraySlice<String>, in entries: [YAMLEntry], at location: SpecPath
  ) throws(SpecDiagnostic) -> [YAMLEntry] {
    guard let key = rest.first else { return entries }
    let index = entries.firstIndex { $0.key == key }
    var changed = entries
    if rest.count == 1, value.isNull {
      changed.removeAll { $0.key == key }
      return changed
    }
    let empty = YAMLNode(content: .mapping([]), mark: place)
    let old = index.map { changed[$0].value } ?? empty
    let entry = YAMLEntry(
      key: key, keyMark: index == nil || rest.count == 1 ? place : changed[index ?? 0].keyMark,
      value: try set(rest.dropFirst(), in: old, at: location.appending(key)))
    if let index { changed[index] = entry } else { changed.append(entry) }
    return changed
  }

  /// The mapping that a scalar is short for, on the way to one of its keys.
  private static func written(
    _ scalar: YAMLScalar, _ mark: Mark, for key: String, at location: SpecPath
  ) -> [YAMLEntry]? {
    let node = YAMLNode(content: .scalar(scalar), mark: mark)
    if scalar.value == .null { return [] }
    if scalar.text == key {
      let noSettings = YAMLNode(content: .mapping([]), mark: mark)
      return [YAMLEntry(key: key, keyMark: mark, value: noSettings)]
    }
    if location.components == ["template"] {
      return [YAMLEntry(key: "name", keyMark: mark, value: node)]
    }
    return nil
  }
}

extension [SpecAssignment] {
  /// The tree with all values in it; what holds another of the paths is set before it, however they are
  /// written.
  ///
  /// - Throws: ``SpecDiagnostic`` where a path leads through something that has no keys.
  func applied(to tree: YAMLNode) throws(SpecDiagnostic) -> YAMLNode {
    var tree = tree
    for assignment in sorted(by: { $0.path.components.count < $1.path.components.count }) {
      tree = try assignment.applied(to: tree)
    }
    return tree
  }
}
