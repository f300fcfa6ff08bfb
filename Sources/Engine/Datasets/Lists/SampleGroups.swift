internal import Groundwork

/// Which samples of a list belong together: a volume, a patient, a video. A part of the list that is
/// held back for validation takes whole groups.
package struct SampleGroups: Sendable, Hashable {
  /// `[samples]`: the group of each, numbered by their first samples from 0.
  package let numbers: [Int]
  /// `[groups]`: how many samples each has.
  package let sizes: [Int]

  /// - Parameter numbers: the group of each sample; any numbers.
  init(numbers: [Int]) {
    var known: [Int: Int] = [:]
    var sizes: [Int] = []
    self.numbers = numbers.map { number in
      let group = known[number] ?? sizes.count
      if group == sizes.count {
        known[number] = group
        sizes.append(0)
      }
      sizes[group] += 1
      return group
    }
    self.sizes = sizes
  }

  /// Every sample by itself.
  init(separate count: Int) { self.init(numbers: Array(0..<count)) }

  package var count: Int { sizes.count }

  /// The samples of some groups, ascending.
  package func samples(of groups: some Sequence<Int>) -> [Int] {
    let chosen = Set(groups)
    return numbers.indices.filter { chosen.contains(numbers[$0]) }
  }
}

extension DataConfiguration {
  /// What may not be parted when a part of the training list is held back.
  package enum Groups: Sendable, Hashable {
    /// Slices of one HDF5 file, and with neighbouring slices as channels the lines whose images lie
    /// in one folder one after the other: they would see each other.
    case volumes
    /// Nothing: an HDF5 file may hold images that have nothing to do with each other.
    case none
    /// Besides volumes, images of one folder.
    case folder
    /// Besides volumes, images in whose names, as the list writes them, the first capture of this
    /// regular expression is the same; the whole match where it captures nothing.
    case pattern(String)
    /// Besides volumes, what a file says, with a line `image group` for every image of the list.
    case file(String)
  }
}

extension Listing {
  /// The samples of this list in groups.
  ///
  /// - Parameter root: the folder that the entries of a file of groups are relative to; `nil` means the
  ///   list's own.
  /// - Throws: ``DataError`` for images that have no group, and a file that cannot be read.
  package func groups(
    _ groups: DataConfiguration.Groups, _ stack: ImageStack, root: String?
  ) throws(DataError) -> SampleGroups {
    guard groups != .none else { return SampleGroups(separate: samples.count) }
    var union = DisjointSets(count: samples.count)
    var identities = Identities()
    var firsts: [FileIdentity: Int] = [:]
    for (index, sample) in samples.enumerated() {
      for image in sample.images {
        guard let volume = image.shared else { continue }
        let identity = identities.of(volume)
        union.join(index, firsts[identity, default: index])
        firsts[identity] = index
      }
      let previous = index > 0 ? samples[index - 1] : nil
      if stack.slices.count > 1, let previous,
        identities.of(previous.images[0].folder) == identities.of(sample.images[0].folder)
      {
        union.join(index, index - 1)
      }
    }
    if let names = try names(of: groups, root: root) {
      var firsts: [FilePath: Int] = [:]
      for (index, name) in names.enumerated() {
        union.join(index, firsts[FilePath(name), default: index])
        firsts[FilePath(name)] = index
      }
    }
    return SampleGroups(numbers: union.sets)
  }

  /// `[samples]`: what the spec calls the group of each; `nil` where it leaves that to the volumes.
  package func names(
    of groups: DataConfiguration.Groups, root: String?
  ) throws(DataError) -> [String]? {
    switch groups {
    case .none, .volumes: return nil
    case .folder: return folderNames
    case .pattern(let pattern): return try names(fitting: pattern)
    case .file(let file): return try names(from: file, root: root)
    }
  }

  /// The folder of each sample's first image. A folder that is written in several ways goes by the
  /// first of them.
  private var folderNames: [String] {
    var identities = Identities()
    var names: [FileIdentity: String] = [:]
    return samples.map { sample in
      let folder = sample.images[0].folder
      let identity = identities.of(folder)
      let name = names[identity] ?? folder.text
      names[identity] = name
      return name
    }
  }

  private func names(fitting pattern: String) throws(DataError) -> [String] {
    guard let expression = try? Regex(pattern) else {
      throw DataError(DataProblem("data.groups.pattern '\(pattern)' is no regular expression"))
    }
    var problems: [DataProblem] = []
    let names = samples.map { sample -> String in
      guard let match = try? expression.firstMatch(in: sample.imageName) else {
        problems.append(
          sample.problem(
            "image \(sample.imageName) does not fit data.groups.pattern '\(pattern)'"))
        return ""
      }
      let captured = match.output.count > 1 ? match.output[1].substring : nil
      return String(captured ?? sample.imageName[match.range])
    }
    guard problems.isEmpty else { throw DataError(problems) }
    return names
  }

  private func names(from file: String, root: String?) throws(DataError) -> [String] {
    let lines = try TextLines(path: file)
    let folder = root ?? folder
    var identities = Identities()
    var groups: [FileIdentity: String] = [:]
    var problems: [DataProblem] = []
    for line in lines.content {
      guard let fields = ListLine(line.text)?.fields.map({ $0.joined(separator: ";") }),
        fields.count == 2
      else {
        problems.append(
          DataProblem(
            file: file, line: line.number,
            "expected 'image group', found '\(line.text)' (quote paths that hold blanks)"))
        continue
      }
      let image = identities.of(FilePath(FilePath.resolve(fields[0], in: folder)))
      if let other = groups.updateValue(fields[1], forKey: image), other != fields[1] {
        problems.append(
          DataProblem(
            file: file, line: line.number,
            "image \(fields[0]) is in group '\(other)' and in group '\(fields[1])'"))
      }
    }
    let names = samples.map { sample -> String in
      if let group = groups[identities.of(sample.images[0].path)] { return group }
      problems.append(sample.problem("image \(sample.imageName) has no group in \(file)"))
      return ""
    }
    guard problems.isEmpty else { throw DataError(problems) }
    return names
  }
}

/// Files and folders, each asked for once.
private struct Identities {
  private var known: [FilePath: FileIdentity] = [:]

  mutating func of(_ path: FilePath) -> FileIdentity {
    if let identity = known[path] { return identity }
    let identity = FileIdentity(path)
    known[path] = identity
    return identity
  }
}

/// Which of some things belong together, directly or by way of others (union–find; Galler & Fischer
/// 1964, with halved paths).
struct DisjointSets {
  private var parents: [Int]

  init(count: Int) { parents = Array(0..<count) }

  mutating func join(_ first: Int, _ second: Int) {
    let (first, second) = (root(of: first), root(of: second))
    parents[max(first, second)] = min(first, second)
  }

  /// `[count]`: a number for the set of each.
  var sets: [Int] {
    var copy = self
    return parents.indices.map { copy.root(of: $0) }
  }

  private mutating func root(of element: Int) -> Int {
    var element = element
    while parents[element] != element {
      parents[element] = parents[parents[element]]
      element = parents[element]
    }
    return element
  }
}
