internal import Datasets
internal import Groundwork

extension Form {
  /// A list of values of one form; nothing where one of them could not be read.
  static func list<Element>(of element: Form<Element>) -> Form where Value == [Element] {
    Form(
      "list of \(element.words)", .list(of: element.schema), sections: element.sections,
      read: { value in
        guard let elements = value.elements() else { return nil }
        let values = elements.compactMap(element.read)
        return values.count == elements.count ? values : nil
      },
      write: { values, purpose in .list(values.compactMap { element.write($0, purpose) }) })
  }

  /// A list of so many values.
  ///
  /// - Parameters:
  ///   - words: what must be written, as messages and the reference say it.
  ///   - note: what messages add to the words.
  static func list<Element>(
    _ words: String, _ elements: [Form<Element>], note: String = ""
  ) -> Form where Value == [Element] {
    let schemas = elements.map(\.schema)
    return Form(
      words,
      JSONSchema { extent in
        [
          "type": .text("array"), "items": .list(schemas.map { $0.json(extent) }),
          "minItems": .integer(schemas.count), "maxItems": .integer(schemas.count),
        ]
      },
      read: { value in
        guard value.node.elements?.count == elements.count, let written = value.elements() else {
          value.report(.wrongNotation, "must be \(words)\(note)")
          return nil
        }
        let values = zip(elements, written).compactMap { $0.read($1) }
        return values.count == elements.count ? values : nil
      },
      write: { values, purpose in
        .list(zip(elements, values).compactMap { $0.write($1, purpose) })
      })
  }

  /// A mapping whose keys a spec makes up itself, in the order of writing.
  ///
  /// - Parameters:
  ///   - placeholder: what the reference calls a key.
  ///   - value: the form of the value of a key.
  static func byName<Element>(
    _ placeholder: String, _ value: Form<Element>
  ) -> Form where Value == [(name: String, value: Element)] {
    Form(
      "{\(placeholder): \(value.words), …}", .mapping(to: value.schema),
      sections: value.sections.map { $0.below(placeholder) },
      read: { written in
        guard let keys = written.mapping() else { return nil }
        let values = keys.entries.compactMap { entry in
          keys[entry.key].flatMap(value.read).map { (entry.key, $0) }
        }
        return values.count == keys.entries.count ? values : nil
      },
      write: { values, purpose in
        .object(
          Dictionary(
            values.compactMap { entry in
              value.write(entry.value, purpose).map { (entry.name, $0) }
            }, uniquingKeysWith: { first, _ in first }))
      })
  }

  /// What is written as a scalar, a list or a mapping, each in a form of its own.
  ///
  /// - Parameter main: reports what is written in none of them; the first of them where not given.
  static func either(
    scalar: Form? = nil, list: Form? = nil, mapping: Form? = nil, main: Form? = nil
  ) -> Form {
    let forms = [scalar, list, mapping].compactMap(\.self)
    return Form(
      forms.map(\.words).joined(separator: " | "), .anyOf(forms.map(\.schema)),
      sections: forms.flatMap(\.sections),
      read: { value in
        let form =
          if value.node.entries != nil {
            mapping
          } else if value.node.elements != nil {
            list
          } else {
            scalar
          }
        return (form ?? main ?? forms.first)?.read(value)
      },
      write: { value, purpose in forms.lazy.compactMap { $0.write(value, purpose) }.first })
  }
}

extension Form<SpatialExtent> {
  /// Height and width in pixels, or before them a depth in slices.
  static var patchExtent: Form {
    let side = Form<Int>.integer(in: 1...SpecValue.maximumSide).schema
    return Form(
      "[height, width] | [depth, height, width]", .list(of: side, count: 2...3),
      read: { $0.patchExtent() },
      write: { .list($0.extents.map { .integer($0) }) })
  }
}

extension Form<Size> {
  /// Height and width in pixels.
  static var size: Form {
    let side = Form<Int>.integer(in: 1...SpecValue.maximumSide).schema
    return Form(
      "[height, width]", .list(of: side, count: 2...2), read: { $0.size() },
      write: { CanonicalJSON($0) })
  }
}
