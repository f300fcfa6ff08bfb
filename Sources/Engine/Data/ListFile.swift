internal import Foundation

/// A list of samples: one `image mask` a line, as DeepDetect reads them.
///
/// Behind the two a line may say `weight=2.5`, how often the sample is drawn against others, and
/// `roi=PATH`, the mask of what counts of it.
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
  ///   - regions: the folder of the masks of what counts, called like the images but `.png`, for
  ///     lines that do not name their own; `nil` for none.
  /// - Throws: ``DataError`` with every line that is not `image mask`, or whose settings are not
  ///   known, and for an empty list.
  public init(path: String, root: String?, regions: String? = nil) throws(DataError) {
    let path = Self.resolve(path, in: root)
    let folder = root ?? (path as NSString).deletingLastPathComponent
    var samples: [ListedSample] = []
    var problems: [DataProblem] = []
    for line in try TextLines(path: path).content {
      guard let fields = Self.fields(of: line.text), fields.count >= 2,
        fields.dropFirst(2).allSatisfy({ $0.contains("=") })
      else {
        problems.append(
          DataProblem(
            file: path, line: line.number,
            "expected 'image mask', found '\(line.text)' (quote paths that hold blanks)"))
        continue
      }
      var sample = ListedSample(
        list: path, line: line.number, number: samples.count, imageName: fields[0],
        image: Self.resolve(fields[0], in: folder), maskName: fields[1],
        mask: Self.resolve(fields[1], in: folder))
      for field in fields.dropFirst(2) {
        if let problem = sample.set(field, folder: folder) { problems.append(problem) }
      }
      if sample.roi == nil, let regions {
        sample.roi = regions + "/" + sample.stem + ".png"
      }
      samples.append(sample)
    }
    if regions != nil { problems += Self.sharedRegions(samples) }
    if samples.isEmpty, problems.isEmpty {
      problems = [DataProblem(file: path, "lists no samples: write one 'image mask' a line")]
    }
    guard problems.isEmpty else { throw DataError(problems) }
    self.path = path
    self.samples = samples
  }

  /// A problem for each image whose region is another's because the two are called alike.
  private static func sharedRegions(_ samples: [ListedSample]) -> [DataProblem] {
    var firsts: [String: ListedSample] = [:]
    return samples.compactMap { sample in
      guard let roi = sample.roi, let first = firsts[roi] else {
        if let roi = sample.roi { firsts[roi] = sample }
        return nil
      }
      guard first.image != sample.image else { return nil }
      return sample.problem(
        "images \(sample.imageName) and \(first.imageName) (line \(first.line)) would share the "
          + "region \(roi): name one on their lines, roi=PATH")
    }
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
  /// The mask of what counts of it, as opened; `nil` where everything does.
  public internal(set) var roi: String?
  /// How often it is drawn to train on, against the others.
  public internal(set) var weight = 1.0

  /// Takes a setting of its line in.
  ///
  /// - Returns: what is wrong with it.
  fileprivate mutating func set(_ field: String, folder: String?) -> DataProblem? {
    let (key, value) = field.splitAtFirst("=")
    switch key {
    case "weight":
      guard let weight = Double(value), (1e-6...1e6).contains(weight) else {
        return problem("weight must be a number from 1e-6 to 1e6, not '\(value)'")
      }
      self.weight = weight
    case "roi":
      guard !value.isEmpty else { return problem("roi names no file") }
      roi = ListFile.resolve(value, in: folder)
    default:
      return problem("unknown setting '\(key)': a line may set weight=NUMBER and roi=PATH")
    }
    return nil
  }

  /// The image's name without folder and extension.
  fileprivate var stem: String {
    ((image as NSString).lastPathComponent as NSString).deletingPathExtension
  }

  func problem(_ message: String) -> DataProblem { DataProblem(file: list, line: line, message) }
}

extension String {
  fileprivate func splitAtFirst(_ separator: Character) -> (before: String, after: String) {
    guard let place = firstIndex(of: separator) else { return (self, "") }
    return (String(self[..<place]), String(self[index(after: place)...]))
  }
}
