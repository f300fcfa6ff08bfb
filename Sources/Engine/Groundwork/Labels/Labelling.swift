/// What the label of a pixel says.
package enum Labelling: String, Sendable, Hashable, CaseIterable {
  /// The class that it is of, by its id.
  case exclusive
  /// All classes that it is of, each a bit: 1 << c for class c, 0 where it is of none.
  case multiple

  /// All bits of a byte together are ``Labels/ignored``, so that one of them is of no class.
  package var maximumClasses: Int { self == .multiple ? 7 : Labels.maximumClasses }

  /// A pixel that is of one class must have another to be of; where every class is asked for by
  /// itself, one is enough.
  package var minimumClasses: Int { self == .multiple ? 1 : 2 }

  /// Labels of so many classes are below this, or ignored.
  package func values(classes: Int) -> Int { self == .multiple ? 1 << classes : classes }

  /// Mask files of a sample.
  package func masks(classes: Int) -> Int { self == .multiple ? classes : 1 }
}

extension Labelling {
  /// For what reads a label as a class.
  ///
  /// - Throws: ``ComponentError`` where a pixel may have several.
  package func requireExclusive(field: String? = nil, remedy: String) throws(ComponentError) {
    guard self == .multiple else { return }
    throw ComponentError(
      field: field, "needs one class a pixel, but data.labels is multiple: \(remedy)")
  }
}
