internal import Groundwork

/// What an entry of a list says where it names a volume: `volume.h5:/raw[3]`, `brain.nii.gz`,
/// `stack.tif[0:24]`. Nothing is opened for it.
package struct VolumeEntry: Sendable {
  /// As written.
  package let file: String
  /// Within the file; empty where the entry names none.
  package let dataset: String
  let selection: Selection
  let format: any VolumeFormat

  enum Selection {
    /// Without brackets.
    case none
    case one(Int)
    /// `[FROM:TO]`, without the last; to the end where that is left out.
    case range(from: Int, to: Int?)
  }

  /// - Returns: `nil` where the entry names no volume.
  /// - Throws: ``VolumeSliceError`` where it does, but wrongly.
  package init?(_ entry: String) throws(VolumeSliceError) {
    guard let parts = VolumeFormats.all.lazy.compactMap({ Self.parts(of: entry, $0) }).first else {
      return nil
    }
    (file, dataset, format) = (parts.file, parts.dataset, parts.format)
    guard dataset != "/", let selection = Self.selection(parts.brackets) else {
      throw VolumeSliceError(entry, parts.format)
    }
    self.selection = selection
  }

  /// The file's name without what says its format.
  package var fileWithoutEnding: String {
    let name = file.lowercased()
    let ending = format.endings.filter { name.hasSuffix($0) }.max { $0.count < $1.count }
    return String(file.dropLast(ending?.count ?? 0))
  }

  /// The slice that the entry names alone; `nil` where it names several or the whole.
  package var index: Int? {
    switch selection {
    case .one(let index): index
    case .range(let from, to: .some(let to)) where to == from + 1: from
    case .none, .range: nil
    }
  }

  private typealias Parts = (
    file: String, dataset: String, brackets: String, format: any VolumeFormat
  )

  private static func parts(of entry: String, _ format: any VolumeFormat) -> Parts? {
    let lowered = entry.lowercased()
    // Lower case may take other bytes than what it is of; places are the same for names of ASCII.
    guard lowered.utf8.count == entry.utf8.count else { return nil }
    func after(_ text: String) -> (before: String, from: String)? {
      guard let found = lowered.range(of: text) else { return nil }
      let place = lowered.utf8.distance(from: lowered.startIndex, to: found.upperBound) - 1
      let cut = entry.utf8.index(entry.startIndex, offsetBy: place)
      return (String(entry[..<cut]), String(entry[cut...]))
    }
    func split(_ text: String) -> (dataset: String, brackets: String) {
      let bracket = text.firstIndex(of: "[") ?? text.endIndex
      return (String(text[..<bracket]), String(text[bracket...]))
    }
    for ending in format.endings {
      if format.naming == .dataset || format.naming == .volumeOrDataset {
        if let (file, rest) = after(ending + ":/").map({ ($0.before.dropLast(), $0.from) }) {
          let (dataset, brackets) = split(rest)
          return (String(file), dataset, brackets, format)
        }
      }
      if format.naming == .volumeOrDataset, let (file, rest) = after(ending + "/") {
        let (dataset, brackets) = split(rest)
        return (file, dataset == "/" ? "" : dataset, brackets, format)
      }
      guard format.naming != .dataset else { continue }
      if let (file, brackets) = after(ending + "[") {
        guard format.naming != .pages || brackets.hasSuffix("]") else { continue }
        return (file, "", brackets, format)
      }
      if format.naming != .pages, lowered.hasSuffix(ending) { return (entry, "", "", format) }
    }
    return nil
  }

  private static func selection(_ brackets: String) -> Selection? {
    guard !brackets.isEmpty else { return Selection.none }
    guard brackets.hasSuffix("]") else { return nil }
    let words = brackets.dropFirst().dropLast()
      .split(separator: ":", omittingEmptySubsequences: false)
    func number(_ text: Substring) -> Int? { text.allSatisfy(\.isNumber) ? Int(text) : nil }
    switch words.count {
    case 1: return number(words[0]).map { .one($0) }
    case 2:
      guard let from = words[0].isEmpty ? 0 : number(words[0]) else { return nil }
      guard !words[1].isEmpty else { return .range(from: from, to: nil) }
      guard let to = number(words[1]), from < to, to - from <= VolumeExtent.maximumSlices else {
        return nil
      }
      return .range(from: from, to: to)
    default: return nil
    }
  }
}

/// An entry of a list that means a slice and does not name one.
package struct VolumeSliceError: Error {
  package let message: String

  init(message: String) { self.message = message }

  init(_ entry: String, _ format: any VolumeFormat) {
    let file = "FILE\(format.endings[0])" + (format.naming == .dataset ? ":/DATASET" : "")
    message =
      "'\(entry)' names no slices: write \(file)[INDEX] or \(file)[FROM:TO], from 0, without the last, "
      + "or \(file)[:] for all"
  }
}
