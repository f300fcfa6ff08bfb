internal import Foundation

extension SourceText {
  /// The text of a file.
  ///
  /// - Parameters:
  ///   - path: relative to the working directory; problems name the file by it.
  ///   - order: that of its problems among those of other files.
  /// - Throws: ``YAMLError`` where it cannot be read, is no regular file, is larger than
  ///   ``YAMLParser/maximumBytes`` or is not UTF-8.
  static func file(_ path: String, order: Int = 0) throws(YAMLError) -> SourceText {
    let nameOnly = Mark(whole: SourceText(name: path, text: ""))
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw YAMLError(.unreadableFile, "no such file", at: nameOnly)
    }
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    let attributes = try? FileManager.default.attributesOfItem(atPath: target)
    guard let attributes, attributes[.type] as? FileAttributeType == .typeRegular else {
      throw YAMLError(
        .unreadableFile, isFolder.boolValue ? "this is a folder" : "this is not a file",
        at: nameOnly)
    }
    guard let size = attributes[.size] as? Int, size <= YAMLParser.maximumBytes else {
      throw YAMLError(
        .excess, "more than \(YAMLParser.maximumBytes / 1024) KiB, which no spec needs",
        at: nameOnly)
    }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw YAMLError(
        .unreadableFile, "cannot be read", at: nameOnly, remedy: "check its permissions")
    }
    return try SourceText.decoding(
      Array(data), name: path, order: order,
      folder: URL(fileURLWithPath: path).standardized.deletingLastPathComponent().path)
  }

  /// The text of a file's bytes.
  static func decoding(
    _ bytes: [UInt8], name: String, order: Int = 0, folder: String? = nil
  ) throws(YAMLError) -> SourceText {
    let hasMark = bytes.starts(with: [0xEF, 0xBB, 0xBF])
    let content = hasMark ? bytes[3...] : bytes[...]
    let source = SourceText(
      name: name, kind: .file(order: order), folder: folder,
      text: String(decoding: content, as: UTF8.self), hasByteOrderMark: hasMark)
    if String(validating: content, as: UTF8.self) != nil { return source }
    throw YAMLError(
      .unreadableFile, "this is not UTF-8", at: source.firstReplacement,
      remedy: "save the file as UTF-8")
  }

  /// Where the text differs from what was to be decoded.
  private var firstReplacement: Mark {
    let before = text.unicodeScalars.prefix { $0 != "\u{FFFD}" }
    let column = before.reversed().prefix { $0 != "\n" }.count
    return Mark(self, line: before.count { $0 == "\n" } + 1, column: column + 1)
  }
}
