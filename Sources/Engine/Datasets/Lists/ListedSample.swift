internal import Foundation
package import Groundwork

/// An image or a mask as a list names it: a file, or a slice of a volume in one.
package struct ListedFile: Sendable, Hashable {
  /// As written; of a range of slices the one slice of it.
  package let name: String
  /// As opened.
  package let path: FilePath
  /// Where it lies in its file; `nil` where it is a file of its own.
  package let slice: VolumeSlice?
  /// What of which points it is; `nil` of images.
  package internal(set) var points: PointPart?

  /// What an entry of a list names: one file, or slices of a volume.
  ///
  /// - Parameter axes: what the axes of datasets are, where the spec says so.
  /// - Throws: ``VolumeSliceError`` where it means slices and does not name any.
  package static func files(
    _ entry: String, in folder: String?, axes: VolumeAxes? = nil
  ) throws(VolumeSliceError) -> [ListedFile] {
    guard let volume = try VolumeEntry(entry) else {
      return [
        ListedFile(name: entry, path: FilePath(FilePath.resolve(entry, in: folder)), slice: nil)
      ]
    }
    let slices = try VolumeSlice.slices(volume, in: folder, axes: axes)
    return slices.map { slice in
      ListedFile(
        name: name(entry, slice, of: slices.count), path: FilePath(slice.name), slice: slice)
    }
  }

  /// As written, but of several slices the one.
  private static func name(_ entry: String, _ slice: VolumeSlice, of count: Int) -> String {
    guard count > 1, let index = slice.index else { return entry }
    let bracket = entry.hasSuffix("]") ? entry.lastIndex(of: "[") : nil
    return entry[..<(bracket ?? entry.endIndex)] + "[\(index)]"
  }

  /// The slice of the same volume that is so far away; `nil` where it is no slice of one.
  func neighbour(_ offset: Int) -> ListedFile? {
    guard let moved = slice?.neighbour(offset) else { return nil }
    return ListedFile(
      name: name + (offset > 0 ? "+" : "") + "\(offset)", path: FilePath(moved.name),
      slice: moved)
  }

  /// The file that several samples may lie in: a volume, or the points of a room.
  var shared: FilePath? { slice?.file ?? points?.file }

  /// The folder of a file of its own, or the file of a slice.
  package var folder: FilePath {
    if let shared { return shared }
    return FilePath(path.text.lastIndex(of: "/").map { String(path.text[..<$0]) } ?? "")
  }
}

/// A sample of a list file: a line, or one slice of a line's ranges, or a patch of either.
package struct ListedSample: Sendable, Hashable {
  /// The list file and the line in it, from 1; or what a command was given, and 0.
  package let list: String
  package let line: Int
  /// The place among the samples of its list, from 0: the key of the sample's random draws, which
  /// stays the same when a part of the list is set aside for validation.
  package internal(set) var number: Int
  /// ``number``, but for patches that of their image.
  package internal(set) var imageNumber: Int
  /// In the order of the line.
  package let images: [ListedFile]
  /// The only one, or as many as the task has, in the order of the classes.
  package var masks: [ListedFile]
  /// In the order of ``ImageStack/stackedImages``: the images with their neighbours.
  var stackedImages: [ListedFile]
  /// The mask of what counts of it; `nil` where everything does.
  var region: ListedFile?
  /// The file of boxes around its objects; `nil` where there is none.
  package internal(set) var boxes: ListedFile?
  /// Which part of the images it is; `nil` where it is all of them.
  package var patch: Patch?
  /// The slices of a volume that it is the patch of, the first of which it names too; empty where it is of
  /// one image.
  package internal(set) var slices: [ListedSample] = []
  /// True of a slice that fills a patch which is deeper than its volume: its labels are ignored.
  package internal(set) var isMirrored = false
  /// How often it is drawn to train on, against the others.
  package internal(set) var weight = 1.0
  /// The name of the set that it is judged in; `nil` where there is one without a name.
  package internal(set) var set: String?
  /// The part of the draws that its source has; `nil` where it shares what is left.
  package internal(set) var share: DrawnShare?

  init(list: String, line: Int, number: Int, images: [ListedFile], masks: [ListedFile]) {
    self.list = list
    self.line = line
    self.number = number
    imageNumber = number
    self.images = images
    self.masks = masks
    stackedImages = images
  }

  /// The first image and the first mask: the name as written, and the path as opened.
  package var imageName: String { images[0].name }
  package var image: String { images[0].path.text }
  package var maskName: String { masks[0].name }
  package var mask: String { masks[0].path.text }
  /// The files of the images that are seen, as opened.
  package var imageFiles: [String] { stackedImages.map { $0.slice?.file.text ?? $0.path.text } }
  /// As opened.
  package var roi: String? { region?.path.text }

  /// The list's name without its folder.
  var listName: String { (list as NSString).lastPathComponent }

  private var writtenLine: Int? { line > 0 ? line : nil }

  /// What people call it.
  package var name: String {
    let last = slices.last.map { " to \($0.imageName)" } ?? ""
    return imageName + last + (patch.map { "[\($0)]" } ?? "")
  }

  /// The first image's name without folder and extension.
  var stem: String { ((image as NSString).lastPathComponent as NSString).deletingPathExtension }

  package func problem(_ message: String) -> DataProblem {
    var problem = DataProblem(file: list, line: writtenLine, message)
    problem.isOfSample = true
    return problem
  }

  /// Where it stands, for a reader of the other's list: a line, or the image itself where there is none.
  func place(from other: ListedSample) -> String {
    line > 0
      ? "line \(line)" + (list == other.list ? "" : " of \(listName)")
      : imageName + (list == other.list ? "" : " of \(list)")
  }

  /// - Parameter kind: which of the sample's files it is: `image`, `mask`, `region` or `boxes`.
  package func problem(_ kind: String, _ file: ListedFile, _ error: ImageError) -> DataProblem {
    var problem = DataProblem(
      file: list, line: writtenLine, setting: error.setting, "\(kind) \(file.path): \(error.reason)"
    )
    (problem.remedy, problem.kind) = (error.remedy, "\(kind) \(error.reason)")
    problem.isOfSample = true
    return problem
  }
}
