/// The second plane of labels of a batch whose images may be mixtures of two samples.
package struct LabelMixture {
  /// `[N, H, W]`, of the rest of each image; ``Labels/ignored`` in one that is no mixture.
  package let labels: UnsafeMutablePointer<UInt8>
  /// `[N]`: λ, the part of each image that is what ``Batch/labels`` tell of; 1 in one that is no
  /// mixture.
  package let shares: UnsafeMutablePointer<Float>
}

/// Memory for what ``LabelMixture`` says of several images.
final class MixtureBuffer {
  private let labels: HostBuffer
  private let shares: HostBuffer
  private let area: Int

  init(images: Int, area: Int) {
    labels = HostBuffer(bytes: images * area)
    shares = HostBuffer(floats: images)
    self.area = area
  }

  var bytes: Int { labels.bytes + shares.bytes }

  /// Of a single image.
  static func bytes(area: Int) -> Int { area + MemoryLayout<Float>.stride }

  /// From that image on.
  subscript(image: Int) -> LabelMixture {
    LabelMixture(
      labels: labels.start.assumingMemoryBound(to: UInt8.self) + image * area,
      shares: shares.floats + image)
  }
}
