// Prints which modules and folders of the program use which, read off the sources, and fails where
// they use each other in a circle. `make architecture` builds and runs it.
//
// A folder uses another where one of its files names something that the other declares: a type, a
// function or a constant of the file's top level, or a member of an extension that only one folder
// has. Names that several folders declare say nothing and are left out. This is read as text: it
// needs no build, and it sees what an import does not say.

import Foundation

// MARK: - Sources

/// A folder of a module, or the module itself for the files that lie in no folder.
struct Place: Hashable, Comparable {
  let module: String
  /// Path below the module's folder; empty for its own files.
  let folder: String

  var name: String { folder.isEmpty ? module : "\(module)/\(folder)" }

  static func < (one: Place, other: Place) -> Bool { one.name < other.name }
}

struct SourceFile {
  let place: Place
  let path: String
  /// Words and punctuation, without comments and texts.
  let tokens: [Substring]
  let text: String
}

/// Replaces comments and the text of string literals by blanks; what is interpolated stays.
func code(of source: String) -> String {
  var result: [UInt8] = []
  let bytes = Array(source.utf8)
  var index = 0
  /// For each string that is open: how many parentheses of an interpolation are.
  var interpolations: [(depth: Int, quotes: Int)] = []
  func starts(_ text: StaticString) -> Bool {
    let length = text.utf8CodeUnitCount
    guard index + length <= bytes.count else { return false }
    return (0..<length).allSatisfy { bytes[index + $0] == text.utf8Start[$0] }
  }
  func skipString(quotes: Int) {
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\") {
        if index + 1 < bytes.count, bytes[index + 1] == UInt8(ascii: "(") {
          index += 2
          interpolations.append((1, quotes))
          result.append(UInt8(ascii: " "))
          return
        }
        index += 2
      } else if quotes == 3 ? starts("\"\"\"") : bytes[index] == UInt8(ascii: "\"") {
        index += quotes
        return
      } else {
        index += 1
      }
    }
  }
  while index < bytes.count {
    if starts("//") {
      while index < bytes.count, bytes[index] != UInt8(ascii: "\n") { index += 1 }
    } else if starts("/*") {
      while index < bytes.count, !starts("*/") { index += 1 }
      index += 2
    } else if bytes[index] == UInt8(ascii: "\"") {
      result.append(UInt8(ascii: " "))
      let quotes = starts("\"\"\"") ? 3 : 1
      index += quotes
      skipString(quotes: quotes)
    } else {
      let byte = bytes[index]
      index += 1
      if let last = interpolations.indices.last {
        if byte == UInt8(ascii: "(") { interpolations[last].depth += 1 }
        if byte == UInt8(ascii: ")") {
          interpolations[last].depth -= 1
          if interpolations[last].depth == 0 {
            let quotes = interpolations.removeLast().quotes
            result.append(UInt8(ascii: " "))
            skipString(quotes: quotes)
            continue
          }
        }
      }
      result.append(byte)
    }
  }
  return String(decoding: result, as: UTF8.self)
}

func tokens(of code: String) -> [Substring] {
  var tokens: [Substring] = []
  var index = code.startIndex
  while index < code.endIndex {
    let character = code[index]
    if character.isLetter || character == "_" {
      let end =
        code[index...].firstIndex { !($0.isLetter || $0.isNumber || $0 == "_") } ?? code.endIndex
      tokens.append(code[index..<end])
      index = end
    } else {
      if !character.isWhitespace { tokens.append(code[index...index]) }
      index = code.index(after: index)
    }
  }
  return tokens
}

// MARK: - Declarations

struct Declarations {
  /// By name, where it is declared.
  private(set) var names: [String: Set<Place>] = [:]
  /// By the name of a member of an extension, where it is.
  private(set) var members: [String: Set<Place>] = [:]
  /// The names that are declared within types of a place: there they mean these.
  private(set) var nested: [Place: Set<String>] = [:]
  /// Names of members of types, which a `.name` may mean as well.
  private(set) var ambiguous: Set<String> = []

  private static let kinds: Set<Substring> = [
    "struct", "class", "enum", "protocol", "typealias", "actor", "func", "let", "var",
  ]

  mutating func add(_ file: SourceFile) {
    let tokens = file.tokens
    var depth = 0
    var extensionDepth: Int?
    var isHidden = false
    for (index, token) in tokens.enumerated() {
      switch token {
      case "case":
        if index + 1 < tokens.count { ambiguous.insert(String(tokens[index + 1])) }
      case "{": depth += 1
      case "}":
        depth -= 1
        if extensionDepth == depth { extensionDepth = nil }
        isHidden = false
      case "private", "fileprivate": isHidden = true
      case "extension" where depth == 0: extensionDepth = 0
      case _ where Self.kinds.contains(token):
        guard index + 1 < tokens.count else { break }
        let isTop = depth == 0
        let isMember = depth == 1 && extensionDepth == 0
        // `class func`, `static let` and the like: the last of them is followed by the name.
        let name = String(tokens[index + 1])
        guard let first = name.first, first.isLetter || first == "_",
          !Self.kinds.contains(tokens[index + 1])
        else { break }
        if !isTop && !isMember {
          ambiguous.insert(name)
          nested[file.place, default: []].insert(name)
        } else if !isHidden {
          if isTop {
            names[name, default: []].insert(file.place)
          } else {
            members[name, default: []].insert(file.place)
          }
        }
        isHidden = false
      default: break
      }
    }
  }
}

// MARK: - Graph

/// Of each place, the places that it uses, with the names that show it.
typealias Graph = [Place: [Place: Set<String>]]

func graph(of files: [SourceFile], _ declarations: Declarations, isIncluded: (Place, Place) -> Bool)
  -> Graph
{
  var graph: Graph = [:]
  for file in files {
    graph[file.place, default: [:]] = graph[file.place, default: [:]]
    for (index, token) in file.tokens.enumerated() {
      let name = String(token)
      let follows = index > 0 ? file.tokens[index - 1] : ""
      let isMember = follows == "."
      if isMember, declarations.ambiguous.contains(name) { continue }
      if declarations.nested[file.place]?.contains(name) == true { continue }
      let isFunction = name.first?.isLowercase ?? false
      let next = index + 1 < file.tokens.count ? file.tokens[index + 1] : ""
      if isFunction, !isMember, next != "(" { continue }
      if follows == "func" || follows == "var" || follows == "let" { continue }
      let places = isMember ? declarations.members[name] : declarations.names[name]
      guard let places, places.count == 1, let place = places.first, place != file.place,
        isIncluded(file.place, place)
      else { continue }
      graph[file.place]?[place, default: []].insert(name)
    }
  }
  return graph
}

/// The strongly connected components with more than one member (Tarjan 1972).
func cycles<Node: Hashable & Comparable>(_ edges: [Node: Set<Node>]) -> [[Node]] {
  var number: [Node: Int] = [:]
  var low: [Node: Int] = [:]
  var stack: [Node] = []
  var onStack: Set<Node> = []
  var found: [[Node]] = []
  func visit(_ node: Node) {
    let own = number.count
    number[node] = own
    low[node] = own
    stack.append(node)
    onStack.insert(node)
    for next in (edges[node] ?? []).sorted() {
      if number[next] == nil {
        visit(next)
        low[node] = min(low[node]!, low[next]!)
      } else if onStack.contains(next) {
        low[node] = min(low[node]!, number[next]!)
      }
    }
    guard low[node] == own else { return }
    var component: [Node] = []
    while let last = stack.popLast() {
      onStack.remove(last)
      component.append(last)
      if last == node { break }
    }
    if component.count > 1 { found.append(component.sorted()) }
  }
  for node in edges.keys.sorted() where number[node] == nil { visit(node) }
  return found
}

// MARK: - Reading

func swiftFiles(in folder: String) -> [String] {
  let manager = FileManager.default
  guard let names = manager.enumerator(atPath: folder) else { return [] }
  return names.compactMap { $0 as? String }.filter { $0.hasSuffix(".swift") }.sorted()
}

/// The modules and the folders they lie in, from `Package.swift`.
func modules(root: String) -> [(name: String, folder: String)] {
  let manager = FileManager.default
  let package = (try? String(contentsOfFile: "\(root)/Package.swift", encoding: .utf8)) ?? ""
  var modules: [(String, String)] = []
  for folder in ((try? manager.contentsOfDirectory(atPath: "\(root)/Sources")) ?? []).sorted()
  where !folder.hasPrefix("C") {
    let inner = (try? manager.contentsOfDirectory(atPath: "\(root)/Sources/\(folder)")) ?? []
    let nested = inner.filter { package.contains("Sources/\(folder)/\($0)\"") }.sorted()
    if nested.isEmpty {
      modules.append((folder, "\(root)/Sources/\(folder)"))
    } else {
      modules += nested.map { ($0, "\(root)/Sources/\(folder)/\($0)") }
    }
  }
  return modules
}

@main
enum Architecture {
  static func main() {
    let arguments = CommandLine.arguments
    let root = arguments.count > 1 ? arguments[1] : "."
    let explains = arguments.contains("--names")
    var files: [SourceFile] = []
    for module in modules(root: root) {
      for path in swiftFiles(in: module.folder) {
        guard let text = try? String(contentsOfFile: "\(module.folder)/\(path)", encoding: .utf8)
        else { continue }
        // Rooms are the folders directly below a module.
        let parts = path.split(separator: "/").dropLast()
        let stripped = code(of: text)
        files.append(
          SourceFile(
            place: Place(module: module.name, folder: parts.first.map(String.init) ?? ""),
            path: path, tokens: tokens(of: stripped), text: text))
      }
    }
    var declarations = Declarations()
    for file in files { declarations.add(file) }
    let within = graph(of: files, declarations) { $0.module == $1.module }

    var failed = false
    var moduleEdges: [String: Set<String>] = [:]
    let names = Set(files.map(\.place.module))
    for file in files {
      for line in file.text.split(separator: "\n") {
        let words = line.split(separator: " ")
        if let place = words.firstIndex(of: "import"), place <= 2, place + 1 < words.count,
          names.contains(String(words[place + 1]))
        {
          moduleEdges[file.place.module, default: []].insert(String(words[place + 1]))
        }
      }
    }
    for module in Set(files.map(\.place.module)).sorted() {
      let uses = (moduleEdges[module] ?? []).sorted()
      print("\(module) → \(uses.isEmpty ? "nothing of the project" : uses.joined(separator: ", "))")
      for place in within.keys.sorted() where place.module == module && !place.folder.isEmpty {
        let uses = within[place, default: [:]].filter { !$0.key.folder.isEmpty }
        let texts = uses.keys.sorted().map { other in
          explains
            ? "\(other.folder) (\(uses[other]!.sorted().joined(separator: " ")))" : other.folder
        }
        print("  \(place.folder) → \(texts.isEmpty ? "–" : texts.joined(separator: ", "))")
      }
    }
    for cycle in cycles(moduleEdges) {
      failed = true
      print("cycle between modules: \(cycle.joined(separator: ", "))")
    }
    let folderEdges = within.mapValues { Set($0.keys) }
    for cycle in cycles(folderEdges) {
      failed = true
      print("cycle between folders: \(cycle.map(\.name).joined(separator: ", "))")
    }
    exit(failed ? 1 : 0)
  }
}
