/// The second plane of labels of a batch whose images may be mixtures of two samples.
package struct LabelMixture {
  /// `[N, P, H, W]`, of the rest of each image; ``Labels/ignored`` in one that is no mixture.
  package let labels: UnsafeMutablePointer<Label>
  /// `[N]`: λ, the part of each image that is what ``Batch/labels`` tell of; 1 in one that is no
  /// mixture.
  package let shares: UnsafeMutablePointer<Float>
}

/// Memory for what ``LabelMixture`` says of several images.
final class MixtureBuffer {
  private let labels: HostBuffer
  private let shares: HostBuffer
  private let labelsPerImage: Int

  /// - Parameter labelsPerImage: P · H · W.
  init(images: Int, labelsPerImage: Int) {
    labels = HostBuffer(bytes: images * labelsPerImage * MemoryLayout<Label>.stride)
    shares = HostBuffer(floats: images)
    self.labelsPerImage = labelsPerImage
  }

  var bytes: Int { labels.bytes + shares.bytes }

  /// Of a single image.
  static func bytes(labelsPerImage: Int) -> Int {
    labelsPerImage * MemoryLayout<Label>.stride + MemoryLayout<Float>.stride
  }

  /// From that image on.
  subscript(image: Int) -> LabelMixture {
    LabelMixture(
      labels: labels.start.assumingMemoryBound(to: Label.self) + image * labelsPerImage,
      shares: shares.floats + image)
  }
}
