internal import CKernels
package import Groundwork

extension Sample {
  /// Becomes the part that begins at (top, left) and lies within the sample.
  package mutating func crop(to cut: Size, top: Int, left: Int) {
    let size = size
    let (height, width) = (Int32(cut.height), Int32(cut.width))
    redraw(as: cut) { old, image, labels in
      ck_crop_floats(
        old.image, Int32(old.channels), Int32(size.height), Int32(size.width), &image, Int32(top),
        Int32(left), height, width)
      ck_crop_labels(
        old.labels, Int32(old.planes), Int32(size.height), Int32(size.width), &labels, Int32(top),
        Int32(left), height, width)
    }
  }

  /// Becomes a window that begins at (top, left) and may reach beyond the sample.
  ///
  /// - Parameter labelBorder: the border of the labels. With ``Border/constant``, labels beyond the
  ///   sample are ignored.
  package mutating func show(
    _ window: Size, top: Int, left: Int, border: Border, labelBorder: Border = .constant
  ) {
    let size = size
    redraw(as: window) { old, image, labels in
      ck_window_floats(
        old.image, Int32(old.channels), Int32(size.height), Int32(size.width), &image, Int32(top),
        Int32(left), Int32(window.height), Int32(window.width), border.code, old.fill)
      ck_window_labels(
        old.labels, Int32(old.planes), Int32(size.height), Int32(size.width), &labels, Int32(top),
        Int32(left), Int32(window.height), Int32(window.width), labelBorder.code)
    }
  }
}
