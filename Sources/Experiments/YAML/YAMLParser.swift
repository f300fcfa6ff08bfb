internal import Datasets
internal import Tracking

/// Reads YAML 1.2 into nodes that know where they were written, within limits that hostile text
/// cannot exceed.
///
/// What would make a text mean more than it shows is refused: anchors, aliases, merge keys, directives,
/// several documents and tags, but `!replace` where files build on each other.
struct YAMLParser: ~Copyable {
  static let maximumBytes = 1 << 20
  static let maximumDepth = 32
  static let maximumNodes = 100_000
  private static let replacementTag = "!replace"

  private let source: SourceText
  private let columnOffset: Int
  private let allowsControls: Bool
  private let allowsReplacements: Bool
  private var events: LibYAML
  private var nodes = 0

  /// The root of a file's only document.
  ///
  /// - Parameters:
  ///   - allowsControls: whether text may have control characters in it, as that of a record may.
  ///   - allowsReplacements: whether mappings may be marked with `!replace`.
  static func parse(
    _ source: SourceText, allowsControls: Bool = false, allowsReplacements: Bool = false
  ) throws(YAMLError) -> YAMLNode {
    try parse(
      source.text, of: source, columnOffset: 0, allowsControls: allowsControls,
      allowsReplacements: allowsReplacements)
  }

  /// The root of the only document in a part of a source's first line.
  ///
  /// - Parameter columnOffset: the column at which the part begins, from 0.
  static func parse(
    _ text: String, of source: SourceText, columnOffset: Int, allowsControls: Bool = false,
    allowsReplacements: Bool = false
  ) throws(YAMLError) -> YAMLNode {
    guard text.utf8.count <= maximumBytes else {
      throw YAMLError(
        .excess, "more than \(maximumBytes / 1024) KiB, which no spec needs",
        at: Mark(whole: source))
    }
    var parser = YAMLParser(
      source: source, columnOffset: columnOffset, allowsControls: allowsControls,
      allowsReplacements: allowsReplacements, events: LibYAML(text))
    return try parser.document()
  }

  private init(
    source: SourceText, columnOffset: Int, allowsControls: Bool, allowsReplacements: Bool,
    events: consuming LibYAML
  ) {
    self.allowsControls = allowsControls
    self.allowsReplacements = allowsReplacements
    self.source = source
    self.columnOffset = columnOffset
    self.events = events
  }

  // MARK: - The document

  private mutating func document() throws(YAMLError) -> YAMLNode {
    _ = try next()  // the start of the stream
    let start = try next()
    guard case .documentStart(let hasVersion) = start.kind else {
      throw YAMLError(.brokenYAML, "nothing is written here", at: Mark(whole: source))
    }
    if hasVersion {
      throw YAMLError(
        .unsupportedYAML, "directives are not supported",
        at: mark(from: start.start, to: start.end),
        remedy: "files are read as YAML 1.2: leave it out")
    }
    let root = try node(next(), depth: 0)
    _ = try next()  // the end of the document
    let end = try next()
    guard case .streamEnd = end.kind else {
      throw YAMLError(
        .unsupportedYAML, "a second document begins", at: mark(from: end.start, to: end.end),
        remedy: "one file holds one spec")
    }
    return root
  }

  // MARK: - Nodes

  /// - Parameter depth: the number of collections around the node.
  private mutating func node(
    _ event: LibYAML.Event, depth: Int
  ) throws(YAMLError) -> YAMLNode {
    let place = mark(from: event.start, to: event.end)
    nodes += 1
    if nodes > Self.maximumNodes {
      throw YAMLError(
        .excess, "more than \(Self.maximumNodes) values, which no spec needs", at: place)
    }
    switch event.kind {
    case .scalar(let scalar, let properties):
      try refuse(properties, at: place)
      if scalar.text.unicodeScalars.contains("\0") {
        throw YAMLError(.misleadingCharacter, "text must not contain NUL", at: place)
      }
      try refuseUnprintable(scalar.text, at: place)
      if scalar.isPlain { try refuseBlanks(around: scalar.text, at: event.start) }
      return YAMLNode(content: .scalar(scalar), mark: place)
    case .sequenceStart(let isFlow, let properties):
      try enter(depth, properties, at: place)
      return try sequence(from: event.start, isFlow: isFlow, depth: depth + 1)
    case .mappingStart(let isFlow, let properties):
      let isReplacement = allowsReplacements && properties.tag == Self.replacementTag
      try enter(
        depth, isReplacement ? LibYAML.Properties(hasAnchor: properties.hasAnchor) : properties,
        at: place)
      var mapping = try mapping(from: event.start, isFlow: isFlow, depth: depth + 1)
      mapping.isReplacement = isReplacement
      return mapping
    case .alias:
      throw YAMLError(
        .unsupportedYAML, "aliases are not supported", at: place,
        remedy: "write the value out where it is used")
    default:
      preconditionFailure("libyaml ended a collection that it had not begun")
    }
  }

  private mutating func sequence(
    from start: LibYAML.Point, isFlow: Bool, depth: Int
  ) throws(YAMLError) -> YAMLNode {
    var elements: [YAMLNode] = []
    while true {
      let event = try next()
      if case .sequenceEnd = event.kind {
        return YAMLNode(
          content: .sequence(elements), mark: mark(from: start, to: isFlow ? event.end : nil))
      }
      elements.append(try node(event, depth: depth))
    }
  }

  private mutating func mapping(
    from start: LibYAML.Point, isFlow: Bool, depth: Int
  ) throws(YAMLError) -> YAMLNode {
    var entries: [YAMLEntry] = []
    while true {
      let event = try next()
      if case .mappingEnd = event.kind {
        return YAMLNode(
          content: .mapping(entries), mark: mark(from: start, to: isFlow ? event.end : nil))
      }
      let key = try node(event, depth: depth)
      guard let name = key.scalar else {
        throw YAMLError(.brokenYAML, "a key must be a word, not \(key.description)", at: key.mark)
      }
      if name.isPlain {
        if let (offset, found) = Lookalike.first(in: name.text, where: { $0.isBlank }) {
          throw YAMLError(
            .misleadingCharacter, found.problem,
            at: mark(from: event.start, to: nil, offset: offset, length: 1),
            remedy: found.remedy)
        }
      }
      if name.isPlain, name.text == "<<" {
        throw YAMLError(
          .unsupportedYAML, "merge keys are not supported", at: key.mark,
          remedy: "write the values out where they are used")
      }
      let value = try node(next(), depth: depth)
      entries.append(YAMLEntry(key: name.text, keyMark: key.mark, value: value))
    }
  }

  // MARK: - Limits

  private func enter(
    _ depth: Int, _ properties: LibYAML.Properties, at place: Mark
  ) throws(YAMLError) {
    try refuse(properties, at: place)
    if depth == Self.maximumDepth {
      throw YAMLError(
        .excess, "nested more than \(Self.maximumDepth) deep, which no spec needs", at: place)
    }
  }

  private func refuse(_ properties: LibYAML.Properties, at place: Mark) throws(YAMLError) {
    if properties.hasAnchor {
      throw YAMLError(
        .unsupportedYAML, "anchors are not supported", at: place,
        remedy: "write the value out where it is used")
    }
    guard let tag = properties.tag else { return }
    if allowsReplacements, tag == Self.replacementTag {
      throw YAMLError(
        .unsupportedYAML, "\(tag) is for mappings: lists and values replace what they inherit",
        at: place,
        remedy: "leave it out")
    }
    throw YAMLError(
      .unsupportedYAML, "tags are not supported", at: place,
      remedy: "leave it out: types follow from the key")
  }

  /// Text may have several lines and tabs, but nothing else that could steer a terminal.
  private func refuseUnprintable(_ text: String, at place: Mark) throws(YAMLError) {
    let scalar = text.unicodeScalars.first { $0.isUnprintable && $0 != "\n" && $0 != "\t" }
    guard let scalar, !allowsControls, Lookalike(scalar) == nil else { return }
    throw YAMLError(
      .misleadingCharacter, "text must not contain the control character \(scalar.codePoint)",
      at: place,
      remedy: "leave it out")
  }

  private func refuseBlanks(
    around text: String, at start: LibYAML.Point
  ) throws(YAMLError) {
    guard let found = Lookalike.atEnd(of: text) else { return }
    let isFirst = text.unicodeScalars.first.flatMap(Lookalike.init)?.isBlank ?? false
    throw YAMLError(
      .misleadingCharacter, found.problem,
      at: mark(
        from: start, to: nil, offset: isFirst ? 0 : text.unicodeScalars.count - 1, length: 1),
      remedy: found.remedy)
  }

  // MARK: - Events and places

  private mutating func next() throws(YAMLError) -> LibYAML.Event {
    do throws(LibYAML.Failure) {
      return try events.next()
    } catch {
      let place = visiblePlace(of: error)
      if source.scalar(at: place) == "\t" {
        throw YAMLError(
          .misleadingCharacter, "a tab is not allowed for indentation", at: place,
          remedy: "use spaces")
      }
      if let (place, found) = lookalike(before: error) {
        throw YAMLError(.misleadingCharacter, found.problem, at: place, remedy: found.remedy)
      }
      throw YAMLError(.brokenYAML, error.message, at: place)
    }
  }

  /// What may have led libyaml astray: the first character between where the failing piece began and
  /// where it failed that only looks like YAML. Comments may hold any.
  private func lookalike(before failure: LibYAML.Failure) -> (Mark, Lookalike)? {
    let last = failure.point.line
    let first = max(0, min(failure.context?.line ?? last, last - 1))
    for line in first...last {
      let text = source.line(line + 1)
      let code = text.prefix(while: { $0 != "#" })
      guard let (offset, found) = Lookalike.first(in: String(code)) else { continue }
      return (
        mark(from: LibYAML.Point(line: line, column: 0), to: nil, offset: offset, length: 1), found
      )
    }
    return nil
  }

  /// libyaml notices the end of a text behind its last line, where there is nothing to show: what
  /// was left open is shown instead, or else the end of that line.
  private func visiblePlace(of failure: LibYAML.Failure) -> Mark {
    let line = failure.point.line
    guard line > 0, source.line(line + 1).isEmpty else {
      return mark(from: failure.point, to: nil, length: 1)
    }
    if let context = failure.context, context.line < line {
      return mark(from: context, to: nil, length: 1)
    }
    let end = source.line(line).unicodeScalars.count
    return mark(from: LibYAML.Point(line: line - 1, column: end), to: nil, length: 1)
  }

  /// - Parameter end: where it is known and on the same line; else the mark ends with the line.
  private func mark(
    from start: LibYAML.Point, to end: LibYAML.Point?, offset distance: Int = 0,
    length: Int = .max
  ) -> Mark {
    let offset = (start.line == 0 ? columnOffset : 0) + distance
    let known = end.flatMap { $0.line == start.line ? $0.column - start.column : nil }
    return Mark(
      source, line: start.line + 1, column: start.column + offset + 1,
      length: max(1, known ?? length))
  }
}

extension SourceText {
  fileprivate func scalar(at mark: Mark) -> Unicode.Scalar? {
    guard let position = mark.position else { return nil }
    return line(position.line).unicodeScalars.dropFirst(position.column - 1).first
  }
}
