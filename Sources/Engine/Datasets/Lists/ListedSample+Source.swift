package import Groundwork

extension ListedFile {
  /// What is known of the volume that it is a slice of; `nil` where it is a file of its own.
  ///
  /// - Throws: ``ImageError`` where the volume cannot be opened.
  package func volume() throws(ImageError) -> VolumeDescription? {
    guard let slice else { return nil }
    return try VolumeDescription(slice.file.text, dataset: slice.dataset, axes: slice.axes)
  }

  /// The TIFF that it is in, with the pages that belong to it; `nil` where it is in none.
  package var tiff: (path: String, page: Int)? {
    let file = slice?.file ?? path
    guard VolumeFormats.format(of: file.text) is TIFFStacks else { return nil }
    return (file.text, slice?.index ?? 0)
  }

  /// True where what follows `other` in a list is the slice behind it in the same volume.
  package func isBehind(_ other: ListedFile) -> Bool {
    guard let slice, let before = other.slice, let index = slice.index, let last = before.index
    else { return false }
    return slice.file == before.file && slice.dataset == before.dataset && index == last + 1
  }
}
