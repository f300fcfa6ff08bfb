/// What a list of images and masks held when it was read, wherever it lay.
package struct DataFingerprint: Sendable, Codable, Hashable {
  /// `train` or `validation`, the `neighbours` of either, or the `list` that is parted into the two.
  package var name: String
  /// Images, before they are cut into patches.
  package var samples: Int
  /// SHA-256 over the content of every file, in the order of the list.
  package var sha256: String
  package init(name: String, samples: Int, sha256: String) {
    self.name = name
    self.samples = samples
    self.sha256 = sha256
  }
}
