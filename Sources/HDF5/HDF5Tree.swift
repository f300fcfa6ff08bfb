/// Makes the groups of a path when something is written below them.
package struct HDF5Tree {
  private let root: HDF5Group
  private var groups: [[String]: HDF5Group] = [:]

  package init(_ root: HDF5Group) { self.root = root }

  package mutating func group(_ path: [String]) throws(HDF5Error) -> HDF5Group {
    guard let name = path.last else { return root }
    if let group = groups[path] { return group }
    let group = try group(path.dropLast()).createGroup(name)
    groups[path] = group
    return group
  }
}

extension HDF5Group {
  /// - Throws: where the root attributes `format` and `format_version` name another kind of file.
  package func requireFormat(_ format: String, version: Int) throws(HDF5Error) {
    let found = try textAttribute("format")
    let foundVersion = try integerAttribute("format_version")
    guard found == format, foundVersion == version else {
      throw HDF5Error(
        action: "read it as \(format), version \(version)",
        causes: ["it is \(found), version \(foundVersion)"])
    }
  }
}
