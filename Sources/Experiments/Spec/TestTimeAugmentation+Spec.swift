internal import Datasets
internal import Tracking
internal import Training

/// `evaluation.test_time_augmentation`: the transforms of each image whose predictions are averaged.
extension TestTimeAugmentation: DeclaredSection {
  static let standard = none

  static let about = "Says in which forms the network sees an image."
  static let keys: [SpecKey<Self>] = [
    .standard(
      "mirror", \.mirror, .choice(kind: "mirror"), kept: .unlessStandard, "Adds mirrored forms."),
    .standard(
      "rotate90", \.rotates, .boolean, kept: .unlessStandard,
      "Adds forms turned by quarters; for square images."),
    .standard(
      "scales", \.scales, .scales, kept: .unlessStandard, "Adds forms resized by these factors."),
  ]

  mutating func check(_ keys: SpecMapping) {
    if keys.entries.isEmpty {
      keys.report(
        .emptyCollection, "says nothing", remedy: "give mirror, rotate90 or scales, or leave it out"
      )
    }
    guard keys.misread.isEmpty, transforms > Self.maximumTransforms else { return }
    keys.report(
      .outOfRange,
      "makes \(transforms) transforms of each image, but at most \(Self.maximumTransforms) are allowed",
      remedy: "use fewer scales, or leave mirror or rotate90 out")
  }
}

extension Form<[Double]> {
  /// Factors of which no two are the same.
  fileprivate static var scales: Form {
    let factor = Form<Double>.number(TestTimeAugmentation.scaleBounds)
    return Form(
      "list of numbers \(TestTimeAugmentation.scaleBounds)",
      JSONSchema.list(of: factor.schema, count: 1...Int.max).adding([
        "uniqueItems": .boolean(true)
      ]),
      read: { value in
        guard let elements = value.elements() else { return nil }
        var scales: [Double] = []
        for element in elements {
          guard let scale = factor.read(element) else { return nil }
          if scales.contains(scale) {
            element.report(.repeatedName, "is there twice", remedy: "leave one of them out")
          }
          scales.append(scale)
        }
        if scales.isEmpty {
          value.report(.emptyCollection, "is empty", remedy: "leave it out for one size")
        }
        return scales.isEmpty ? nil : scales
      },
      write: { .list($0.map { .number($0) }) })
  }
}
