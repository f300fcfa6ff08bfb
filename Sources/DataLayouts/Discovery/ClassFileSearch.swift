internal import Datasets

/// Finds the file that says what classes there are.
enum ClassFileSearch {
  /// In the order in which they are asked for.
  private static let names = [
    "classes.txt", "classes.csv", "class_names.txt", "names.txt", "label_names.txt", "labels.txt",
    "class_dict.csv", "label_colors.txt", "labelmap.txt", "corresp.txt",
  ]

  /// A file of the folder itself that reads as a table of classes; `nil` where there is none.
  static func file(in folder: SourceFolder) -> String? {
    names.first { name in
      folder.file(name) != nil
        && ((try? ClassFile(path: folder.full(name)))?.classes.count ?? 0) > 1
    }
  }
}
