/// What the first line of a list names, for whoever looks for lists among text files.
package struct ListGlance: Sendable, Hashable {
  package let images: [String]
  package let masks: [String]

  /// - Parameter text: the beginning of a file.
  /// - Returns: `nil` where its first line is not `image mask`.
  package init?(_ text: String) {
    let lines = text.split(omittingEmptySubsequences: true) { $0 == "\n" || $0 == "\r\n" }
    guard let line = lines.lazy.map(\.trimmed).first(where: { !$0.isEmpty && !$0.hasPrefix("#") }),
      let fields = ListLine(line)?.fields, fields.count >= 2,
      fields.dropFirst(2).allSatisfy({ $0[0].contains("=") }),
      !fields[1][0].contains("=")
    else { return nil }
    (images, masks) = (fields[0], fields[1])
  }

  /// True where the files of the line are there.
  ///
  /// - Parameter folder: that relative paths start from.
  package func isThere(in folder: String) -> Bool {
    (images + masks).allSatisfy { entry in
      let file = (try? VolumeEntry(entry))?.file ?? entry
      let path = FilePath.resolve(file, in: folder)
      return FileStamp(FilePath(path)) != nil || FolderContents(path) != nil
    }
  }
}
