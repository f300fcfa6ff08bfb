internal import Datasets
internal import Groundwork

/// What classes are called: by a file that lies with the data, or by what they look like.
struct NamedClasses {
  private let file: ClassFile?
  private let path: String?

  init(_ file: ClassFile?, _ path: String?) { (self.file, self.path) = (file, path) }

  /// How many the file names; 0 where there is none.
  var count: Int { file?.classes.count ?? 0 }

  private func fitting(_ count: Int) -> (entry: StarterSpec.Entry, names: [String])? {
    guard let file, let path, file.classes.count == count else { return nil }
    return (
      .init(path: path, about: "\(Units.count(count, "class")), as that file names them"),
      file.classes.map(\.name)
    )
  }

  /// Background and something else.
  func two(_ other: String) -> GuessedMasks {
    if let (entry, names) = fitting(2) { return GuessedMasks(classes: names, entry: entry) }
    let names = ["background", other]
    return GuessedMasks(
      classes: names, entry: .init(yaml: Self.list(names), about: "give the second its name"))
  }

  /// Classes whose ids the masks hold.
  func ids(_ count: Int) -> GuessedMasks {
    if let (entry, names) = fitting(count) { return GuessedMasks(classes: names, entry: entry) }
    if count == 2 { return two("foreground") }
    let names = (0..<count).map { "class_\($0)" }
    return GuessedMasks(
      classes: names,
      entry: .init(yaml: Self.list(names), about: "give them their names, in the order of the ids"))
  }

  /// Classes of other values, in their order.
  func mapped(_ values: [Int]) -> GuessedMasks {
    if let (entry, names) = fitting(values.count) {
      var guess = GuessedMasks(classes: names, entry: entry)
      guess.assumptions = ["the classes of the file are in the order of the values"]
      return guess
    }
    let names = values.map { $0 == 0 ? "background" : "class_\($0)" }
    return GuessedMasks(
      classes: names,
      entry: .init(
        yaml: Self.list(names), about: "give them their names, in the order of the values"))
  }

  // MARK: Colors

  /// The file where it has every one of some colors.
  func file(ofColours colours: [RGB]) -> GuessedMasks? {
    guard let path, let listed = try? file?.colours() else { return nil }
    let known = Set(listed.map(\.colour))
    guard colours.allSatisfy(known.contains) else { return nil }
    return GuessedMasks(
      classes: listed.map(\.name),
      entry: .init(
        path: path, about: "\(Units.count(listed.count, "class")), as that file names them"))
  }

  /// Names for colors: those of the file and of a palette that is known, where they have them.
  func names(
    ofColours colours: [RGB]
  ) -> (names: [String], about: String, assumptions: [String]) {
    let listed = (try? file?.colours()) ?? []
    let own = Dictionary(listed.map { ($0.colour, $0.name) }) { first, _ in first }
    var assumptions: [String] = []
    var palette: [RGB: String] = [:]
    if own.isEmpty, let found = NamedPalette.names(of: colours) {
      palette = found.names
      assumptions.append(
        "the colors of the masks are those of \(found.palette.rawValue), and so are the names")
    }
    let isBlackAndWhite = colours == [RGB(0, 0, 0), RGB(255, 255, 255)]
    let names = colours.map { colour in
      own[colour] ?? palette[colour]
        ?? (colour == RGB(0, 0, 0)
          ? "background"
          : isBlackAndWhite
            ? "foreground" : "color_" + String(colour.hexadecimal.dropFirst()))
    }
    let hasNames = !names.contains { $0.hasPrefix("color_") }
    return (names, hasNames ? "" : "give them their names, here and in colors", assumptions)
  }

  static func list(_ names: [String]) -> String {
    "[\(names.map(StarterSpec.quoted).joined(separator: ", "))]"
  }
}
