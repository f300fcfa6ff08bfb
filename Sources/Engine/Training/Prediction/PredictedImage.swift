package import Groundwork

/// What a network says of an image, in the image's own size.
///
/// Letters: P planes of labels, K classes, H height, W width.
package struct PredictedImage: Sendable {
  package let size: Size
  /// `[P, H, W]`, as the task decodes them.
  package internal(set) var labels: [Label]
  /// `[K, H, W]`, 0…1; `nil` where nobody asked.
  package internal(set) var probabilities: [Float]?

  init(size: Size, planes: Int, classes: Int?) {
    self.size = size
    labels = Array(repeating: 0, count: planes * size.area)
    probabilities = classes.map { Array(repeating: 0, count: $0 * size.area) }
  }
}
