/// How the path of a mask, or of a further image, follows from that of a sample's first image.
///
/// `{name}` is the image's name, `{stem}` the name without its extension, `{folder}` the folders below
/// those that the images' pattern names outright, and `{1}`, `{2}`, … what the wildcards stand for.
struct PartnerTemplate: Sendable, Hashable {
  let text: String
  private let parts: [Part]

  private enum Part: Sendable, Hashable {
    case literal(String)
    case stem
    case name
    case folder
    /// From 1.
    case star(Int)
  }

  /// - Parameter images: the pattern of the images.
  /// - Throws: ``PatternError`` for placeholders that there are not, and where all images would have one
  ///   partner.
  init(_ text: String, images: FilePattern) throws(PatternError) {
    self.text = text
    var parts: [Part] = []
    var rest = text[...]
    while let open = rest.firstIndex(where: { $0 == "{" || $0 == "}" }) {
      guard rest[open] == "{", let close = rest[open...].firstIndex(of: "}") else {
        throw PatternError("has a brace without its other")
      }
      if open > rest.startIndex { parts.append(.literal(String(rest[..<open]))) }
      parts.append(try Self.part(rest[rest.index(after: open)..<close], stars: images.stars))
      rest = rest[rest.index(after: close)...]
    }
    if !rest.isEmpty { parts.append(.literal(String(rest))) }
    let literals = parts.compactMap { if case .literal(let text) = $0 { text } else { nil } }
    if let wildcard = literals.joined().first(where: { $0 == "*" || $0 == "?" }) {
      throw PatternError(
        "has a '\(wildcard)', but it is the path that belongs to one image",
        remedy:
          "write {stem} for the image's name without extension, or {1} for what the first '*' of "
          + "the images stands for")
    }
    guard literals.count < parts.count || images.alternatives.allSatisfy(\.isOneFile) else {
      throw PatternError(
        "is the same for all images", remedy: "write {stem} where the image's name stands in it")
    }
    self.parts = parts
  }

  private static func part(_ name: Substring, stars: Int) throws(PatternError) -> Part {
    switch name {
    case "stem": return .stem
    case "name": return .name
    case "folder": return .folder
    default:
      if let number = Int(name), (1...max(1, stars)).contains(number), stars > 0 {
        return .star(number)
      }
      let wildcards =
        stars == 0 ? "" : stars == 1 ? ", {1}" : stars == 2 ? ", {1}, {2}" : ", {1}…{\(stars)}"
      throw PatternError(
        "has no placeholder '{\(name)}' to name",
        remedy: "one of {stem}, {name}, {folder}\(wildcards)")
    }
  }

  /// The partner of an image.
  func path(of image: MatchedFile) -> String {
    var path = ""
    var isDoubled = false
    for part in parts {
      var text =
        switch part {
        case .literal(let text): text
        case .stem: Self.stem(of: image.path)
        case .name: Self.name(of: image.path)
        case .folder: image.folder
        case .star(let number):
          image.stars.indices.contains(number - 1) ? image.stars[number - 1] : ""
        }
      if isDoubled, text.hasPrefix("/") { text.removeFirst() }
      // Where there are no folders in between there is one separator.
      isDoubled = text.isEmpty && (path.isEmpty || path.hasSuffix("/"))
      path += text
    }
    return path
  }

  private static func name(of path: String) -> String {
    String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])
  }

  /// The name without its extension; a compressed volume has two, as `scan.nii.gz`.
  private static func stem(of path: String) -> String {
    let name = name(of: path)
    if name.lowercased().hasSuffix(".nii.gz") { return String(name.dropLast(7)) }
    guard let dot = name.lastIndex(of: "."), dot > name.startIndex else { return name }
    return String(name[..<dot])
  }

  /// What the files of all partners fit, for those that no image has; `nil` where there is one file.
  var pattern: FilePattern? {
    var text = ""
    for (index, part) in parts.enumerated() {
      switch part {
      case .literal(let literal): text += literal
      case .stem, .name: text += "*"
      case .folder, .star:
        let starts = text.isEmpty || text.hasSuffix("/")
        var ends = index == parts.count - 1
        if index + 1 < parts.count, case .literal(let next) = parts[index + 1] {
          ends = next.hasPrefix("/")
        }
        text += starts && ends && index < parts.count - 1 ? "**" : "*"
      }
    }
    let file = EntryParts(text).file
    return file.contains("*") ? try? FilePattern(file) : nil
  }
}

extension [FilePattern.Component] {
  /// True where at most one file can fit.
  fileprivate var isOneFile: Bool {
    allSatisfy { if case .name = $0 { true } else { false } }
  }
}
