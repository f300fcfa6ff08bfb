internal import Datasets

/// A table of run lengths as Kaggle's competitions give it: a row for each object, or for each image and
/// class. Of the run lengths only the places are kept.
struct KaggleFile {
  let path: String
  /// In the order of the file; each image once.
  private(set) var images: [String] = []
  /// In the order of the file.
  private(set) var rows: [Row] = []
  private(set) var hasClasses = false

  struct Row: Sendable {
    let image: Int
    /// `nil` where the table has no classes.
    let label: String?
    let line: Int
    /// Where the run lengths stand in the file.
    let place: Range<Int>
  }

  private static let imageColumns: Set<String> = [
    "imageid", "image_id", "img", "image", "id", "filename", "file_name", "image_label",
    "imageid_classid",
  ]
  private static let lengthColumns: Set<String> = [
    "encodedpixels", "rle_mask", "rle", "segmentation", "encoding", "encoded_pixels", "annotation",
    "mask",
  ]
  private static let classColumns: Set<String> = [
    "classid", "class", "class_id", "label", "cell_type", "category", "labels", "categoryid",
  ]

  private struct Columns {
    let image: Int
    let lengths: Int
    let label: Int?
    /// The label stands behind the image's name: `a.jpg_3`.
    let isJoined: Bool
    let count: Int

    init?(_ titles: [String]) {
      let words = titles.map { $0.lowercased() }
      guard let image = words.firstIndex(where: imageColumns.contains),
        let lengths = words.firstIndex(where: lengthColumns.contains)
      else { return nil }
      (self.image, self.lengths, count) = (image, lengths, titles.count)
      isJoined = ["image_label", "imageid_classid"].contains(words[image])
      label = isJoined ? nil : words.firstIndex(where: classColumns.contains)
    }
  }

  /// Tells whether a first line is that of such a table.
  static func isTitle(_ line: some StringProtocol) -> Bool {
    Columns(TableRow.fields(String(line)).map(\.text)) != nil
  }

  init(path: String) throws(DataError) {
    self.path = path
    var columns: Columns?
    var numbers: [String: Int] = [:]
    let problems = Problems()
    try TableRow.read(path) { row in
      if columns == nil {
        columns = Columns(row.fields.map(\.text))
        if columns == nil {
          problems.add(
            path, line: 1, "its first line names no columns of images and of run lengths")
        }
        return columns != nil
      }
      guard let columns else { return false }
      guard row.fields.count == columns.count else {
        problems.add(
          path, line: row.line,
          "has \(row.fields.count) columns, and the first line \(columns.count)")
        return problems.all.count < 100
      }
      var name = row.fields[columns.image].text
      var label = columns.label.map { row.fields[$0].text }
      if columns.isJoined, let last = name.lastIndex(of: "_") {
        label = String(name[name.index(after: last)...])
        name = String(name[..<last])
      }
      let image = numbers[name] ?? images.count
      if image == images.count {
        numbers[name] = image
        images.append(name)
      }
      if label != nil { hasClasses = true }
      rows.append(
        Row(image: image, label: label, line: row.line, place: row.fields[columns.lengths].place))
      return true
    }
    if columns == nil, problems.all.isEmpty { problems.add(path, "is empty") }
    try problems.throwIfAny()
  }
}

/// A row of a table with commas.
struct TableRow {
  let line: Int
  let fields: [(text: String, place: Range<Int>)]

  /// Between commas; what is in double quotes may hold commas.
  ///
  /// - Parameter start: where the line begins in its file.
  static func fields(_ line: String, from start: Int = 0) -> [(text: String, place: Range<Int>)] {
    var fields: [(text: String, place: Range<Int>)] = []
    let bytes = Array(line.utf8)
    var begin = 0
    while begin <= bytes.count {
      let isQuoted = begin < bytes.count && bytes[begin] == UInt8(ascii: "\"")
      let from = isQuoted ? begin + 1 : begin
      let stop: UInt8 = isQuoted ? UInt8(ascii: "\"") : UInt8(ascii: ",")
      let end = bytes[from...].firstIndex(of: stop) ?? bytes.count
      let text = String(decoding: bytes[from..<end], as: UTF8.self)
      fields.append((text, start + from..<start + end))
      begin =
        (isQuoted ? bytes[min(end + 1, bytes.count)...].firstIndex(of: UInt8(ascii: ",")) : end)
        .map { $0 + 1 } ?? bytes.count + 1
      if !isQuoted, end == bytes.count { break }
    }
    return fields
  }

  /// No line of a table is longer.
  private static let longest = 1 << 26

  /// Visits the rows of a file until `body` says false.
  static func read(_ path: String, _ body: (TableRow) -> Bool) throws(DataError) {
    var bytes = try ByteBlocks(path: path)
    var line: [UInt8] = []
    var (number, start) = (1, 0)
    while true {
      let (isLine, isEnd) = try bytes.withRest { rest -> (result: (Bool, Bool), taken: Int) in
        let end = rest.firstIndex(of: 10)
        line.append(contentsOf: rest[..<(end ?? rest.count)])
        return ((end != nil, rest.isEmpty), end.map { $0 + 1 } ?? rest.count)
      }
      guard line.count <= longest else {
        throw DataError(
          DataProblem(
            file: path, line: number, "is of more than \(longest >> 20) MB: it is no table"))
      }
      guard isLine || isEnd else { continue }
      let mark = start == 0 && line.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
      let isReturned = line.last == 13
      if line.count > mark + (isReturned ? 1 : 0) {
        let text = String(decoding: line[mark..<line.count - (isReturned ? 1 : 0)], as: UTF8.self)
        let row = TableRow(line: number, fields: fields(text, from: start + mark))
        guard body(row) else { return }
      }
      if isEnd { return }
      (start, number) = (bytes.offset, number + 1)
      line.removeAll(keepingCapacity: true)
    }
  }
}
