internal import Datasets
internal import Foundation

/// Images that show nearly the same, as names tell it: frames of a video, parts of an image, slices of a
/// patient. Where a part of the training list validates they must not be parted.
struct GuessedGroups {
  /// `data.groups`.
  let entry: StarterSpec.Entry
  let assumption: String

  /// - Parameter names: of the images, as lists write them.
  /// - Returns: `nil` where names tell of no groups.
  init?(_ names: [String]) {
    let folders = Dictionary(grouping: names) { ($0 as NSString).deletingLastPathComponent }
    if Self.isSound(folders.values.map(\.count), of: names.count) {
      entry = .init(yaml: "folder", about: "\(folders.count) folders, each in one part as a whole")
      assumption =
        "images of one folder belong together, so that no folder both trains and validates"
      return
    }
    for pattern in Self.patterns {
      guard let groups = Self.groups(names, pattern) else { continue }
      guard Self.isSound(Array(groups.values), of: names.count) else { continue }
      let first = groups.keys.sorted()[0]
      entry = .init(
        yaml: "{pattern: \(StarterSpec.quoted(pattern))}",
        about: "\(groups.count) groups of names as \(first)…: none in two parts")
      assumption =
        "names that begin alike, as \(first), are of one place, patient or video, so that none both trains and "
        + "validates"
      return
    }
    return nil
  }

  /// What belongs together stands before the last two numbers, or before the last, and has a digit.
  private static let patterns = [
    "([^/]*[0-9][^/]*?)[_-][A-Za-z]*[0-9]+[_-][A-Za-z]*[0-9]+[^/0-9]*$",
    "([^/]*[0-9][^/]*)[_-][A-Za-z]*[0-9]+[^/0-9]*$",
  ]

  /// How many names each group has; `nil` where a name is of none.
  private static func groups(_ names: [String], _ pattern: String) -> [String: Int]? {
    guard let expression = try? Regex(pattern) else { return nil }
    var groups: [String: Int] = [:]
    for name in names {
      guard let match = try? expression.firstMatch(in: name), match.output.count > 1,
        let group = match.output[1].substring
      else { return nil }
      groups[String(group), default: 0] += 1
    }
    return groups
  }

  /// True where parts of a fifth can be made of groups of such sizes, and most groups have several images.
  private static func isSound(_ sizes: [Int], of count: Int) -> Bool {
    sizes.count >= 3 && (sizes.max() ?? 0) * 2 <= count
      && sizes.filter { $0 > 1 }.reduce(0, +) * 10 >= count * 8
  }
}
