internal import Datasets
internal import Learning
internal import Tracking
internal import Training

/// `losses`: one loss or several whose weighted sum is minimised.
struct LossesSection: Sendable {
  let terms: [Term]

  struct Term: Sendable {
    let choice: ComponentChoice<any Loss>
    let weight: LossWeight
    /// The name of the head that it looks at, where that is another than the loss's own.
    let head: String?

    var loss: any Loss { choice.component }
  }

  static func read(_ value: SpecValue) -> LossesSection? {
    value.decoder.whole {
      let components = value.namedComponents(of: value.decoder.catalog.losses)
      if value.node.elements?.isEmpty == true { value.report("must name at least one loss") }
      let terms = components.map { ($0, readTerm($0)) }
      var names: Set<[String?]> = []
      for (component, term) in terms
      where !names.insert([component.type.name, term?.head]).inserted {
        value.decoder.report(
          "loss '\(component.type.name)' is written twice", at: component.settings.place,
          remedy: "give one of them the sum of the weights")
      }
      return LossesSection(terms: terms.compactMap(\.1))
    }
  }

  private static func readTerm(_ component: NamedComponent<any Loss.Type>) -> Term? {
    let weight = component.settings["weight"].map(LossWeight.read) ?? .constant(1)
    let written = component.settings["head"]
    let head = written?.text()
    let choice = component.settings.component(component.type, make: component.type.init(_:))
    component.settings.finish()
    guard let weight, written == nil || head != nil, let choice else { return nil }
    return Term(
      choice: choice, weight: weight, head: head == component.type.head.name ? nil : head)
  }

  var canonical: CanonicalJSON {
    .list(
      terms.map { term in
        .object([
          term.choice.name: .object(
            term.choice.canonical.merging(term.canonicalPlace) { $1 })
        ])
      })
  }
}

extension LossesSection.Term {
  /// What stands beside the loss's own settings; the head only where it is another than the loss's
  /// own.
  fileprivate var canonicalPlace: [String: CanonicalJSON] {
    var entries = ["weight": weight.canonical]
    if let head { entries["head"] = .text(head) }
    return entries
  }

  /// The loss as training takes it.
  var weighted: WeightedLoss {
    WeightedLoss(loss: loss, weight: weight, head: head)
  }
}
