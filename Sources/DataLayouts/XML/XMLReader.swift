internal import CExpat
internal import Datasets
internal import Foundation

/// Reads elements of an XML file of any size, one after the other: what is held is one of them.
///
/// A document that declares its type or entities is refused: annotations need neither, and a few lines of
/// entities can stand for gigabytes.
enum XMLReader {
  private static let deepest = 64
  /// In bytes of text and names of one element.
  private static let longest = 1 << 28

  /// Reads one element again.
  ///
  /// - Parameter range: as ``XMLElement/range`` says it.
  static func element(_ path: String, at range: Range<Int>) throws(DataError) -> XMLElement? {
    var found: XMLElement?
    try read(path, in: range, elements: nil) { element throws(DataError) in found = found ?? element
    }
    return found
  }

  /// - Parameters:
  ///   - names: the elements that `body` gets, each when it ends; those within one of these are its
  ///     children.
  static func read(
    _ path: String, elements names: Set<String>,
    _ body: (XMLElement) throws(DataError) -> Void
  ) throws(DataError) {
    try read(path, in: 0..<Int.max, elements: names, body)
  }

  private static func read(
    _ path: String, in range: Range<Int>, elements names: Set<String>?,
    _ body: (XMLElement) throws(DataError) -> Void
  ) throws(DataError) {
    var bytes = try ByteBlocks(path: path)
    bytes.seek(to: range.lowerBound)
    let collector = Collector(names: names)
    // Elements are read again from their middle of the file, which says nothing of its encoding.
    guard let parser = XML_ParserCreate("UTF-8") else {
      throw DataError(DataProblem(file: path, "there is no memory to read it"))
    }
    defer { XML_ParserFree(parser) }
    collector.parser = parser
    XML_SetUserData(parser, Unmanaged.passUnretained(collector).toOpaque())
    XML_SetElementHandler(
      parser,
      { context, name, attributes in Collector.of(context)?.start(name, attributes) },
      { context, _ in Collector.of(context)?.end() })
    XML_SetCharacterDataHandler(parser) { context, text, count in
      Collector.of(context)?.add(text, count)
    }
    XML_SetStartDoctypeDeclHandler(parser) { context, _, _, _, _ in
      Collector.of(context)?.refuse("declares a document type or entities: take the DOCTYPE out")
    }
    var isDone = false
    while !isDone {
      let left = range.upperBound - bytes.offset
      let isRead = try bytes.withRest { rest in
        let part = rest.prefix(left)
        isDone = part.isEmpty
        let status = part.withMemoryRebound(to: CChar.self) {
          XML_Parse(parser, $0.baseAddress, Int32($0.count), isDone ? 1 : 0)
        }
        return (status == XML_STATUS_OK, part.count)
      }
      for element in collector.take() { try body(element) }
      guard isRead else {
        let reason =
          collector.refusal
          ?? "is no XML: " + String(cString: XML_ErrorString(XML_GetErrorCode(parser)))
        throw DataError(
          DataProblem(file: path, line: Int(XML_GetCurrentLineNumber(parser)), reason))
      }
    }
  }

  private final class Collector {
    let names: Set<String>?
    var parser: XML_Parser?
    private(set) var refusal: String?
    private var open: [XMLElement] = []
    private var done: [XMLElement] = []
    private var depth = 0
    private var held = 0
    /// Of the element that is read.
    private var start = 0

    init(names: Set<String>?) { self.names = names }

    static func of(_ context: UnsafeMutableRawPointer?) -> Collector? {
      context.map { Unmanaged<Collector>.fromOpaque($0).takeUnretainedValue() }
    }

    func refuse(_ reason: String) {
      refusal = refusal ?? reason
      if let parser { XML_StopParser(parser, 0) }
    }

    func start(
      _ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?
    ) {
      depth += 1
      guard let name, depth <= deepest else {
        return refuse("is nested deeper than \(deepest) elements")
      }
      let text = String(cString: name)
      guard !open.isEmpty || names?.contains(text) ?? true else { return }
      var values: [String: String] = [:]
      var place = 0
      while let attributes, let key = attributes[place], let value = attributes[place + 1] {
        let value = String(cString: value)
        held += value.utf8.count
        values[String(cString: key)] = value
        place += 2
      }
      held += 100
      guard held < longest else {
        return refuse("holds an element of more than \(longest >> 20) MB")
      }
      let line = parser.map { Int(XML_GetCurrentLineNumber($0)) } ?? 0
      if open.isEmpty, let parser { start = Int(XML_GetCurrentByteIndex(parser)) }
      open.append(XMLElement(name: text, attributes: values, line: line))
    }

    func end() {
      depth -= 1
      guard var element = open.popLast() else { return }
      if open.isEmpty {
        if let parser {
          let end = XML_GetCurrentByteIndex(parser) + Int(XML_GetCurrentByteCount(parser))
          element.range = start..<Int(end)
        }
        done.append(element)
        held = 0
      } else {
        open[open.count - 1].children.append(element)
      }
    }

    func add(_ text: UnsafePointer<CChar>?, _ count: Int32) {
      guard let text, !open.isEmpty else { return }
      held += Int(count)
      guard held < longest else {
        return refuse("holds an element of more than \(longest >> 20) MB")
      }
      let bytes = UnsafeRawBufferPointer(start: text, count: Int(count))
      open[open.count - 1].text += String(decoding: bytes, as: UTF8.self)
    }

    func take() -> [XMLElement] {
      defer { done = [] }
      return done
    }
  }
}
