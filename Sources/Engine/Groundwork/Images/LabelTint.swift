internal import CKernels

/// How the labels of an image colour it: what people are shown of truth and predictions.
package struct LabelTint: Sendable, Hashable {
  /// `[H, W, 3]`, RGB.
  package var colours: [UInt8]
  /// `[H, W]`, 0…1.
  package var opacities: [Float]

  package init(colours: [UInt8], opacities: [Float]) {
    (self.colours, self.opacities) = (colours, opacities)
  }
}

extension ClassPalette {
  /// The colour of the class of each pixel.
  ///
  /// - Parameter labels: `[H, W]`, class ids.
  package func tint(classes labels: [Label]) -> LabelTint {
    let colours = [UInt8].filled(count: 3 * labels.count) { target in
      for (place, label) in labels.enumerated() {
        let colour = 3 * self.place(of: label)
        for channel in 0..<3 { target[3 * place + channel] = self.colours[colour + channel] }
      }
    }
    return LabelTint(colours: colours, opacities: labels.map { opacities[place(of: $0)] })
  }

  /// The mean of the colours of the classes that each pixel is of; one of none is as hardly tinted as
  /// a background.
  ///
  /// - Parameters:
  ///   - labels: `[K, H, W]`, 1 where a pixel is of the class.
  ///   - area: H · W.
  package func tint(planes labels: [Label], area: Int) -> LabelTint {
    let classes = labels.count / max(area, 1)
    var tint = LabelTint(
      colours: Array(repeating: 0, count: 3 * area), opacities: Array(repeating: 0, count: area))
    for pixel in 0..<area {
      let members = (0..<classes).filter { labels[$0 * area + pixel] == 1 }
      let isIgnored = (0..<classes).allSatisfy { labels[$0 * area + pixel] == Labels.ignoreIndex }
      let shown = isIgnored ? [place(of: Labels.ignoreIndex)] : members
      for channel in 0..<3 {
        let sum = shown.reduce(0) { $0 + Int(colours[3 * $1 + channel]) }
        tint.colours[3 * pixel + channel] =
          shown.isEmpty ? Self.background[channel] : UInt8(sum / shown.count)
      }
      tint.opacities[pixel] = shown.map { opacities[$0] }.max() ?? Self.backgroundOpacity
    }
    return tint
  }
}

extension LabelTint {
  /// Draws an RGB image in grey under the tint.
  ///
  /// - Parameters:
  ///   - labels: `[P, H, W]`: lines are drawn where they differ between neighbours.
  ///   - target: the upper left pixel of a panel whose rows are `rowPixels` RGB pixels apart.
  package func draw(
    over image: Raster, labels: [Label], style: OverlayStyle = OverlayStyle(),
    into target: UnsafeMutablePointer<UInt8>, rowPixels: Int
  ) {
    let size = image.size
    precondition(opacities.count == size.area && labels.count.isMultiple(of: size.area))
    let lines = style.lines(labels, size)
    colours.withUnsafeBufferPointer { colours in
      opacities.withUnsafeBufferPointer { opacities in
        ck_overlay(
          image.pixels, lines, Int32(size.height), Int32(size.width),
          ck_tint(
            colours: colours.baseAddress, opacities: opacities.baseAddress,
            strength: Float(style.opacity) / ClassPalette.standardOpacity),
          target, Int32(rowPixels))
      }
    }
  }
}
