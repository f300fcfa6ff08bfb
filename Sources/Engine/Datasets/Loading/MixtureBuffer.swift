package import Groundwork

/// Memory for what ``LabelMixture`` says of several images.
package final class MixtureBuffer {
  private let labels: HostBuffer
  private let shares: HostBuffer
  private let area: Int

  package init(images: Int, area: Int) {
    labels = HostBuffer(bytes: images * area)
    shares = HostBuffer(floats: images)
    self.area = area
  }

  package var bytes: Int { labels.bytes + shares.bytes }

  /// Of a single image.
  package static func bytes(area: Int) -> Int { area + MemoryLayout<Float>.stride }

  /// From that image on.
  package subscript(image: Int) -> LabelMixture {
    LabelMixture(
      labels: labels.start.assumingMemoryBound(to: UInt8.self) + image * area,
      shares: shares.floats + image)
  }
}
