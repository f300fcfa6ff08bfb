/// The folder that a path lies in: `.` for a name alone, `/` for what lies at the root.
///
/// Foundation's `deletingLastPathComponent` ends the program on paths of one letter.
func parentFolder(of path: String) -> String {
  let name = path.hasSuffix("/") && path.count > 1 ? path.dropLast() : path[...]
  guard let slash = name.lastIndex(of: "/") else { return "." }
  return slash == name.startIndex ? "/" : String(name[..<slash])
}
