internal import Datasets
internal import Tracking

/// `augmentation`: random changes of training samples, in the order in which they are applied.
struct AugmentationSection: Sendable {
  let steps: [Step]

  struct Step: Sendable {
    let choice: ComponentChoice<any Augmentation>
    let path: SpecPath

    var augmentation: any Augmentation { choice.component }
  }

  static let none = AugmentationSection(steps: [])

  var canonical: CanonicalJSON { written(for: .record) }

  func written(for purpose: SpecPurpose) -> CanonicalJSON {
    .list(steps.map { $0.choice.named(for: purpose) })
  }
}

extension Form<AugmentationSection> {
  static var augmentation: Form {
    Form<[AugmentationSection.Step]>.components(
      \.augmentations,
      read: { value in
        value.decoder.whole {
          value.namedComponents(of: value.decoder.catalog.augmentations).compactMap { component in
            let choice = component.settings.component(
              component.type, make: component.type.init(_:))
            component.settings.finish()
            return choice.map { .init(choice: $0, path: component.settings.path) }
          }
        }
      },
      write: { $0.choice.named(for: $1) }
    ).map({ AugmentationSection(steps: $0) }, { $0.steps })
  }
}
