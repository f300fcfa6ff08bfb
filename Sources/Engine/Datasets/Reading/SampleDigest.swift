package import Digest

/// SHA-256 of a sample's files.
package struct SampleDigest: Sendable, Hashable {
  /// In the order of ``ListedSample/stackedImages``.
  let images: [SHA256.Value]
  /// In the order of ``ListedSample/masks``.
  package let masks: [SHA256.Value]
  package let roi: SHA256.Value?
  /// Of the file of boxes; `nil` where there is none.
  package let boxes: SHA256.Value?
  /// Those of the slices, of a patch of a volume, which has nothing else; else empty.
  var slices: [SampleDigest] = []

  init(
    images: [SHA256.Value], masks: [SHA256.Value], roi: SHA256.Value?, boxes: SHA256.Value? = nil
  ) {
    (self.images, self.masks, self.roi, self.boxes) = (images, masks, roi, boxes)
  }

  init(slices: [SampleDigest]) {
    self.init(images: [], masks: [], roi: nil)
    self.slices = slices
  }

  /// The sample's own files, and the slices that are seen beside its images.
  func parted(
    _ sample: ListedSample
  ) -> (own: SampleDigest, neighbours: SampleDigest) {
    let count = sample.stackedImages.count / sample.images.count
    guard count > 1 else {
      return (self, SampleDigest(images: [], masks: [], roi: nil))
    }
    // A slice at the end of its volume is its own neighbor.
    let places = sample.images.indices.map { image in
      (image * count..<(image + 1) * count).first {
        sample.stackedImages[$0].path == sample.images[image].path
      } ?? image * count
    }
    return (
      SampleDigest(images: places.map { images[$0] }, masks: masks, roi: roi, boxes: boxes),
      SampleDigest(
        images: images.indices.filter { !places.contains($0) }.map { images[$0] }, masks: [],
        roi: nil)
    )
  }

  /// As a ``Fingerprint`` has it.
  package var line: String {
    images.map(\.hex).joined(separator: ";") + " " + masks.map(\.hex).joined(separator: ";")
      + (roi.map { " roi=\($0.hex)" } ?? "") + (boxes.map { " boxes=\($0.hex)" } ?? "")
  }
}
