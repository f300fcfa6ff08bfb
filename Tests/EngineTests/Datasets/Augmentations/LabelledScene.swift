@testable import Datasets
@testable import Groundwork

/// A sample whose image tells its labels: value 20 · label + 5 · channel.
func labelledScene(size: Size, channels: Int = 2) -> Sample {
  let labels = (0..<size.area).map { pixel in
    Label((pixel / size.width) / 6 * 3 + (pixel % size.width) / 5)
  }
  let image = (0..<channels).flatMap { channel in
    labels.map { 20 * Float($0) + 5 * Float(channel) }
  }
  return Sample(
    size: size, channels: channels, image: image, labels: labels,
    fill: (0..<channels).map { -100 - Float($0) })
}

extension FieldValues {
  /// What is written, and defaults; required sizes are 20×17, integers 16.
  static func sample(
    _ fields: [FieldDeclaration], _ written: [String: FieldValue] = [:]
  ) -> FieldValues {
    var values = written
    for field in fields where field.isRequired && values[field.name] == nil {
      if case .size = field.type { values[field.name] = .size(Size(height: 20, width: 17)) }
      if case .integer = field.type { values[field.name] = .integer(16) }
    }
    return FieldValues(values, of: fields)
  }
}
