internal import Digest
internal import Foundation
internal import Groundwork

extension GeneratedScenes {
  /// Names of the classes in the order of their ids.
  package var classNames: [String] {
    Array(["background", "disc", "box", "triangle", "ring"].prefix(classes))
  }

  static let trainList = "train.txt"
  static let validationList = "val.txt"

  /// Draws the scenes into `folder` as list files, `classes.txt`, `images/` (jpg, every fourth
  /// png) and `masks/` (palette png). The same settings give the same bytes.
  ///
  /// Where a complete drawing of the same settings is there already, nothing is done. What an
  /// interrupted drawing left behind is drawn over.
  ///
  /// - Parameter progress: told how many scenes of how many are drawn.
  /// - Throws: ``DataError`` where the settings cannot be drawn or a file cannot be written.
  package func write(
    to folder: String, progress: ((_ done: Int, _ total: Int) -> Void)? = nil
  ) throws(DataError) {
    try check()
    if areComplete(in: folder) { return }
    do throws(ImageError) {
      try Self.makeFolder(folder)
      try Self.makeFolder(folder + "/images")
      try Self.makeFolder(folder + "/masks")
      try? FileManager.default.removeItem(atPath: folder + "/" + Self.manifestName)
      let palette = ClassPalette(classes: classNames)
      for number in 0..<(train + validation) {
        var painter = ScenePainter(self, number: number)
        let (image, mask) = painter.paint()
        try ImageFile.write(image, to: folder + "/" + imageName(number))
        try ImageFile.write(mask, to: folder + "/" + maskName(number), palette: palette)
        progress?(number + 1, train + validation)
      }
      let lines = (0..<(train + validation)).map { "\(imageName($0)) \(maskName($0))\n" }
      try Self.writeText(lines[..<train].joined(), to: folder + "/" + Self.trainList)
      try Self.writeText(lines[train...].joined(), to: folder + "/" + Self.validationList)
      try Self.writeText(
        classNames.map { $0 + "\n" }.joined(), to: folder + "/classes.txt")
      try Self.writeText(try digest(of: folder), to: folder + "/" + Self.digestName)
      try Self.writeText(manifest, to: folder + "/" + Self.manifestName)
    } catch {
      throw DataError(DataProblem(file: error.file, error.reason))
    }
  }

  /// Tells whether `folder` holds a drawing of these settings that was finished.
  package func areComplete(in folder: String) -> Bool {
    let bytes = try? FileBytes.read(folder + "/" + Self.manifestName)
    return bytes == Array(manifest.utf8)
  }

  /// - Throws: ``DataError`` where the files of a complete drawing are not what was drawn.
  package func verify(in folder: String) throws(DataError) {
    let drawn = try? FileBytes.read(folder + "/" + Self.digestName)
    guard let found = try? digest(of: folder), drawn == Array(found.utf8) else {
      throw DataError(
        DataProblem(
          file: folder,
          "the scenes are not what was drawn: remove this folder, and they are drawn anew"))
    }
  }

  /// SHA-256 of all images, masks and lists, one behind the other.
  private func digest(of folder: String) throws(ImageError) -> String {
    var hash = SHA256()
    let scenes = (0..<(train + validation)).flatMap { [imageName($0), maskName($0)] }
    for name in scenes + [Self.trainList, Self.validationList] {
      hash.update(try FileBytes.read(folder + "/" + name))
    }
    return hash.finalize()
  }

  /// - Throws: ``DataError`` for settings that cannot be drawn.
  package func check() throws(DataError) {
    var problems: [String] = []
    if train < 1 || validation < 1 {
      problems.append("at least 1 scene each to train and to validate")
    }
    if train + validation > 99_999 { problems.append("at most 99999 scenes") }
    if min(size.height, size.width) < 16 || max(size.height, size.width) > 4096 {
      problems.append("a size of 16…4096 pixels, not \(size)")
    }
    if !(3...5).contains(classes) { problems.append("3…5 classes, not \(classes)") }
    guard problems.isEmpty else {
      throw DataError(problems.map { DataProblem("generated scenes need \($0)") })
    }
  }
}

extension GeneratedScenes {
  /// Written last: what it says has been drawn.
  private static let manifestName = "scenes.txt"
  /// Beside it: the digest of what was drawn.
  private static let digestName = "scenes.sha256"

  private var manifest: String {
    """
    generated scenes, version 1
    train: \(train)
    validation: \(validation)
    size: \(size.height) \(size.width)
    classes: \(classes)
    seed: \(seed)

    """
  }

  private func imageName(_ number: Int) -> String {
    "images/\(Self.padded(number)).\(number % 4 == 3 ? "png" : "jpg")"
  }

  private func maskName(_ number: Int) -> String { "masks/\(Self.padded(number)).png" }

  private static func padded(_ number: Int) -> String {
    String(repeating: "0", count: max(0, 4 - String(number).count)) + String(number)
  }

  private static func makeFolder(_ path: String) throws(ImageError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw ImageError(file: path, "cannot be created: \(FileBytes.systemWords(for: error))")
    }
  }

  private static func writeText(_ text: String, to path: String) throws(ImageError) {
    try FileBytes.write(Array(text.utf8), to: path)
  }
}
