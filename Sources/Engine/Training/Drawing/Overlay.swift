package import Groundwork
package import Tasks

/// Drawings for people: what a network sees, should see and says.
package enum Overlay {
  /// Photograph | truth | prediction side by side; the truth is left out where there is none.
  ///
  /// Labels tint the photograph in the classes' colours, with a line where classes meet; ignored
  /// pixels are dark.
  ///
  /// - Parameters:
  ///   - predicted: `[P, H, W]`.
  ///   - truth: `[P, H, W]`; ``Labels/ignoreIndex`` where nothing is known.
  ///   - palette: the colours of the classes.
  ///   - task: whose truth and predictions they are.
  /// - Returns: RGB of height H and width W · panels + a gap between neighbours.
  package static func render(
    image: Raster, predicted: [Label], truth: [Label]?, palette: ClassPalette,
    task: any SegmentationTask = SemanticTask()
  ) -> Raster {
    let photograph = image.converted(toChannels: 3)
    let labels = (truth.map { [$0] } ?? []) + [predicted]
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
        task.tint(labels, area: image.size.area, palette).draw(
          over: photograph, labels: task.outlined(labels, area: image.size.area),
          into: start + (panel + 1) * stride * 3,
          rowPixels: size.width)
      }
    }
    return Raster(size: size, channels: 3, pixels: pixels)
  }

  /// White pixels between panels.
  static let gap = 6
}
