internal import CKernels

/// How classes are drawn over an image.
package struct OverlayStyle: Sendable, Hashable, Codable {
  /// Of a class, 0…1; backgrounds and ignored pixels change in proportion.
  package var opacity: Double
  /// Pixels of the lines where classes meet; 0 for none.
  package var outlineWidth: Int

  package init(opacity: Double = 0.6, outlineWidth: Int = 1) {
    (self.opacity, self.outlineWidth) = (opacity, outlineWidth)
  }
}

extension OverlayStyle {
  /// The lines where classes meet.
  ///
  /// - Parameter labels: `[P, H, W]`.
  /// - Returns: `[H, W]`, 1 on a line.
  func lines(_ labels: [Label], _ size: Size) -> [UInt8] {
    var scratch = [UInt8](repeating: 0, count: outlineWidth > 1 ? size.area : 0)
    return [UInt8].filled(count: size.area) { lines in
      ck_outlines(
        labels, Int32(labels.count / max(1, size.area)), Int32(size.height), Int32(size.width),
        Int32(outlineWidth), &scratch, lines)
    }
  }
}
