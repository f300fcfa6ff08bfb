package import Groundwork

/// Memory for what ``LabelMixture`` says of several images.
package final class MixtureBuffer {
  private let labels: HostBuffer
  private let shares: HostBuffer
  private let labelsPerImage: Int

  /// - Parameter labelsPerImage: P · H · W.
  package init(images: Int, labelsPerImage: Int) {
    labels = HostBuffer(bytes: images * labelsPerImage * MemoryLayout<Label>.stride)
    shares = HostBuffer(floats: images)
    self.labelsPerImage = labelsPerImage
  }

  package var bytes: Int { labels.bytes + shares.bytes }

  /// Of a single image.
  package static func bytes(labelsPerImage: Int) -> Int {
    labelsPerImage * MemoryLayout<Label>.stride + MemoryLayout<Float>.stride
  }

  /// From that image on.
  package subscript(image: Int) -> LabelMixture {
    LabelMixture(
      labels: labels.start.assumingMemoryBound(to: Label.self) + image * labelsPerImage,
      shares: shares.floats + image)
  }
}
