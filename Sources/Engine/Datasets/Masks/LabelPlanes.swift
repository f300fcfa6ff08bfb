internal import CKernels
package import Groundwork

/// The labels of an image, plane by plane: one plane of classes, or a plane for each class that holds
/// 1 where the pixel is of it and 0 where it is not.
package struct LabelPlanes: Sendable, Hashable {
  package private(set) var size: Size
  package private(set) var planes: Int
  /// `[P, H, W]`; ``Labels/ignoreIndex`` where nothing is known.
  package var labels: [Label]

  /// No pixels: memory that masks will fill.
  init() { (size, planes, labels) = (Size(height: 0, width: 0), 1, []) }

  /// Another extent in the same memory; the labels are whatever was there.
  mutating func reshape(_ size: Size, planes: Int = 1) {
    (self.size, self.planes) = (size, planes)
    labels.resize(to: planes * size.area)
  }

  /// Ignores every pixel.
  mutating func ignoreAll() {
    for place in labels.indices { labels[place] = Labels.ignoreIndex }
  }

  /// Ignores every pixel in all planes that is ignored in one of them.
  mutating func spreadIgnored() {
    guard planes > 1 else { return }
    ck_spread_ignored(&labels, Int32(planes), size.area)
  }

  /// The same labels where `region`, which has one plane, is not 0; what lies outside is ignored.
  package func marked(outside region: LabelPlanes, into marked: inout LabelPlanes) {
    marked.reshape(size, planes: planes)
    ck_mark_outside(labels, Int32(planes), region.labels, &marked.labels, size.area)
  }

  /// Ignores every pixel that is NaN in a channel of the image.
  mutating func ignoreBlanks(of image: Raster) {
    image.pixels.withUnsafeBytes { bytes in
      guard let start = bytes.baseAddress else { return }
      ck_ignore_blank(
        start.assumingMemoryBound(to: Float.self), size.area, Int32(image.channels), &labels,
        Int32(planes))
    }
  }

  /// How many pixels are known in at least one plane.
  package var labelledPixels: Int { ck_count_labelled(labels, Int32(planes), size.area) }
}

extension LabelPlanes {
  /// Nearest neighbour: labels are never mixed.
  package func resize(to target: Size, into resized: inout LabelPlanes) {
    resized.reshape(target, planes: planes)
    ck_resize_nearest(
      labels, Int32(planes), Int32(size.height), Int32(size.width), &resized.labels,
      Int32(target.height), Int32(target.width))
  }

  /// A patch; what of it does not count is ignored.
  func cut(_ patch: Patch, into cut: inout LabelPlanes) {
    cut.reshape(patch.size, planes: planes)
    let counting = ck_counting(
      first_row: Int32(patch.rows.lowerBound), last_row: Int32(patch.rows.upperBound),
      first_column: Int32(patch.columns.lowerBound), last_column: Int32(patch.columns.upperBound))
    ck_cut_counting(
      labels, Int32(planes), Int32(size.height), Int32(size.width), &cut.labels, Int32(patch.top),
      Int32(patch.left), Int32(patch.size.height), Int32(patch.size.width), counting)
  }

  /// The same part as ``Raster/cropToCentre(_:into:)`` takes.
  ///
  /// - Precondition: `target` is no larger.
  func cropToCentre(_ target: Size, into cropped: inout LabelPlanes) {
    precondition(target.height <= size.height && target.width <= size.width)
    cropped.reshape(target, planes: planes)
    ck_crop_labels(
      labels, Int32(planes), Int32(size.height), Int32(size.width), &cropped.labels,
      Int32((size.height - target.height) / 2), Int32((size.width - target.width) / 2),
      Int32(target.height), Int32(target.width))
  }
}
