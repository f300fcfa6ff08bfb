internal import Digest

/// What a list of samples held when it was read, wherever its files lie.
public struct Fingerprint: Sendable, Hashable {
  /// `train` or `validation`.
  public let name: String
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
      return sample.pictures.map(\.hex).joined(separator: ";") + " "
        + sample.masks.map(\.hex).joined(separator: ";")
        + (sample.roi.map { " roi=\($0.hex)" } ?? "") + (weight == 1 ? "" : " weight=\(weight)")
    }
    sha256 = SHA256.hex(of: lines.map { $0 + "\n" }.joined())
  }
}

/// SHA-256 of a sample's files.
struct SampleDigest: Sendable, Hashable {
  /// In the order of ``ListedSample/pictures``.
  let pictures: [SHA256.Value]
  /// In the order of ``ListedSample/masks``.
  let masks: [SHA256.Value]
  let roi: SHA256.Value?
}
