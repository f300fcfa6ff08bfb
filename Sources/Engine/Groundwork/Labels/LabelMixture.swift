/// The second plane of labels of a batch whose images may be mixtures of two samples.
package struct LabelMixture {
  /// `[N, P, H, W]`, of the rest of each image; ``Labels/ignored`` in one that is no mixture.
  package let labels: UnsafeMutablePointer<Label>
  /// `[N]`: λ, the part of each image that is what ``Batch/labels`` tell of; 1 in one that is no
  /// mixture.
  package let shares: UnsafeMutablePointer<Float>

  package init(labels: UnsafeMutablePointer<Label>, shares: UnsafeMutablePointer<Float>) {
    self.labels = labels
    self.shares = shares
  }
}
