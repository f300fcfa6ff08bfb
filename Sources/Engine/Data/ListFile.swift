internal import Foundation

/// A list of samples: one `image mask` a line, as DeepDetect reads them.
///
/// `volume.h5:/raw[3]` is a slice of an HDF5 dataset, and `volume.h5:/raw[0:24]` twenty-four of them,
/// each a sample; image and mask list as many. Where a pixel may have several labels the masks of all
/// classes, in their order, are joined by `;`.
///
/// Behind the two a line may say `weight=2.5`, how often the sample is drawn against others, and
/// `roi=PATH`, the mask of what counts of it.
///
/// Blank lines and lines that begin with `#` are skipped. A path that holds blanks or `;` is written in
/// double quotes; for blanks the two may be separated by a tab instead.
public struct ListFile: Sendable {
  /// Of the file itself.
  public let path: String
  public let samples: [ListedSample]

  /// - Parameters:
  ///   - path: absolute, or relative to `root`.
  ///   - root: the folder that entries are relative to; `nil` means the list's own.
  ///   - regions: the folder of the masks of what counts, called like the images but `.png`, for
  ///     lines that do not name their own; `nil` for none.
  ///   - masks: that a line names.
  /// - Throws: ``DataError`` with every line that is not `image mask`, or whose settings are not
  ///   known, and for an empty list.
  public init(
    path: String, root: String?, regions: String? = nil, masks: Int = 1
  ) throws(DataError) {
    let path = Self.resolve(path, in: root)
    let folder = root ?? (path as NSString).deletingLastPathComponent
    var samples: [ListedSample] = []
    var problems: [DataProblem] = []
    // Of those that follow from the images' names.
    var byRegion: [String: ListedSample] = [:]
    for line in try TextLines(path: path).content {
      guard let fields = ListLine(line.text)?.fields, fields.count >= 2,
        fields.dropFirst(2).allSatisfy({ $0[0].contains("=") })
      else {
        problems.append(
          DataProblem(
            file: path, line: line.number,
            "expected 'image mask', found '\(line.text)' (quote paths that hold blanks)"))
        continue
      }
      do throws(DataError) {
        let listed = try Self.samples(
          fields, masks: masks, list: path, line: line.number, folder)
        for var sample in listed {
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
    _ fields: [[String]], masks count: Int, list: String, line: Int, _ folder: String?
  ) throws(DataError) -> [ListedSample] {
    func problem(_ message: String) -> DataError {
      DataError(DataProblem(file: list, line: line, message))
    }
    let image = fields[0].joined(separator: ";")
    guard fields[1].count == count else {
      let named = fields[1].count == 1 ? "1 mask" : "\(fields[1].count) masks"
      throw problem(
        count == 1
          ? "names \(named), but data.labels is exclusive: name one (a path that holds ';' is quoted)"
          : "names \(named) for \(count) classes: join one for each by ';', in their order")
    }
    func slices(_ entry: String) throws(DataError) -> [VolumeSlice?] {
      switch VolumeSlice.slices(entry, in: folder) {
      case nil: return [nil]
      case .success(let slices): return slices
      case .failure(let error): throw problem(error.message)
      }
    }
    let images = try slices(image)
    let masks = try fields[1].map { entry throws(DataError) in
      let masks = try slices(entry)
      guard images.count == masks.count else {
        throw problem(
          "\(image) lists \(images.count) and \(entry) \(masks.count): every image needs a mask")
      }
      return masks
    }
    return try images.indices.map { index throws(DataError) in
      let files = zip(fields[1], masks).map { entry, slices in
        ListedMask(
          name: name(entry, slices[index], of: slices.count),
          path: slices[index]?.name ?? resolve(entry, in: folder), slice: slices[index])
      }
      var sample = ListedSample(
        list: list, line: line, number: 0,
        imageName: name(image, images[index], of: images.count),
        image: images[index]?.name ?? resolve(image, in: folder), maskFile: files[0])
      sample.imageSlice = images[index]
      sample.otherMasks = Array(files.dropFirst())
      let settings = fields.dropFirst(2).map { $0.joined(separator: ";") }
      let problems = settings.compactMap { sample.set($0, folder: folder) }
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
}

/// A mask as a list names it.
struct ListedMask: Sendable, Hashable {
  /// As written, and as opened.
  let name: String
  let path: String
  /// Where it lies in an HDF5 file; `nil` where it is a file of its own.
  let slice: VolumeSlice?
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
  /// Where it lies in an HDF5 file; `nil` where it is a file of its own.
  var imageSlice: VolumeSlice?
  /// The only mask, or that of the first class.
  let maskFile: ListedMask
  /// Where a pixel may have several labels, those of the further classes.
  var otherMasks: [ListedMask] = []
  /// The mask of what counts of it, as opened; `nil` where everything does.
  public internal(set) var roi: String?
  /// How often it is drawn to train on, against the others.
  public internal(set) var weight = 1.0

  public var maskName: String { maskFile.name }
  public var mask: String { maskFile.path }

  var masks: Int { 1 + otherMasks.count }
  func mask(of index: Int) -> ListedMask { index == 0 ? maskFile : otherMasks[index - 1] }

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
