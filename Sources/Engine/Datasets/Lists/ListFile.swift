internal import Foundation

/// A list of samples: one `image mask` a line, as DeepDetect reads them.
///
/// `volume.h5:/raw[3]` is a slice of an HDF5 dataset, and `volume.h5:/raw[0:24]` twenty-four of them,
/// each a sample; image and mask list as many. Several images of the same pixels are joined by `;`, and
/// where a task has a mask for each class so are these, in the order of the classes.
///
/// Behind the two a line may say `weight=2.5`, how often the sample is drawn against others, and
/// `roi=PATH`, the mask of what counts of it, and `boxes=PATH`, the boxes around its objects (``BoxFile``).
///
/// Blank lines and lines that begin with `#` are skipped. A path that holds blanks or `;` is written in
/// double quotes; for blanks the two may be separated by a tab instead.
package struct ListFile: Sendable {
  /// The path of the list file itself.
  package let path: String
  package let samples: [ListedSample]

  /// - Parameters:
  ///   - path: absolute, or relative to `root`.
  ///   - root: the folder that entries are relative to; `nil` means the list's own.
  ///   - regions: the folder of the masks of what counts, called like the images but `.png`, for
  ///     lines that do not name their own; `nil` for none.
  ///   - stack: how many images a line names, and which neighbours are seen with them: in a volume
  ///     those of the volume, else the lines before and behind whose images lie in the same folder.
  ///   - masks: how many masks a line names.
  /// - Throws: ``DataError`` with every line that is not `image mask`, or whose settings are not
  ///   known, and for an empty list.
  package init(
    path: String, root: String?, regions: String? = nil,
    stack: ImageStack = ImageStack(channels: 1), masks: Int = 1
  ) throws(DataError) {
    let path = FilePath.resolve(path, in: root)
    let folder = root ?? Self.folder(of: path)
    var collection = SampleCollection(regions: regions)
    var problems: [DataProblem] = []
    for line in try TextLines(path: path).content {
      do throws(DataError) {
        let parser = ListLineParser(
          list: path, line: line.number, folder: folder, stack: stack, masks: masks)
        problems += collection.add(try parser.samples(line.text))
      } catch {
        problems += error.problems
      }
    }
    if collection.samples.isEmpty, problems.isEmpty {
      problems = [DataProblem(file: path, "lists no samples: write one 'image mask' a line")]
    }
    guard problems.isEmpty else { throw DataError(problems) }
    self.path = path
    samples = collection.finished(stack)
  }

  /// The folder that the list file lies in.
  package var folder: String { Self.folder(of: path) }

  private static func folder(of path: String) -> String {
    (path as NSString).deletingLastPathComponent
  }
}
