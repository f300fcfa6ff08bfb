internal import CKernels
internal import Datasets
package import Groundwork

/// Pictures for people: what a network sees, should see and says.
package enum Overlay {
  /// Photograph | truth | prediction side by side; the truth is left out where there is none.
  ///
  /// Labels tint the photograph in the classes' colours, with a line where classes meet; ignored
  /// pixels are dark.
  ///
  /// - Parameters:
  ///   - predicted: `[H, W]`, class ids.
  ///   - truth: `[H, W]`, class ids; ``Labels/ignored`` where nothing is known.
  ///   - classes: names in the order of their ids.
  ///   - labelling: whether these are ids or sets of them.
  /// - Returns: RGB of height H and width W · panels + a gap between neighbours.
  package static func render(
    image: Raster, predicted: [UInt8], truth: [UInt8]?, classes: [String],
    labelling: Labelling = .exclusive
  ) -> Raster {
    let photograph = image.converted(toChannels: 3)
    let palette = ClassPalette(classes: classes, labelling)
    let labels = (truth.map { [$0] } ?? []) + [predicted]
    precondition(labels.allSatisfy { $0.count == image.size.area }, "labels do not fit the image")
    let stride = image.size.width + gap
    let size = Size(
      height: image.size.height, width: stride * (labels.count + 1) - gap)
    var pixels = [UInt8](repeating: 255, count: size.area * 3)
    pixels.withUnsafeMutableBufferPointer { target in
      guard let start = target.baseAddress else { return }
      let bytes = image.size.width * 3
      photograph.pixels.withUnsafeBufferPointer { source in
        for row in 0..<size.height {
          (start + row * size.width * 3).update(
            from: source.baseAddress! + row * bytes, count: bytes)
        }
      }
      for (panel, labels) in labels.enumerated() {
        ck_overlay(
          photograph.pixels, labels, Int32(size.height), Int32(image.size.width), palette.colours,
          palette.opacities, start + (panel + 1) * stride * 3, Int32(size.width))
      }
    }
    return Raster(size: size, channels: 3, pixels: pixels)
  }

  /// White pixels between panels.
  static let gap = 6
}
