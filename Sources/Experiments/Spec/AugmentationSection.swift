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

  static func read(_ value: SpecValue) -> AugmentationSection? {
    value.decoder.whole {
      let components = value.namedComponents(of: value.decoder.catalog.augmentations)
      return AugmentationSection(
        steps: components.compactMap { component in
          let choice = component.settings.component(component.type, make: component.type.init(_:))
          component.settings.finish()
          return choice.map { Step(choice: $0, path: component.settings.path) }
        })
    }
  }

  var canonical: CanonicalJSON {
    .list(steps.map { .object([$0.choice.name: .object($0.choice.canonical)]) })
  }
}
