/// A file by what its path says.
struct NamedFile: Hashable, Sendable {
  /// `""` for the folder that is searched.
  let folder: String
  /// The name without its ending.
  let stem: String
  /// With its point, as written; compressed volumes have two, as `.nii.gz`.
  let ending: String

  init(_ path: String) {
    folder = SourceFolder.folder(of: path)
    let name = SourceFolder.name(of: path)
    let lowered = name.lowercased()
    let double = [".nii.gz", ".mrc.gz"].first { lowered.hasSuffix($0) }
    let point = double.map { name.index(name.endIndex, offsetBy: -$0.count) }
    let cut = point ?? name.lastIndex(of: ".") ?? name.endIndex
    (stem, ending) = (String(name[..<cut]), String(name[cut...]))
  }

  var path: String { (folder.isEmpty ? "" : folder + "/") + stem + ending }

  /// In lower case, without the point.
  var format: String { String(ending.lowercased().dropFirst()) }
}
