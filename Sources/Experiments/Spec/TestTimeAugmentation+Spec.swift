internal import Datasets
internal import Tracking
internal import Training

/// `evaluation.test_time_augmentation`: the transforms of each image whose predictions are
/// averaged.
extension TestTimeAugmentation {
  static func read(_ value: SpecValue) -> TestTimeAugmentation? {
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      let mirror =
        keys["mirror"].map { value in
          value.name(of: Mirror.allCases.map(\.rawValue), kind: "mirror").flatMap(Mirror.init)
        } ?? none.mirror
      let rotates = keys["rotate90"].map { $0.boolean() } ?? none.rotates
      let scales = keys["scales"].map(readScales) ?? none.scales
      keys.finish()
      if keys.entries.isEmpty {
        value.report("says nothing", remedy: "give mirror, rotate90 or scales, or leave it out")
      }
      guard let mirror, let rotates, let scales else { return nil }
      let augmentation = TestTimeAugmentation(mirror: mirror, rotates: rotates, scales: scales)
      if augmentation.transforms > maximumTransforms {
        value.report(
          "makes \(augmentation.transforms) transforms of each image, but at most \(maximumTransforms) are allowed",
          remedy: "use fewer scales, or leave mirror or rotate90 out")
      }
      return augmentation
    }
  }

  private static func readScales(_ value: SpecValue) -> [Double]? {
    guard let elements = value.elements() else { return nil }
    var scales: [Double] = []
    for element in elements {
      guard let scale = element.number(in: scaleBounds) else { return nil }
      if scales.contains(scale) {
        element.report("is there twice", remedy: "leave one of them out")
      }
      scales.append(scale)
    }
    if scales.isEmpty { value.report("is empty", remedy: "leave it out for one size") }
    return scales.isEmpty ? nil : scales
  }

  /// What is not as it is without test-time augmentation.
  var canonical: CanonicalJSON {
    var entries: [String: CanonicalJSON] = [:]
    if mirror != .none { entries["mirror"] = .text(mirror.rawValue) }
    if rotates { entries["rotate90"] = .boolean(true) }
    if scales != Self.none.scales { entries["scales"] = .list(scales.map { .number($0) }) }
    return .object(entries)
  }
}
