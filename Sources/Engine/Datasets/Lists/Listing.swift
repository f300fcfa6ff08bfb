/// The samples of one list or of several one after the other, numbered through.
package struct Listing: Sendable {
  /// What messages call it: the path of the list file, or the pattern of the images.
  package let name: String
  /// That the entries of a file of groups are relative to, where the data has no root.
  let folder: String
  package let samples: [ListedSample]
  /// What may be a mistake.
  let warnings: [DataProblem]
  /// The files that fit where masks lie, and the template that they fit.
  let candidates: [(file: FilePath, template: String)]

  init(_ file: ListFile) {
    (name, folder, samples) = (file.path, file.folder, file.samples)
    (warnings, candidates) = ([], [])
  }

  init(
    name: String, folder: String, samples: [ListedSample], warnings: [DataProblem],
    candidates: [(file: FilePath, template: String)]
  ) {
    (self.name, self.folder, self.samples) = (name, folder, samples)
    (self.warnings, self.candidates) = (warnings, candidates)
  }

  /// Lists one after the other.
  ///
  /// - Parameter parts: not empty, each with the part of the draws that it has, see
  ///   ``SampleSources/Part/share``.
  init(_ parts: [(listing: Listing, share: Double?)]) {
    name = parts.map(\.listing.name).listed(atMost: 1)
    folder = parts[0].listing.folder
    var samples: [ListedSample] = []
    for (source, (listing, share)) in parts.enumerated() {
      let first = samples.count
      samples += listing.samples.map { sample in
        var sample = sample
        sample.number += first
        sample.imageNumber += first
        if let share { sample.share = DrawnShare(source: source, share: share) }
        return sample
      }
    }
    self.samples = samples
    warnings = parts.flatMap(\.listing.warnings)
    candidates = parts.flatMap(\.listing.candidates)
  }

  /// The files of all masks.
  var masks: Set<FilePath> { Set(samples.flatMap(\.masks).map { $0.slice?.file ?? $0.path }) }

  /// The same samples in a set of that name.
  func inSet(_ name: String?) -> Listing {
    Listing(
      name: self.name, folder: folder,
      samples: samples.map { sample in
        var sample = sample
        sample.set = name
        return sample
      }, warnings: warnings, candidates: candidates)
  }
}

/// That samples of one source together are a fixed part of an epoch's draws.
package struct DrawnShare: Sendable, Hashable {
  /// The place of the source among those of the training, from 0.
  let source: Int
  /// Above 0 and below 1.
  let share: Double
}
