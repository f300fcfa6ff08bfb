internal import Datasets
internal import Learning
internal import Tracking

/// `losses`: one loss or several whose weighted sum is minimised.
struct LossesSection: Sendable {
  let terms: [Term]

  struct Term: Sendable {
    let choice: ComponentChoice<any Loss>
    let weight: LossWeight

    var loss: any Loss { choice.component }
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

  private static func readTerm(_ component: NamedComponent<any Loss.Type>) -> Term? {
    let weight = component.settings["weight"].map(LossWeight.read) ?? .constant(1)
    let choice = component.settings.component(component.type, make: component.type.init(_:))
    component.settings.finish()
    guard let weight, let choice else { return nil }
    return Term(choice: choice, weight: weight)
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
