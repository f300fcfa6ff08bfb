/// The values of one evaluation, in row-major order of the axes of their series.
package enum MeasuredValues: Sendable {
  case number(Double)
  /// NaN where a value means nothing.
  case numbers([Double])
  case counts([UInt64])
  /// At most as many as the axis is long, the worst first.
  case images([RankedImage])
}

/// An image of the validation data with its value of a metric.
package struct RankedImage: Sendable, Codable {
  /// As the list of the data writes it.
  package var name: String
  package var value: Double

  package init(name: String, value: Double) {
    self.name = name
    self.value = value
  }
}

/// Values are equal where all their bits are: NaN is equal to itself.
extension MeasuredValues: Hashable {
  package static func == (left: Self, right: Self) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)): left.bitPattern == right.bitPattern
    case (.numbers(let left), .numbers(let right)):
      left.count == right.count && zip(left, right).allSatisfy { $0.bitPattern == $1.bitPattern }
    case (.counts(let left), .counts(let right)): left == right
    case (.images(let left), .images(let right)): left == right
    default: false
    }
  }

  package func hash(into hasher: inout Hasher) {
    switch self {
    case .number(let value): hasher.combine(value.bitPattern)
    case .numbers(let values): for value in values { hasher.combine(value.bitPattern) }
    case .counts(let counts): hasher.combine(counts)
    case .images(let images): hasher.combine(images)
    }
  }
}

extension RankedImage: Hashable {
  package static func == (left: Self, right: Self) -> Bool {
    left.name == right.name && left.value.bitPattern == right.value.bitPattern
  }

  package func hash(into hasher: inout Hasher) {
    hasher.combine(name)
    hasher.combine(value.bitPattern)
  }
}

extension MeasuredValues {
  /// The single number; `nil` where there is an array.
  package var number: Double? {
    if case .number(let value) = self { value } else { nil }
  }

  /// The value at a place of the flat array; NaN where there is none.
  package subscript(place: Int) -> Double {
    switch self {
    case .number(let value): place == 0 ? value : .nan
    case .numbers(let values): values.indices.contains(place) ? values[place] : .nan
    case .counts(let counts): counts.indices.contains(place) ? Double(counts[place]) : .nan
    case .images(let images): images.indices.contains(place) ? images[place].value : .nan
    }
  }

  package var counts: [UInt64]? {
    if case .counts(let counts) = self { counts } else { nil }
  }

  package var images: [RankedImage]? {
    if case .images(let images) = self { images } else { nil }
  }
}
