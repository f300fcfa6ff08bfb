internal import Tracking

/// `Documentation/Spec-reference.md`: every section and every component of a spec as Markdown.
///
/// What it says comes from ``SpecSection/all`` and from the declarations of the components, so that
/// the document is made and not written; a test fails where the committed file is another.
enum SpecReference {
  static var markdown: String {
    let kinds = ComponentKind.all
    return
      ([head(kinds)] + [sections] + kinds.map(text(of:))).joined(separator: "\n\n") + "\n"
  }

  private static func head(_ kinds: [ComponentKind]) -> String {
    let contents = ["Sections"] + kinds.map(title(of:))
    return """
      # Spec reference

      This is every key of a spec, with what may be written, its default and what it does.
      [Write-a-spec.md](Write-a-spec.md) explains how they go together. The program writes this file
      from its own declarations (`make reference`); `experiments components` prints the components on
      the terminal.

      \(contents.map { "* [\($0)](#\($0.lowercased()))" }.joined(separator: "\n"))
      """
  }

  // MARK: - Sections

  private static var sections: String {
    (["## Sections"] + SpecSection.all.map(text(of:))).joined(separator: "\n\n")
  }

  private static func text(of section: SpecSection) -> String {
    let title = section.path.isEmpty ? "Top level" : "`\(section.path)`"
    let rows = section.keys.map { key in
      let standard =
        switch key.presence {
        case .required, .requiredUnless: "required"
        case .optional: "—"
        case .standard(let value): value
        }
      return [code(key.name), key.type, standard, key.about]
    }
    return ["### \(title)", section.about, table("key", rows)].joined(separator: "\n\n")
  }

  // MARK: - Components

  /// The kind's name in the plural, as a heading has it.
  private static func title(of kind: ComponentKind) -> String {
    let plural = kind.name + (kind.name.hasSuffix("s") ? "es" : "s")
    return plural.prefix(1).uppercased() + plural.dropFirst()
  }

  private static func text(of kind: ComponentKind) -> String {
    (["## \(title(of: kind))"] + ComponentDescription.list(nil, of: [kind]).map(text(of:)))
      .joined(separator: "\n\n")
  }

  private static func text(of component: ComponentDescription) -> String {
    var parts = ["### `\(component.name)`", component.about]
    if let definition = component.definition { parts.append(definition) }
    if !component.otherNames.isEmpty {
      parts.append("Also written \(component.otherNames.map(code).joined(separator: ", ")).")
    }
    if !component.fields.isEmpty {
      parts.append(
        table(
          "field",
          component.fields.map { field in
            let unit = field.unit.map { " \($0)" } ?? ""
            let standard = field.fallback ?? (field.isRequired ? "required" : "—")
            return [code(field.name), field.type + unit, standard, field.about]
          }))
    }
    parts.append("```yaml\n\(component.example)\n```")
    return parts.joined(separator: "\n\n")
  }

  // MARK: - Markdown

  private static func code(_ text: String) -> String { "`\(text)`" }

  /// - Parameter rows: four cells each; what they hold is text that Markdown must not read as marks.
  private static func table(_ first: String, _ rows: [[String]]) -> String {
    let header = ["| \(first) | value | default | meaning |", "|---|---|---|---|"]
    let lines = rows.map { cells in
      "| " + cells.map { $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
    }
    return (header + lines).joined(separator: "\n")
  }
}
