import Foundation

/// The training calls in a file: JSON bodies, curl commands, Python, or a notebook of Python.
struct DeepDetectText {
  private(set) var settings = DeepDetectSettings()
  /// Parts that look like calls and could not be read, with their lines: the first of them.
  private(set) var unread: [(line: Int, message: String)] = []

  /// Larger files are no training calls.
  static let mostBytes = 4 << 20

  /// - Parameter text: of the file.
  init(_ text: String) {
    let code = Self.cells(text) ?? text
    var reader = WrittenValueReader(code)
    scan(&reader)
    // Mappings that no call was seen to use.
    for (name, value) in variables.sorted(by: { $0.key < $1.key }) where !used.contains(name) {
      settings.add(value)
    }
  }

  private var variables: [String: WrittenValue] = [:]
  /// The names of variables that a call was given.
  private var used: Set<String> = []
  /// How many more values variables may be replaced by: a few lines whose lists hold each other's would
  /// otherwise stand for more than memory holds.
  private var budget = 1 << 18

  /// The code of a notebook; `nil` where the text is none.
  private static func cells(_ text: String) -> String? {
    guard text.contains("\"cells\""), text.contains("\"source\""),
      let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any],
      let cells = object["cells"] as? [[String: Any]]
    else { return nil }
    return cells.filter { $0["cell_type"] as? String == "code" }.map { cell in
      (cell["source"] as? [String])?.joined() ?? cell["source"] as? String ?? ""
    }.joined(separator: "\n")
  }

  // MARK: Scanning

  private mutating func scan(_ reader: inout WrittenValueReader) {
    while let byte = reader.byte {
      guard !reader.isSpent else {
        let problem = reader.problem(
          "the rest is not read: too much before it is nested or quoted without an end")
        return note(problem, reader, asFirst: true)
      }
      let start = reader.place
      switch byte {
      case UInt8(ascii: "{"):
        if let map = value(&reader) { add(map) }
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        // A string of a shell that is a body is read as what it holds.
        let holdsBody = [UInt8(ascii: "{"), 0x20, 0x0A].contains(reader.next)
        if holdsBody || (try? reader.text()) == nil { reader.goBack(to: start + 1) }
      case UInt8(ascii: "#"): reader.skip()
      default:
        if WrittenValueReader.isOfWord(byte), byte < 0x30 || byte > 0x39 { statement(&reader) }
      }
      if reader.place == start { reader.place += 1 }
    }
  }

  /// What a call says, with the variables as they are where it stands.
  private mutating func add(_ body: WrittenValue) {
    used.formUnion(body.names)
    settings.add(body.resolved(variables, budget: &budget))
  }

  /// - Parameter asFirst: whether it comes before all others.
  private mutating func note(
    _ problem: WrittenValueReader.Problem, _ reader: WrittenValueReader, asFirst: Bool = false
  ) {
    let part = (line: reader.line(at: problem.offset), message: problem.message)
    if asFirst { return unread.insert(part, at: 0) }
    if unread.count < Self.mostUnread { unread.append(part) }
  }

  /// More than are shown.
  private static let mostUnread = 100

  /// `name = value`, or a call.
  private mutating func statement(_ reader: inout WrittenValueReader) {
    let name = Self.word(&reader)
    let behind = reader.place
    reader.skipBlanks()
    guard reader.byte == UInt8(ascii: "="), reader.next != UInt8(ascii: "=") else {
      reader.place = behind
      call(name, &reader)
      return
    }
    reader.place += 1
    reader.skipBlanks()
    let start = reader.place
    if call(Self.word(&reader), &reader) { return }
    reader.goBack(to: start)
    guard let value = value(&reader) else { return }
    if let old = variables[name], !used.contains(name) { settings.add(old) }
    variables[name] = value.resolved(variables, budget: &budget)
    used.remove(name)
  }

  private static func word(_ reader: inout WrittenValueReader) -> String {
    let start = reader.place
    while let byte = reader.byte, WrittenValueReader.isOfWord(byte) { reader.place += 1 }
    return String(decoding: reader.bytes[start..<reader.place], as: UTF8.self)
  }

  /// Reads the arguments of a function that starts a training. What is in the brackets of other calls is
  /// looked at in its turn.
  ///
  /// - Returns: false where the word names no such function.
  @discardableResult private mutating func call(
    _ name: String, _ reader: inout WrittenValueReader
  ) -> Bool {
    let method = name.split(separator: ".").last.map(String.init) ?? name
    let behind = reader.place
    reader.skipBlanks()
    guard reader.byte == UInt8(ascii: "("), let call = DeepDetectCall(rawValue: method) else {
      reader.place = behind
      return false
    }
    reader.place += 1
    do throws(WrittenValueReader.Problem) {
      add(try call.body(&reader))
    } catch {
      note(error, reader)
      reader.goBack(to: behind + 1)
    }
    return true
  }

  private mutating func value(_ reader: inout WrittenValueReader) -> WrittenValue? {
    let start = reader.place
    do throws(WrittenValueReader.Problem) {
      return try reader.value()
    } catch {
      note(error, reader)
      reader.goBack(to: start + 1)
      return nil
    }
  }
}

extension WrittenValue {
  /// With variables replaced by what they were set to.
  ///
  /// - Parameter budget: how many values may be looked at; all others stay as they are written.
  func resolved(
    _ variables: [String: WrittenValue], budget: inout Int, depth: Int = 0
  ) -> WrittenValue {
    guard depth < WrittenValueReader.deepest, budget > 0 else { return self }
    budget -= 1
    switch self {
    case .expression(let name):
      guard let value = variables[name], value != self else { return self }
      return value.resolved(variables, budget: &budget, depth: depth + 1)
    case .list(let values):
      return .list(values.map { $0.resolved(variables, budget: &budget, depth: depth + 1) })
    case .map(let entries):
      return .map(
        entries.map { entry in
          let value = entry.value.resolved(variables, budget: &budget, depth: depth + 1)
          return Entry(key: entry.key, value: value, line: entry.line)
        })
    case .null, .bool, .number, .text: return self
    }
  }

  /// The expressions in it.
  var names: [String] {
    switch self {
    case .expression(let name): [name]
    case .list(let values): values.flatMap(\.names)
    case .map(let entries): entries.flatMap(\.value.names)
    case .null, .bool, .number, .text: []
    }
  }
}
