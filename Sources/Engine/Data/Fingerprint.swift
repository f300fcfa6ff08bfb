internal import Digest

/// What a list of samples held when it was read, wherever its files lie.
public struct Fingerprint: Sendable, Hashable {
  /// `train` or `validation`.
  public let name: String
  public let samples: Int
  /// SHA-256 of one line `SHA-256 of the image file, space, SHA-256 of the mask file` for every
  /// sample, in the order of the list.
  public let sha256: String

  init(name: String, samples: [SampleDigest]) {
    self.name = name
    self.samples = samples.count
    sha256 = SHA256.hex(of: samples.map { "\($0.image.hex) \($0.mask.hex)\n" }.joined())
  }
}

/// SHA-256 of a sample's files.
struct SampleDigest: Sendable, Hashable {
  let image: SHA256.Value
  let mask: SHA256.Value
}
