internal import Datasets
internal import Groundwork

/// What of masks is ignored, and what the values of images are.
extension SpecValue {
  /// A value of masks, or the name of a colour.
  func ignored() -> (value: Int?, name: String?)? {
    if case .integer = node.scalar?.value {
      return integer(in: MaskSetting.bounds).map { ($0, nil) }
    }
    guard let scalar = node.scalar, scalar.value == .text, !scalar.text.isEmpty else {
      _ = integer(in: MaskSetting.bounds)
      return nil
    }
    return (nil, scalar.text)
  }

  /// `[lower, upper]` of images of more than 8 bits, or `{from: lower, to: upper, clip: true}`.
  func valueRange() -> DataConfiguration.ValueRange? {
    let bounds = Bounds(-1e9...1e9)
    var ends: [Double] = []
    var clips: Bool? = false
    if node.entries != nil {
      guard let keys = mapping() else { return nil }
      ends = [keys.required("from"), keys.required("to")].compactMap { $0?.number(in: bounds) }
      if let clip = keys["clip"] { clips = clip.boolean() }
      keys.finish()
      guard ends.count == 2 else { return nil }
    } else {
      guard let values = elements()?.compactMap({ $0.number(in: bounds) }),
        values.count == node.elements?.count
      else { return nil }
      ends = values
    }
    guard ends.count == 2, ends[0] < ends[1] else {
      report("must be [lower, upper], the values that become black and white")
      return nil
    }
    return clips.map { .init(lower: ends[0], upper: ends[1], clips: $0) }
  }

  /// `nan`, or the value of pixels that hold nothing.
  func noData() -> DataConfiguration.NoData? {
    if let text = node.scalar?.text.lowercased(), text == "nan" || text == ".nan" { return .nan }
    switch node.scalar?.value {
    case .integer, .number: return number(in: Bounds(-3e38...3e38)).map { .value($0) }
    default:
      report("must be nan or a number, not \(node.description)")
      return nil
    }
  }
}

extension DataConfiguration.ValueRange {
  var canonical: CanonicalJSON {
    guard clips else { return .list([.number(lower), .number(upper)]) }
    return .object(["from": .number(lower), "to": .number(upper), "clip": .boolean(true)])
  }
}

extension DataConfiguration.NoData {
  var canonical: CanonicalJSON {
    switch self {
    case .nan: .text("nan")
    case .value(let value): .number(value)
    }
  }
}
