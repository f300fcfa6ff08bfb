package import Groundwork

/// A batch that a ``Loader`` lends: valid until the loader is asked for the next one.
package struct Batch {
  /// `[N, C, H, W]`, normalised.
  package let images: UnsafeMutablePointer<Float>
  /// `[N, P, H, W]`; ``Labels/ignoreIndex`` where nothing is known.
  package let labels: UnsafeMutablePointer<Label>
  /// Samples it holds, up to N. The rest, in the last batch of an evaluation, are zeros with
  /// ignored labels.
  package let count: Int
  /// `nil` where no image can be a mixed sample.
  package var mixedLabels: MixedLabels?

  package init(
    images: UnsafeMutablePointer<Float>, labels: UnsafeMutablePointer<Label>, count: Int,
    mixedLabels: MixedLabels? = nil
  ) {
    self.images = images
    self.labels = labels
    self.count = count
    self.mixedLabels = mixedLabels
  }
}
