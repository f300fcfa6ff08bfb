internal import Digest

/// What a list of samples held when it was read, wherever its files lie.
public struct Fingerprint: Sendable, Hashable {
  /// `train` or `validation`.
  public let name: String
  /// Images, before they are cut into patches.
  public let samples: Int
  /// SHA-256 of one line `SHA-256 of the image file, space, SHA-256 of the mask file` for every
  /// sample, in the order of the list; several images, neighbours that are seen with them, and several
  /// masks are joined by `;`. Behind them stands what else decides what is made of the sample: ` roi=`
  /// and the SHA-256 of that file, ` weight=2.5`, where there is such.
  public let sha256: String

  /// - Parameter weights: of the samples, where they are drawn by them.
  init(name: String, samples: [SampleDigest], weights: [Double] = []) {
    self.name = name
    self.samples = samples.count
    let lines = samples.enumerated().map { index, sample in
      let weight = index < weights.count ? weights[index] : 1
      return sample.line + (weight == 1 ? "" : " weight=\(weight)")
    }
    sha256 = SHA256.hex(of: lines.map { $0 + "\n" }.joined())
  }
}

extension Catalogue {
  /// Of the images that train and of those that validate, whatever is made of them.
  ///
  /// - Parameter facts: of the samples that train, then of those that validate; all could be read.
  func fingerprints(_ facts: [SampleFacts?]) -> [Fingerprint] {
    let digests = facts.compactMap { $0?.digest }
    let (trains, validates) = (train.firstPatches, validation.firstPatches)
    return [
      Fingerprint(
        name: "train", samples: trains.map { digests[$0] },
        weights: trains.map { train[$0].weight }),
      Fingerprint(name: "validation", samples: validates.map { digests[train.count + $0] }),
    ]
  }
}

extension [ListedSample] {
  /// The places of all images, of the patches of one that of the first.
  var firstPatches: [Int] {
    var known: Set<Int> = []
    return indices.filter { known.insert(self[$0].imageNumber).inserted }
  }
}

/// SHA-256 of a sample's files.
struct SampleDigest: Sendable, Hashable {
  /// In the order of ``ListedSample/pictures``.
  let pictures: [SHA256.Value]
  /// In the order of ``ListedSample/masks``.
  let masks: [SHA256.Value]
  let roi: SHA256.Value?

  /// As a ``Fingerprint`` has it.
  var line: String {
    pictures.map(\.hex).joined(separator: ";") + " " + masks.map(\.hex).joined(separator: ";")
      + (roi.map { " roi=\($0.hex)" } ?? "")
  }
}
