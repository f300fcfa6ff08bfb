internal import Foundation

/// Images without masks, for a network to predict: files, folders, list files, slices of volumes.
package struct UnlabelledImages: Sendable {
  /// Their masks are none.
  package private(set) var samples: [ListedSample] = []
  /// What the results of each sample are called: a path without its ending, relative to where results go.
  package private(set) var names: [String] = []

  /// The files that are taken from a folder.
  private static let endings =
    ["png", "jpg", "jpeg", "tif", "tiff", "gif", "webp", "bmp", "pbm", "pgm", "ppm", "pnm", "pam"]
    .map { ".\($0)" }
    + VolumeFormats.all.filter { ![.pages, .dataset].contains($0.naming) }.flatMap(\.endings)

  /// - Parameters:
  ///   - arguments: paths of images, folders, list files `.txt`, or `volume.h5:/raw[0:24]`, each
  ///     relative to the working directory.
  ///   - root: what entries of list files are relative to; `nil` means the list's own folder.
  ///   - stack: how many images a sample has, and which neighbours are seen with them.
  /// - Throws: ``DataError`` for what is no image, a folder without images, and two results of one name.
  package init(_ arguments: [String], root: String?, stack: ImageStack) throws(DataError) {
    var problems: [DataProblem] = []
    for argument in arguments {
      do throws(DataError) {
        try add(argument, root: root, stack)
      } catch {
        problems += error.problems
      }
    }
    guard problems.isEmpty else { throw DataError(problems) }
    try requireDistinctNames()
    for index in samples.indices {
      samples[index].number = index
      samples[index].imageNumber = index
    }
    if stack.slices.count > 1 { samples = samples.withNeighbours(stack) }
    let (known, unreadable) = samples.probed()
    guard unreadable.isEmpty else {
      throw DataError(unreadable.sorted { $0.key < $1.key }.map(\.value))
    }
    samples = known
  }

  /// The file of a sample's image, as its result is called but with its ending; the slice of a volume as
  /// it is listed.
  package func fileName(of index: Int) -> String {
    let image = samples[index].images[0]
    guard image.slice == nil else { return image.name }
    let ending = (image.name as NSString).pathExtension
    return ending.isEmpty ? names[index] : "\(names[index]).\(ending)"
  }

  /// What the results of neighbouring slices are called together: as the volume, where they are all of its
  /// `slices`, and else `brain_0010-0039`.
  package func nameOfSlices(_ samples: Range<Int>, of slices: Int?) -> String {
    let (first, last) = (names[samples.lowerBound], names[samples.upperBound - 1])
    guard let index = self.samples[samples.lowerBound].images[0].slice?.index,
      let underscore = first.lastIndex(of: "_"),
      Int(first[first.index(after: underscore)...]) == index
    else { return first }
    if index == 0, samples.count == slices { return String(first[..<underscore]) }
    guard samples.count > 1, let end = last.lastIndex(of: "_") else { return first }
    return "\(first)-\(last[last.index(after: end)...])"
  }

  private mutating func add(
    _ argument: String, root: String?, _ stack: ImageStack
  ) throws(DataError) {
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder)
    let isVolume = VolumeFormats.format(of: argument).map { $0.naming == .volumeOrDataset } ?? false
    if exists, isFolder.boolValue, !isVolume {
      let files = Self.images(in: argument)
      guard !files.isEmpty else {
        throw DataError(
          DataProblem(
            "\(argument) holds no images: they end in \(Self.endings.joined(separator: ", "))"))
      }
      for file in files {
        try add(
          line: quoted("\(argument)/\(file)"), of: argument, 0, folder: nil, stack
        ) { sample in Self.stem(String(sample.imageName.dropFirst(argument.count + 1))) }
      }
    } else if argument.hasSuffix(".txt") {
      try add(list: argument, root: root, stack)
    } else {
      try add(line: quoted(argument), of: argument, 0, folder: nil, stack) { sample in
        Self.stem(Self.lastComponent(of: sample.imageName))
      }
    }
  }

  private mutating func add(
    list: String, root: String?, _ stack: ImageStack
  ) throws(DataError) {
    let path = FilePath.resolve(list, in: nil)
    let folder = root ?? (path as NSString).deletingLastPathComponent
    let content = try TextLines(path: path).content
    guard !content.isEmpty else {
      throw DataError(DataProblem(file: path, "lists no images: write one a line"))
    }
    for line in content {
      try add(line: String(line.text), of: path, line.number, folder: folder, stack) { sample in
        Self.stem(Self.within(sample.imageName))
      }
    }
  }

  private mutating func add(
    line: String, of list: String, _ number: Int, folder: String?, _ stack: ImageStack,
    name: (ListedSample) -> String
  ) throws(DataError) {
    let parser = ListLineParser(
      list: list, line: number, folder: folder ?? FileManager.default.currentDirectoryPath,
      stack: stack, masks: 0)
    for sample in try parser.unlabelled(Substring(line)) {
      samples.append(sample)
      names.append(name(sample))
    }
  }

  private func quoted(_ path: String) -> String {
    path.contains { $0.isWhitespace || $0 == ";" } ? "\"\(path)\"" : path
  }

  private func requireDistinctNames() throws(DataError) {
    var first: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      guard let other = first.updateValue(index, forKey: name) else { continue }
      throw DataError(
        DataProblem(
          "\(samples[other].imageName) and \(samples[index].imageName) would both be written as "
            + "\(name): predict them into different folders"))
    }
  }

  /// Relative to the folder, sorted; none that begins with a dot. Volumes that are folders are files here.
  private static func images(in folder: String) -> [String] {
    guard let found = FileManager.default.enumerator(atPath: folder) else { return [] }
    var names: [String] = []
    for case let name as String in found {
      let isFolder = found.fileAttributes?[.type] as? FileAttributeType == .typeDirectory
      let isHidden = (name as NSString).lastPathComponent.hasPrefix(".")
      let isImage = endings.contains { name.lowercased().hasSuffix($0) }
      if isFolder, isHidden || isImage { found.skipDescendants() }
      if !isHidden, isImage { names.append(name) }
    }
    return names.sorted()
  }

  /// An entry of a list as a path that stays within the folder of the results.
  private static func within(_ entry: String) -> String {
    entry.split(separator: "/").filter { $0 != ".." && $0 != "." }.joined(separator: "/")
  }

  /// Of a slice, that of its file with its place in there.
  private static func lastComponent(of name: String) -> String {
    guard let colon = name.range(of: ":/") else { return (name as NSString).lastPathComponent }
    return (String(name[..<colon.lowerBound]) as NSString).lastPathComponent
      + name[colon.lowerBound...]
  }

  /// `scan.h5:/raw[3]` becomes `scan_raw_0003`, and so does `scan.h5:/raw[3:4]`; the page `stack.tif[3]`
  /// becomes `stack_0003`.
  private static func stem(_ name: String) -> String {
    guard let entry = try? VolumeEntry(name) else {
      let ending = (name as NSString).pathExtension
      return ending.isEmpty ? name : String(name.dropLast(ending.count + 1))
    }
    var parts = [entry.fileWithoutEnding]
    if !entry.dataset.isEmpty {
      parts.append(entry.dataset.dropFirst().map { $0 == "/" ? "_" : String($0) }.joined())
    }
    if let index = entry.index {
      let digits = String(index)
      parts.append(String(repeating: "0", count: max(0, 4 - digits.count)) + digits)
    }
    return parts.joined(separator: "_")
  }
}
