/// The two parts of an entry that names something within a file: `volume.h5` and `:/raw[3]`, `stack.tif`
/// and `[0:24]`; the second is empty where the whole file is meant.
struct EntryParts: Sendable, Hashable {
  let file: String
  let part: String

  init(_ entry: String) {
    var file = entry[...]
    if file.hasSuffix("]"), let bracket = file.lastIndex(of: "["),
      file[bracket...].dropFirst().dropLast().allSatisfy({ $0.isNumber || $0 == ":" })
    {
      file = file[..<bracket]
    }
    if let dataset = file.firstRange(of: ":/") { file = file[..<dataset.lowerBound] }
    self.file = String(file)
    part = String(entry[file.endIndex...])
  }
}
