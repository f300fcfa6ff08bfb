/// What patterns of images and masks found.
struct PairedFiles: Sendable {
  /// In the natural order of the images.
  private(set) var pairs: [Pair] = []
  /// The images that were left out because a partner is not there, as a list would write them.
  private(set) var unpaired: [String] = []
  /// The files that fit where masks lie, and the template that they fit, as a list would write them.
  private(set) var candidates: [(file: String, template: String)] = []

  /// What a line of a list would say.
  struct Pair: Sendable, Hashable {
    let images: [String]
    let masks: [String]
    let region: String?
  }

  /// - Throws: ``DataError`` whose problems name keys of ``FilePairs`` as their settings: for patterns
  ///   that nothing fits, images without partners, and images that would share a mask.
  init(_ files: FilePairs, root: String) throws(DataError) {
    if let (key, place, error) = files.problems.first { throw DataError(error, key, place) }
    var search = FileSearch(root: root)
    let partners: [Partner]
    let found: [MatchedFile]
    let reason: String?
    do throws(PatternError) {
      let pattern = try FilePattern(EntryParts(files.images[0]).file)
      partners = try Partner.all(of: files, pattern)
      found = try search.files(pattern)
      reason = found.isEmpty ? search.reason(pattern) : nil
    } catch {
      throw DataError(error, FilePairs.imagesKey, nil)
    }
    if let reason {
      throw DataError(
        DataProblem(
          setting: FilePairs.imagesKey, "no file fits '\(files.images[0])': \(reason)"))
    }
    var known = KnownFiles(search)
    let images = Self.withoutPartners(found, partners)
    try pair(images, files, partners, &known)
    do throws(PatternError) { try findCandidates(files, partners, &search) } catch {
      throw DataError(error, FilePairs.masksKey, nil)
    }
    let taken = Set(images.map { FilePath($0.path) })
    candidates.removeAll { taken.contains(FilePath($0.file)) }
  }

  /// What is the mask of another image is no image, where one pattern fits both.
  private static func withoutPartners(
    _ found: [MatchedFile], _ partners: [Partner]
  ) -> [MatchedFile] {
    var taken: Set<FilePath> = []
    for image in found {
      for partner in partners {
        let file = EntryParts(partner.template.path(of: image)).file
        if file != image.path { taken.insert(FilePath(file)) }
      }
    }
    return found.filter { !taken.contains(FilePath($0.path)) }
  }

  private mutating func pair(
    _ found: [MatchedFile], _ files: FilePairs, _ partners: [Partner], _ known: inout KnownFiles
  ) throws(DataError) {
    let part = EntryParts(files.images[0]).part
    var missing: [Partner: [(image: String, file: String)]] = [:]
    var owners: [FilePath: [String]] = [:]
    for image in found {
      var isWhole = true
      var paths: [Partner: String] = [:]
      for partner in partners {
        let path = partner.template.path(of: image)
        paths[partner] = path
        let file = EntryParts(path).file
        if !known.isThere(file) {
          isWhole = false
          missing[partner, default: []].append((image.path, file))
        } else if partner.key == FilePairs.masksKey {
          owners[FilePath(path), default: []].append(image.path)
        }
      }
      guard isWhole else {
        unpaired.append(image.path)
        continue
      }
      func entries(_ key: String) -> [String] {
        partners.filter { $0.key == key }.compactMap { paths[$0] }
      }
      pairs.append(
        Pair(
          images: [image.path + part] + entries(FilePairs.imagesKey),
          masks: entries(FilePairs.masksKey), region: entries(FilePairs.regionKey).first))
    }
    var problems = Self.sharing(owners, partners)
    if !files.leavesOutUnpaired || pairs.isEmpty {
      problems += partners.compactMap { partner in
        missing[partner].map { partner.problem($0, of: found.count, known.search) }
      }
    }
    guard problems.isEmpty else { throw DataError(problems) }
  }

  /// Images that have one mask were meant to have a mask each.
  private static func sharing(
    _ owners: [FilePath: [String]], _ partners: [Partner]
  ) -> [DataProblem] {
    let shared = owners.filter { $0.value.count > 1 }
      .sorted { NaturalOrder.precedes($0.key.text, $1.key.text) }
    guard let (mask, images) = shared.first else { return [] }
    let template = partners.first { $0.key == FilePairs.masksKey }
    return [
      DataProblem(
        setting: template?.setting,
        "\(mask) would be the mask of \(images.listed(atMost: 4))"
          + (shared.count > 1 ? ", and \(shared.count - 1) more masks that of several images" : "")
          + ": write {folder} or {name} where the images differ, let fewer files fit "
          + "\(FilePairs.imagesKey), or list them in a file")
    ]
  }

  private mutating func findCandidates(
    _ files: FilePairs, _ partners: [Partner], _ search: inout FileSearch
  ) throws(PatternError) {
    var known: Set<FilePath> = []
    for partner in partners where partner.key == FilePairs.masksKey {
      guard let pattern = partner.template.pattern else { continue }
      for file in try search.files(pattern) where known.insert(FilePath(file.path)).inserted {
        candidates.append((file.path, partner.template.text))
      }
    }
  }
}

/// A further image, a mask or a region that follows from a sample's first image.
private struct Partner: Hashable {
  let key: String
  /// In its list; `nil` where it is the only one.
  let place: Int?
  let template: PartnerTemplate

  /// In the order of a list's line.
  static func all(
    of files: FilePairs, _ pattern: FilePattern
  ) throws(PatternError) -> [Partner] {
    var partners: [Partner] = []
    func add(_ texts: [String], _ key: String, from first: Int = 0) throws(PatternError) {
      for (place, text) in texts.enumerated().dropFirst(first) {
        partners.append(
          Partner(
            key: key, place: texts.count > 1 ? place : nil,
            template: try PartnerTemplate(text, images: pattern)))
      }
    }
    try add(files.images, FilePairs.imagesKey, from: 1)
    try add(files.masks, FilePairs.masksKey)
    try add(files.region.map { [$0] } ?? [], FilePairs.regionKey)
    return partners
  }

  var setting: String { key + (place.map { ".\($0)" } ?? "") }

  private var what: String {
    switch key {
    case FilePairs.imagesKey: "image \((place ?? 0) + 1)"
    case FilePairs.masksKey: "mask"
    default: "region"
    }
  }

  /// - Parameters:
  ///   - missing: the images without this partner, and what it would be called.
  ///   - count: all images.
  func problem(
    _ missing: [(image: String, file: String)], of count: Int, _ search: FileSearch
  ) -> DataProblem {
    let first = missing[0]
    let others = missing.dropFirst().map(\.image)
    let rest =
      if others.isEmpty {
        ""
      } else if missing.count == count {
        ", nor is that of any other image"
      } else {
        "; \(missing.count) of \(count) images have none: also \(others.listed(atMost: 5))"
      }
    let remedy =
      missing.count == count
      ? "" : ": add what is missing, or leave such images out by \(FilePairs.unpairedKey): skip"
    return DataProblem(
      file: search.absolute(first.file), setting: setting,
      "is not there, the \(what) of \(first.image)\(rest)\(remedy)")
  }
}

/// Which files are there, each asked for once.
private struct KnownFiles {
  let search: FileSearch
  private var known: [FilePath: Bool] = [:]

  init(_ search: FileSearch) { self.search = search }

  mutating func isThere(_ file: String) -> Bool {
    if let found = known[FilePath(file)] { return found }
    // A volume may be a folder of chunks.
    let path = search.absolute(file)
    let isThere = search.isFile(file) || FolderContents(path) != nil
    known[FilePath(file)] = isThere
    return isThere
  }
}

extension DataError {
  /// What is wrong with how a pattern is written.
  fileprivate init(_ error: PatternError, _ key: String, _ place: Int?) {
    let remedy = error.remedy.map { ": \($0)" } ?? ""
    self.init(
      DataProblem(setting: key + (place.map { ".\($0)" } ?? ""), "\(error.message)\(remedy)"))
  }
}
