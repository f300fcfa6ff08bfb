internal import Datasets
internal import Foundation
internal import Tracking

/// A spec file put together with the files that its `base` names.
///
/// Later files win, and the file itself wins over all of them. Mappings merge key by key, lists and values
/// replace what they inherit, a key without a value takes the inherited one away, and `!replace` before a
/// mapping drops what it would merge with.
struct BaseFiles {
  static let key = "base"

  /// What the files make together, without their `base` keys.
  private(set) var tree: YAMLNode
  /// The files that the spec builds on, in the order in which they count: later ones win. One that several
  /// build on is there once for each of them.
  private(set) var sources: [SourceText] = []
  private(set) var problems: [SpecDiagnostic] = []
  /// False where a file is missing, so that what else is wrong with the spec cannot be told.
  private(set) var isWhole = true

  /// More than anybody needs; they keep what a file can make of others within limits.
  private static let maximumFiles = 64

  /// - Throws: ``YAMLError`` where one of the files cannot be read as YAML.
  init(of source: SourceText) throws(YAMLError) {
    tree = YAMLNode(content: .mapping([]), mark: Mark(whole: source))
    let written = try YAMLParser.parse(source, allowsReplacements: true)
    tree = try compose(written, of: source, below: [Link(source)])
    if sources.isEmpty {
      problems += written.replacements.map { mark in
        SpecDiagnostic(
          .idleReplacement, "!replace drops what a base file says, and this file has none",
          at: mark,
          remedy: "leave it out")
      }
    }
  }

  /// A file on the way from the spec to what it builds on.
  private struct Link {
    let source: SourceText
    /// With links resolved: the same for the same file.
    let identity: String

    init(_ source: SourceText) {
      self.source = source
      let path = Path.absolute(source.name, in: FileManager.default.currentDirectoryPath)
      identity = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }
  }

  /// - Parameter chain: the files that lead here, this one the last.
  private mutating func compose(
    _ written: YAMLNode, of source: SourceText, below chain: [Link]
  ) throws(YAMLError) -> YAMLNode {
    problems += written.repeatedKeys.map { repeated in
      SpecDiagnostic(
        .repeatedKey, "key '\(repeated.key.key)' is repeated", at: repeated.key.keyMark,
        remedy: "first written at \(repeated.first.keyMark.place)")
    }
    guard let entries = written.entries,
      let base = entries.first(where: { $0.key == Self.key })
    else { return written }
    var own = written
    own.content = .mapping(entries.filter { $0.key != Self.key })
    var inherited: YAMLNode?
    for file in names(in: base) {
      guard let (node, source) = try read(file, from: source, below: chain) else { continue }
      let composed = try compose(node, of: source, below: chain + [Link(source)])
      guard composed.entries != nil else {
        problems.append(
          SpecDiagnostic(.wrongType, "must be a mapping of keys to values", at: Mark(whole: source))
        )
        continue
      }
      sources.append(source)
      inherited = inherited.map { composed.merged(over: $0) } ?? composed
    }
    return inherited.map { own.merged(over: $0) } ?? own
  }

  /// The texts of a `base` key: one name or a list of them.
  private mutating func names(in base: YAMLEntry) -> [YAMLNode] {
    let listed = base.value.elements ?? [base.value]
    let names = listed.filter { $0.scalar?.value == .text }
    guard names.count == listed.count, !names.isEmpty else {
      isWhole = false
      problems.append(
        SpecDiagnostic(
          .missingBase, "base must name the files that this one builds on", at: base.keyMark,
          remedy: "write base: [common.yaml], or leave it out"))
      return []
    }
    return names
  }

  /// - Returns: `nil` for a file that must not be read here, which was reported.
  private mutating func read(
    _ name: YAMLNode, from source: SourceText, below chain: [Link]
  ) throws(YAMLError) -> (YAMLNode, SourceText)? {
    let text = name.scalar?.text ?? ""
    let path = Path.tidied(text.hasPrefix("/") ? text : Path.folder(of: source.name) + text)
    func report(_ code: DiagnosticCode, _ message: String, remedy: String? = nil) {
      problems.append(SpecDiagnostic(code, message, at: name.mark, remedy: remedy))
      isWhole = false
    }
    guard FileManager.default.fileExists(atPath: path) else {
      report(
        .missingBase, "base: there is no file \(path)",
        remedy: "paths in a file are relative to its own folder")
      return nil
    }
    guard sources.count + chain.count < Self.maximumFiles else {
      report(.excess, "base: more than \(Self.maximumFiles) files, which no spec needs")
      return nil
    }
    let found = try SourceText.file(path, order: sources.count + chain.count - Self.maximumFiles)
    let link = Link(found)
    if let first = chain.firstIndex(where: { $0.identity == link.identity }) {
      let way = (chain[first...].map(\.source.name) + [path]).joined(separator: " → ")
      report(
        .circularBase, "base: these files build on each other: \(way)",
        remedy: "leave one of them out")
      return nil
    }
    return (try YAMLParser.parse(found, allowsReplacements: true), found)
  }
}
