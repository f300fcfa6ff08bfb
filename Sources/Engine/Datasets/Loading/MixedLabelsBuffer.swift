package import Groundwork

/// Holds the second planes of labels of several images, and their λ.
package final class MixedLabelsBuffer {
  private let labels: HostBuffer
  private let lambdas: HostBuffer
  private let labelsPerImage: Int

  /// - Parameter labelsPerImage: P · H · W.
  package init(images: Int, labelsPerImage: Int) {
    labels = HostBuffer(bytes: images * labelsPerImage * MemoryLayout<Label>.stride)
    lambdas = HostBuffer(floats: images)
    self.labelsPerImage = labelsPerImage
  }

  package var bytes: Int { labels.bytes + lambdas.bytes }

  /// What a single image takes.
  package static func bytes(labelsPerImage: Int) -> Int {
    labelsPerImage * MemoryLayout<Label>.stride + MemoryLayout<Float>.stride
  }

  /// The memory from that image on.
  package subscript(image: Int) -> MixedLabels {
    MixedLabels(
      labels: labels.start.assumingMemoryBound(to: Label.self) + image * labelsPerImage,
      lambdas: lambdas.floats + image)
  }
}
