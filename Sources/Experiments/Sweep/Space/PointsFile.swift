internal import Datasets
internal import Foundation
internal import Trackers

/// Points of a sweep in a CSV file: a path over each column, a point in each line. An empty cell sets
/// nothing.
enum PointsFile {
  static let maximumBytes = 16 << 20

  /// - Parameters:
  ///   - folder: where a relative path starts.
  ///   - path: the path that a column is headed by, reported where it is none.
  static func read(
    _ value: SpecValue, folder: String, path: (YAMLEntry) -> SpecPath?
  ) -> [[SpecAssignment]] {
    guard let name = value.filePath() else { return [] }
    let file = Path.absolute(name, in: folder)
    guard let text = SmallFile.text(of: file, atMost: maximumBytes) else {
      value.report(
        .unusablePoints, "names \(name), which is no file of text up to 16 MB",
        remedy: "write the path of a CSV file")
      return []
    }
    let source = SourceText(name: name, text: text)
    let rows: [Row]
    do throws(TrackerError) {
      rows = try Self.rows(file, source)
    } catch {
      value.report(
        .unusablePoints, "names \(name): \(error)",
        remedy: "write the file as comma-separated values")
      return []
    }
    guard let header = rows.first, rows.count > 1 else {
      value.report(
        .unusablePoints, "names \(name), which has no points",
        remedy: "write paths in its first line")
      return []
    }
    let paths = header.cells.map { cell in
      path(
        YAMLEntry(
          key: cell.text, keyMark: cell.mark,
          value: YAMLNode(content: .scalar(YAMLScalar(text: "", isPlain: true)), mark: cell.mark))
      ).map { (path: $0, place: cell.mark) }
    }
    guard paths.allSatisfy({ $0 != nil }) else { return [] }
    return rows.dropFirst().compactMap { row in
      guard row.cells.count == paths.count else {
        value.decoder.report(
          .unusablePoints,
          "the line has \(row.cells.count) cells, and the first line \(paths.count)",
          at: Mark(source, line: row.line, column: 1))
        return nil
      }
      return zip(paths, row.cells).compactMap { header, cell in
        guard let header, !cell.text.isEmpty else { return nil }
        return SpecAssignment(
          path: header.path, place: header.place, value: node(cell.text, cell.mark))
      }
    }
  }

  private struct Row {
    let line: Int
    let cells: [(text: String, mark: Mark)]
  }

  /// The rows that are not empty, each cell without spaces around it.
  private static func rows(_ file: String, _ source: SourceText) throws(TrackerError) -> [Row] {
    var reader = CSVReader(try ByteSource(path: file))
    var rows: [Row] = []
    while let fields = try reader.next() {
      guard fields.contains(where: { !$0.isEmpty }) else { continue }
      let written = source.line(reader.line)
      var rest = written.startIndex
      let cells = fields.map { field -> (text: String, mark: Mark) in
        let text = field.trimmingCharacters(in: .whitespaces)
        let found = text.isEmpty ? nil : written.range(of: text, range: rest..<written.endIndex)
        if let found { rest = found.upperBound }
        let column = written[..<(found?.lowerBound ?? rest)].unicodeScalars.count + 1
        return (
          text,
          Mark(source, line: reader.line, column: column, length: max(1, text.unicodeScalars.count))
        )
      }
      rows.append(Row(line: reader.line, cells: cells))
    }
    return rows
  }

  /// A cell is YAML, as a value behind `--set` is.
  private static func node(_ text: String, _ mark: Mark) -> YAMLNode {
    let parsed = try? YAMLParser.parse(SourceText(name: mark.source.name, text: text))
    return (parsed ?? YAMLNode(content: .scalar(YAMLScalar(text: text, isPlain: true)), mark: mark))
      .placed(at: mark)
  }
}

extension YAMLNode {
  /// The same with every part at one place.
  fileprivate func placed(at mark: Mark) -> YAMLNode {
    switch content {
    case .scalar: YAMLNode(content: content, mark: mark)
    case .sequence(let elements):
      YAMLNode(content: .sequence(elements.map { $0.placed(at: mark) }), mark: mark)
    case .mapping(let entries):
      YAMLNode(
        content: .mapping(
          entries.map { YAMLEntry(key: $0.key, keyMark: mark, value: $0.value.placed(at: mark)) }),
        mark: mark)
    }
  }
}
