package import Groundwork

extension ListedSample {
  /// The boxes that its line names; `nil` where it names none.
  ///
  /// - Parameters:
  ///   - size: of the image as it is stored.
  ///   - classes: K.
  /// - Throws: ``DataError`` where the file cannot be read or says something else.
  package func readBoxes(_ size: Size, classes: Int) throws(DataError) -> [LabelBox]? {
    guard let file = boxes else { return nil }
    do throws(ImageError) {
      let found = try BoxFile.read(file, unchangedSince: nil).boxes
      try found.check(size, classes: classes)
      return found.boxes
    } catch {
      throw DataError(problem("boxes", file, error))
    }
  }
}
