internal import Datasets
internal import Learning
internal import Tracking

/// `losses`: one loss or several whose weighted sum is minimised.
struct LossesSection: Sendable {
  let terms: [Term]

  struct Term: Sendable {
    let choice: ComponentChoice
    let loss: any Loss
    let weight: LossWeight
  }

  static func read(_ value: SpecValue) -> LossesSection? {
    value.decoder.whole {
      let components = value.namedComponents(of: value.decoder.catalog.losses)
      if value.node.elements?.isEmpty == true { value.report("must name at least one loss") }
      var names: Set<String> = []
      for component in components where !names.insert(component.type.name).inserted {
        value.decoder.report(
          "loss '\(component.type.name)' is written twice", at: component.settings.place,
          remedy: "give one of them the sum of the weights")
      }
      return LossesSection(terms: components.compactMap(readTerm))
    }
  }

  private static func readTerm(_ component: NamedComponent) -> Term? {
    let weight = component.settings["weight"].map(LossWeight.read) ?? .constant(1)
    let choice = component.settings.component(component.type)
    component.settings.finish()
    guard let weight, let choice, let loss = choice.component as? any Loss else { return nil }
    return Term(choice: choice, loss: loss, weight: weight)
  }

  var canonical: CanonicalJSON {
    .list(
      terms.map { term in
        .object([
          term.choice.name: .object(
            term.choice.canonical.merging(["weight": term.weight.canonical]) { $1 })
        ])
      })
  }
}
