package import Groundwork
package import Tasks

extension SegmentationTask {
  /// Labels in the colours of their classes, RGB; over an image, that in grey under the colours, with lines
  /// where classes meet.
  ///
  /// - Parameters:
  ///   - labels: `[P, H, W]`.
  ///   - image: of any size, 1 or 3 channels of 8 bits.
  ///   - style: of the drawing over an image.
  package func drawing(
    of labels: [Label], _ size: Size, _ palette: ClassPalette, over image: Raster? = nil,
    style: OverlayStyle = OverlayStyle()
  ) -> Raster {
    let tint = tint(labels, area: size.area, palette)
    guard let image else { return Raster(size: size, channels: 3, pixels: tint.colours) }
    var photograph = image.converted(toChannels: 3)
    if photograph.size != size { photograph = photograph.resized(to: size) }
    let pixels = [UInt8].filled(count: size.area * 3) { target in
      tint.draw(
        over: photograph, labels: outlined(labels, area: size.area), style: style, into: target,
        rowPixels: size.width)
    }
    return Raster(size: size, channels: 3, pixels: pixels)
  }

  /// Where predictions are not the truth: the image in grey, orange where they differ, dark where nothing is
  /// known.
  ///
  /// - Parameters:
  ///   - predicted, truth: `[P, H, W]`.
  ///   - image: of the same size, 1 or 3 channels of 8 bits.
  package func drawing(
    of predicted: [Label], against truth: [Label], _ size: Size, over image: Raster
  ) -> Raster {
    let photograph = image.converted(toChannels: 3).pixels
    var pixels = [UInt8](repeating: 0, count: size.area * 3)
    let wrong = isWrong(predicted, against: truth, area: size.area)
    for pixel in 0..<size.area {
      let planes = stride(from: pixel, to: truth.count, by: size.area)
      let isKnown = planes.contains { truth[$0] != Labels.ignoreIndex }
      let light = (0..<3).reduce(0) { $0 + Int(photograph[3 * pixel + $1]) } / 3
      let shade = UInt8(isKnown ? 96 + light * 5 / 8 : light / 4)
      let colour = wrong[pixel] ? Self.wrong.components : [shade, shade, shade]
      pixels.replaceSubrange(3 * pixel..<3 * pixel + 3, with: colour)
    }
    return Raster(size: size, channels: 3, pixels: pixels)
  }

  /// Orange of Okabe and Ito's palette (2008).
  package static var wrong: RGB { RGB(230, 159, 0) }
}
