internal import Datasets
internal import Groundwork

/// `data.class_colors`: which colour stands for which class in masks, overlays and legends. It decides no
/// result.
enum ClassColours: Sendable, Hashable {
  /// Those that `data.colors` or the class file have, and the program's own for other classes.
  case standard
  /// A table of names and colours that was not read yet.
  case file(String)
  case palette(NamedPalette)
  /// In the order of the ids.
  case list([RGB])
  /// The program's own for classes that are not among them.
  case named([String: RGB])

  static let key = "class_colors"
}

// MARK: - As a form

extension Form<ClassColours> {
  /// A palette's name, a table's file, the colours in the order of the ids, or those of names.
  static var classColours: Form {
    let palettes = NamedPalette.allCases.map(\.rawValue)
    let name = Form(
      "\(palettes.joined(separator: " | ")) | path", .scalar,
      read: { value in
        value.filePath().map { path in
          NamedPalette(rawValue: path).map { .palette($0) } ?? .file(path)
        }
      },
      write: { colours in
        switch colours {
        case .file(let path): .text(path)
        case .palette(let palette): .text(palette.rawValue)
        case .standard, .list, .named: nil
        }
      })
    let list = Form<[RGB]>.list(of: .colour).map(
      { ClassColours.list($0) },
      { colours in if case .list(let list) = colours { list } else { nil } })
    let named = Form<[(name: String, value: RGB)]>.byName("NAME", .colour).map(
      { ClassColours.named(Dictionary($0.map { ($0.name, $0.value) }) { first, _ in first }) },
      { colours in
        guard case .named(let named) = colours else { return nil }
        return named.map { ($0.key, $0.value) }
      })
    return either(scalar: name, list: list, mapping: named)
  }
}

// MARK: - Settling

extension DataSection {
  /// What the colours are once the class names are known.
  ///
  /// - Precondition: class names and the colours of masks have been read.
  mutating func settleClassColours(
    _ files: inout ClassFiles, classFile: String?, root: String, _ decoder: SpecDecoder
  ) {
    let path = SpecPath(components: ["data", ClassColours.key])
    func report(
      _ code: DiagnosticCode = .unfitMasks, because message: String, remedy: String? = nil
    ) {
      decoder.report(code, "\(path) \(message)", at: decoder.places[path], remedy: remedy)
    }
    let names = classNames
    switch classColours {
    case .standard:
      let found = standardColours(&files, classFile: classFile)
      if !found.isEmpty { classColours = .named(found) }
    case .palette(let palette):
      let colours = palette.colours(of: names)
      if colours.isEmpty {
        report(
          because: "is \(palette.rawValue), which has no colour for any of the classes",
          remedy: "list the colours, or leave it out")
      }
      classColours = .named(colours)
    case .list(let colours):
      if colours.count != names.count {
        report(because: "has \(colours.count) colours, but there are \(names.count) classes")
      }
      classColours = .named(
        Dictionary(zip(names, colours), uniquingKeysWith: { first, _ in first }))
    case .named(let colours):
      for name in colours.keys.sorted() where !names.contains(name) {
        report(
          .unknownClass, because: "names '\(name)', which is no class",
          remedy: SpecValue.suggestion(name, names))
      }
    case .file(let file):
      switch files.colours(in: Path.absolute(file, in: root)) {
      case .success(let listed):
        let colours = Dictionary(
          listed.map { ($0.name, $0.colour) }, uniquingKeysWith: { first, _ in first })
        if let name = names.first(where: { colours[$0] == nil }) {
          report(
            because: "has no colour of class '\(name)'",
            remedy: SpecValue.suggestion(name, listed.map(\.name)))
        }
        classColours = .named(colours.filter { names.contains($0.key) })
      case .failure(let error):
        for problem in error.problems { report(.unusableList, because: "names \(problem)") }
      }
    }
  }

  private func standardColours(
    _ files: inout ClassFiles, classFile: String?
  ) -> [String: RGB] {
    switch masks {
    case .pascal: return NamedPalette.pascal.colours(of: classNames)
    case .colours(let colours):
      let ofClasses = colours.filter { classNames.contains($0.name) }
      return Dictionary(
        ofClasses.map { ($0.name, $0.colour) }, uniquingKeysWith: { first, _ in first })
    case .classIDs, .preset, .values, .threshold, .colourFile:
      return classFile.map { files.coloursOfClasses(in: $0) } ?? [:]
    }
  }

  /// The colours of the classes in masks, overlays and legends.
  var palette: ClassPalette {
    guard case .named(let colours) = classColours else { return ClassPalette(classes: classNames) }
    return ClassPalette(classes: classNames, colours: colours)
  }
}
