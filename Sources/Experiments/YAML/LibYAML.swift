internal import CYAML
internal import Datasets
internal import Groundwork

/// The door to libyaml: its stream of events, one at a time.
///
/// Events are read rather than a document loaded, so that limits hold while the text is read:
/// libyaml takes quadratic time over brackets that are never closed.
struct LibYAML: ~Copyable {
  private let parser: UnsafeMutablePointer<yaml_parser_t>
  private let input: UnsafeMutableBufferPointer<UInt8>

  init(_ text: String) {
    input = .allocate(capacity: text.utf8.count)
    _ = input.initialize(from: text.utf8)
    parser = .allocate(capacity: 1)
    precondition(yaml_parser_initialize(parser) == 1, "out of memory")
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
    input.deallocate()
  }

  /// What libyaml saw, from where to where.
  struct Event {
    var kind: Kind
    var start: Point
    var end: Point
  }

  enum Kind {
    case streamStart
    case streamEnd
    case documentStart(hasVersion: Bool)
    case documentEnd
    case alias
    case scalar(YAMLScalar, Properties)
    case sequenceStart(isFlow: Bool, Properties)
    case sequenceEnd
    case mappingStart(isFlow: Bool, Properties)
    case mappingEnd
  }

  /// What may stand before a node, and no spec may use.
  struct Properties {
    var hasAnchor: Bool
    /// As it is written, e.g. `!replace`; `nil` without one.
    var tag: String?
  }

  /// Line and column from 0, in Unicode scalars.
  struct Point {
    var line: Int
    var column: Int
  }

  struct Failure: Error {
    var message: String
    var point: Point
    /// Where what is wrong began, e.g. the bracket that is never closed.
    var context: Point?
  }

  mutating func next() throws(Failure) -> Event {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw failure() }
    defer { yaml_event_delete(&event) }
    let data = event.data
    let kind: Kind =
      switch event.type {
      case YAML_STREAM_START_EVENT: .streamStart
      case YAML_DOCUMENT_START_EVENT:
        .documentStart(hasVersion: data.document_start.version_directive != nil)
      case YAML_DOCUMENT_END_EVENT: .documentEnd
      case YAML_ALIAS_EVENT: .alias
      case YAML_SCALAR_EVENT:
        .scalar(
          YAMLScalar(
            text: String(
              decoding: UnsafeBufferPointer(start: data.scalar.value, count: data.scalar.length),
              as: UTF8.self),
            isPlain: data.scalar.style == YAML_PLAIN_SCALAR_STYLE),
          Properties(hasAnchor: data.scalar.anchor != nil, tag: Self.text(data.scalar.tag)))
      case YAML_SEQUENCE_START_EVENT:
        .sequenceStart(
          isFlow: data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE,
          Properties(
            hasAnchor: data.sequence_start.anchor != nil, tag: Self.text(data.sequence_start.tag)))
      case YAML_SEQUENCE_END_EVENT: .sequenceEnd
      case YAML_MAPPING_START_EVENT:
        .mappingStart(
          isFlow: data.mapping_start.style == YAML_FLOW_MAPPING_STYLE,
          Properties(
            hasAnchor: data.mapping_start.anchor != nil, tag: Self.text(data.mapping_start.tag)))
      case YAML_MAPPING_END_EVENT: .mappingEnd
      default: .streamEnd
      }
    return Event(kind: kind, start: Point(event.start_mark), end: Point(event.end_mark))
  }

  private static func text(_ pointer: UnsafeMutablePointer<yaml_char_t>?) -> String? {
    pointer.map { String(cString: $0) }
  }

  /// libyaml's own words, and where it stopped.
  private func failure() -> Failure {
    let state = parser.pointee
    let problem = state.problem.map { String(cString: $0) } ?? "this is not YAML"
    if state.error == YAML_READER_ERROR {
      return Failure(message: problem, point: Point(of: state.problem_offset, in: input))
    }
    guard let context = state.context else {
      return Failure(message: problem, point: Point(state.problem_mark))
    }
    return Failure(
      message: problem + " " + String(cString: context), point: Point(state.problem_mark),
      context: Point(state.context_mark))
  }
}

extension LibYAML.Point {
  fileprivate init(_ mark: yaml_mark_t) {
    self.init(line: Int(mark.line), column: Int(mark.column))
  }

  /// The place of a byte of UTF-8.
  fileprivate init(of offset: Int, in bytes: UnsafeMutableBufferPointer<UInt8>) {
    let before = bytes.prefix(offset)
    let lineStart = before.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    self.init(
      line: before.count { $0 == UInt8(ascii: "\n") },
      column: before[lineStart...].count { $0 & 0xC0 != 0x80 })
  }
}
