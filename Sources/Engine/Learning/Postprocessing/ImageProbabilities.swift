package import Groundwork

/// The probabilities of one image, as a network predicts them.
///
/// Letters: K classes, H height, W width.
package struct ImageProbabilities: Sendable {
  /// `[K, H, W]`, 0…1.
  package var values: [Float]
  package let size: Size
  /// True where a pixel is of one class, so that its probabilities add up to 1; false where each class is
  /// asked for by itself.
  package let classesExclude: Bool
  /// As people see it, of the same size and 1 or 3 channels of 8 bits; `nil` where no step looks at it.
  package let image: Raster?
  package let threads: Int

  package init(
    values: [Float], size: Size, classesExclude: Bool, image: Raster?, threads: Int
  ) {
    (self.values, self.size, self.classesExclude) = (values, size, classesExclude)
    (self.image, self.threads) = (image, threads)
  }

  /// K.
  package var classes: Int { values.count / max(1, size.area) }

  /// `[K, H, W]`: what a task decodes as it decodes logits: the greatest is the class, or those above 0
  /// are the classes.
  package var decodable: [Float] { classesExclude ? values : values.map { $0 - 0.5 } }
}
