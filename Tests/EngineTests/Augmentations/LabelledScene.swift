@testable import Engine

/// A sample whose image tells its labels: value 20 · label + 5 · channel.
func labelledScene(size: Size, channels: Int = 2) -> Sample {
  let labels = (0..<size.area).map { pixel in
    UInt8((pixel / size.width) / 6 * 3 + (pixel % size.width) / 5)
  }
  let image = (0..<channels).flatMap { channel in
    labels.map { 20 * Float($0) + 5 * Float(channel) }
  }
  return Sample(
    size: size, channels: channels, image: image, labels: labels,
    fill: (0..<channels).map { -100 - Float($0) })
}

extension Sample {
  /// Whether every pixel shows what its label says. Pixels beside another label are left out:
  /// there an interpolated image is a mixture.
  var imageFollowsLabels: Bool {
    func label(_ y: Int, _ x: Int) -> UInt8 { labels[y * size.width + x] }
    for y in 0..<size.height {
      for x in 0..<size.width {
        let rows = max(0, y - 1)...min(size.height - 1, y + 1)
        let columns = max(0, x - 1)...min(size.width - 1, x + 1)
        let isInside = rows.allSatisfy { row in
          columns.allSatisfy { label(row, $0) == label(y, x) }
        }
        guard isInside, x > 0, y > 0, x < size.width - 1, y < size.height - 1 else { continue }
        for channel in 0..<channels {
          let expected =
            label(y, x) == Labels.ignored
            ? fill[channel] : 20 * Float(label(y, x)) + 5 * Float(channel)
          let value = image[channel * size.area + y * size.width + x]
          if abs(value - expected) > 0.01 { return false }
        }
      }
    }
    return true
  }
}

extension FieldValues {
  /// What is written, and defaults; required sizes are 20×17.
  static func sample(
    _ fields: [FieldDeclaration], _ written: [String: FieldValue] = [:]
  ) -> FieldValues {
    var values = written
    for field in fields where field.isRequired && values[field.name] == nil {
      if case .size = field.type { values[field.name] = .size(Size(height: 20, width: 17)) }
    }
    return FieldValues(values, of: fields)
  }
}
