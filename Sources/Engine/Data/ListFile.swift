internal import Foundation

/// A list of samples: one `image mask` a line, as DeepDetect reads them.
///
/// Blank lines and lines that begin with `#` are skipped. A path that holds blanks is written in
/// double quotes, or the two are separated by a tab.
public struct ListFile: Sendable {
  /// Of the file itself.
  public let path: String
  public let samples: [ListedSample]

  /// - Parameters:
  ///   - path: absolute, or relative to `root`.
  ///   - root: the folder that entries are relative to; `nil` means the list's own.
  /// - Throws: ``DataError`` with every line that is not `image mask`, and for an empty list.
  public init(path: String, root: String?) throws(DataError) {
    let path = Self.resolve(path, in: root)
    let folder = root ?? (path as NSString).deletingLastPathComponent
    var samples: [ListedSample] = []
    var problems: [DataProblem] = []
    for line in try TextLines(path: path).content {
      guard let fields = Self.fields(of: line.text), fields.count == 2 else {
        problems.append(
          DataProblem(
            file: path, line: line.number,
            "expected 'image mask', found '\(line.text)' (quote paths that hold blanks)"))
        continue
      }
      samples.append(
        ListedSample(
          list: path, line: line.number, number: samples.count, imageName: fields[0],
          image: Self.resolve(fields[0], in: folder), maskName: fields[1],
          mask: Self.resolve(fields[1], in: folder)))
    }
    if samples.isEmpty, problems.isEmpty {
      problems = [DataProblem(file: path, "lists no samples: write one 'image mask' a line")]
    }
    guard problems.isEmpty else { throw DataError(problems) }
    self.path = path
    self.samples = samples
  }

  static func resolve(_ path: String, in folder: String?) -> String {
    guard let folder, !folder.isEmpty, !path.hasPrefix("/") else { return path }
    return (folder as NSString).appendingPathComponent(path)
  }

  /// `nil` where a quote is not closed.
  private static func fields(of line: Substring) -> [String]? {
    if line.contains("\t") {
      return line.split(separator: "\t").map { field in
        let text = field.trimmed
        let isQuoted = text.count >= 2 && text.hasPrefix("\"") && text.hasSuffix("\"")
        return String(isQuoted ? text.dropFirst().dropLast() : text)
      }
    }
    var fields: [String] = []
    var rest = line
    while !rest.isEmpty {
      if rest.hasPrefix("\"") {
        rest = rest.dropFirst()
        guard let end = rest.firstIndex(of: "\"") else { return nil }
        fields.append(String(rest[..<end]))
        rest = rest[rest.index(after: end)...]
      } else {
        let end = rest.firstIndex { $0.isWhitespace } ?? rest.endIndex
        fields.append(String(rest[..<end]))
        rest = rest[end...]
      }
      rest = rest.drop { $0.isWhitespace }
    }
    return fields
  }
}

/// A line of a list file.
public struct ListedSample: Sendable, Hashable {
  /// The list file and the line in it, from 1.
  public let list: String
  public let line: Int
  /// The place among the samples of its list, from 0: the key of the sample's random draws, which
  /// stays the same when a part of the list is set aside for validation.
  public let number: Int
  /// As written, and as opened.
  public let imageName: String
  public let image: String
  public let maskName: String
  public let mask: String

  func problem(_ message: String) -> DataProblem { DataProblem(file: list, line: line, message) }
}
