/// What a list of images and masks held when it was read, wherever it lay.
public struct DataFingerprint: Sendable, Codable, Hashable {
  /// `train` or `validation`, the `neighbours` of either, or the `list` that is parted into the two.
  public var name: String
  /// Images, before they are cut into patches.
  public var samples: Int
  /// SHA-256 over the content of every file, in the order of the list.
  public var sha256: String
  public init(name: String, samples: Int, sha256: String) {
    self.name = name
    self.samples = samples
    self.sha256 = sha256
  }
}
