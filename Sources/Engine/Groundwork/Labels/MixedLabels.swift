/// The second plane of labels of a batch whose images may be mixed from two samples.
package struct MixedLabels {
  /// `[N, P, H, W]`, of the rest of each image; ``Labels/ignoreIndex`` in one that is not mixed.
  package let labels: UnsafeMutablePointer<Label>
  /// `[N]`: λ, the part of each image that ``Batch/labels`` describe; 1 in one that is
  /// not mixed.
  package let lambdas: UnsafeMutablePointer<Float>

  package init(labels: UnsafeMutablePointer<Label>, lambdas: UnsafeMutablePointer<Float>) {
    self.labels = labels
    self.lambdas = lambdas
  }
}
