internal import Foundation

/// A list of samples: one `image mask` a line, as DeepDetect reads them.
///
/// `volume.h5:/raw[3]` is a slice of an HDF5 dataset, and `volume.h5:/raw[0:24]` twenty-four of them,
/// each a sample; image and mask list as many.
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
    // Of those that follow from the images' names.
    var byRegion: [String: ListedSample] = [:]
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
      do throws(DataError) {
        for var sample in try Self.samples(fields, list: path, line: line.number, folder) {
          sample.number = samples.count
          if sample.roi == nil, let regions {
            let roi = regions + "/" + sample.stem + ".png"
            if let other = byRegion.updateValue(sample, forKey: roi), other.image != sample.image {
              problems.append(sample.sharing(roi, with: other))
            }
            sample.roi = roi
          }
          samples.append(sample)
        }
      } catch {
        problems += error.problems
      }
    }
    if samples.isEmpty, problems.isEmpty {
      problems = [DataProblem(file: path, "lists no samples: write one 'image mask' a line")]
    }
    guard problems.isEmpty else { throw DataError(problems) }
    self.path = path
    self.samples = samples
  }

  /// What a line lists: one sample, or those of a range of slices.
  private static func samples(
    _ fields: [String], list: String, line: Int, _ folder: String?
  ) throws(DataError) -> [ListedSample] {
    func slices(_ entry: String) throws(DataError) -> [VolumeSlice?] {
      switch VolumeSlice.slices(entry, in: folder) {
      case nil: return [nil]
      case .success(let slices): return slices
      case .failure(let error): throw DataError(DataProblem(file: list, line: line, error.message))
      }
    }
    let (images, masks) = (try slices(fields[0]), try slices(fields[1]))
    guard images.count == masks.count else {
      throw DataError(
        DataProblem(
          file: list, line: line,
          "\(fields[0]) lists \(images.count) and \(fields[1]) \(masks.count): "
            + "every image needs a mask"))
    }
    return try zip(images, masks).map { image, mask throws(DataError) in
      var sample = ListedSample(
        list: list, line: line, number: 0,
        imageName: name(fields[0], image, of: images.count),
        image: image?.name ?? resolve(fields[0], in: folder),
        maskName: name(fields[1], mask, of: masks.count),
        mask: mask?.name ?? resolve(fields[1], in: folder))
      (sample.imageSlice, sample.maskSlice) = (image, mask)
      let problems = fields.dropFirst(2).compactMap { sample.set($0, folder: folder) }
      guard problems.isEmpty else { throw DataError(problems) }
      return sample
    }
  }

  /// As written, but for a range the one slice of it.
  private static func name(_ entry: String, _ slice: VolumeSlice?, of count: Int) -> String {
    guard count > 1, let index = slice?.index, let bracket = entry.lastIndex(of: "[") else {
      return entry
    }
    return entry[..<bracket] + "[\(index)]"
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
  public internal(set) var number: Int
  /// As written, and as opened.
  public let imageName: String
  public let image: String
  public let maskName: String
  public let mask: String
  /// Where image and mask lie in an HDF5 file; `nil` where they are files of their own.
  var imageSlice: VolumeSlice?
  var maskSlice: VolumeSlice?
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

  /// What is wrong where two images are called alike.
  fileprivate func sharing(_ roi: String, with other: ListedSample) -> DataProblem {
    problem(
      "images \(imageName) and \(other.imageName) (line \(other.line)) would share the region "
        + "\(roi): name one on their lines, roi=PATH")
  }

  func problem(_ message: String) -> DataProblem { DataProblem(file: list, line: line, message) }
}

extension String {
  fileprivate func splitAtFirst(_ separator: Character) -> (before: String, after: String) {
    guard let place = firstIndex(of: separator) else { return (self, "") }
    return (String(self[..<place]), String(self[index(after: place)...]))
  }
}
