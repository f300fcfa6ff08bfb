/// The names of single values of a series with one axis: `validation.iou.crack` is an element of
/// `validation.class.iou`.
extension SeriesDescription {
  /// The words of a name: `validation` and `mean_iou`.
  package static func parts(of name: String) -> [String] {
    name.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
  }

  /// The name of the element at a place of the only axis.
  package func elementName(_ place: Int) -> String {
    "\(elementStem).\(axes[0].labels[place])"
  }

  /// The title of the element at a place of the only axis, with the unit: `Hausdorff distance crack
  /// (pixels)`.
  package func elementHeader(_ place: Int) -> String {
    withUnit("\(title) \(axes[0].labels[place])")
  }

  /// The place of the element of that name; `nil` where there is none.
  package func element(named written: String) -> Int? {
    guard axes.count == 1, written.hasPrefix(elementStem + ".") else { return nil }
    let label = written.dropFirst(elementStem.count + 1)
    return axes[0].labels.firstIndex { $0 == label }
  }

  /// The name without the word of an axis whose labels tell by themselves what they are.
  private var elementStem: String {
    guard let axis = axes.first, axis.isNamedByLabels else { return name }
    return Self.parts(of: name).filter { $0 != axis.name }.joined(separator: ".")
  }
}

/// The names that a person may write for a series or for one of its values.
extension SeriesDescription {
  /// The name, and the same with each alias as its last word; the part `validation` may be left out.
  package var writtenNames: [String] {
    Self.withAndWithoutScope(withAliases(name))
  }

  /// The same for the element at a place of the only axis.
  package func writtenElementNames(_ place: Int) -> [String] {
    Self.withAndWithoutScope(withAliases(elementStem).map { "\($0).\(axes[0].labels[place])" })
  }

  /// What metrics of the validation data are named with.
  package static let validation = "validation"

  /// A name, and the same with each alias as its last word.
  private func withAliases(_ name: String) -> [String] {
    let parts = Self.parts(of: name).dropLast()
    return [name] + aliases.map { (parts + [$0]).joined(separator: ".") }
  }

  private static func withAndWithoutScope(_ names: [String]) -> [String] {
    let scope = validation + "."
    return names
      + names.filter { $0.hasPrefix(scope) }.map { String($0.dropFirst(scope.count)) }
  }
}
