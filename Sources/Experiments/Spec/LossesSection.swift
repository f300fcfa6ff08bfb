internal import Datasets
internal import Learning
internal import Tracking
internal import Training

/// `losses`: one loss or several whose weighted sum is minimised.
struct LossesSection: Sendable {
  let terms: [Term]

  struct Term: Sendable {
    let choice: ComponentChoice<any Loss>
    fileprivate let place: LossPlace

    var loss: any Loss { choice.component }
    var weight: LossWeight { place.weight }
    /// The name of the head that it looks at, where that is another than the loss's own.
    var head: String? { place.head }

    /// The loss as training takes it.
    var weighted: WeightedLoss {
      WeightedLoss(loss: loss, weight: weight, head: head)
    }
  }

  static func read(_ value: SpecValue) -> LossesSection? {
    value.decoder.whole {
      let components = value.namedComponents(of: value.decoder.catalog.losses)
      if value.node.elements?.isEmpty == true {
        value.report(.emptyCollection, "must name at least one loss")
      }
      let terms = components.map { ($0, readTerm($0)) }
      var names: Set<[String?]> = []
      for (component, term) in terms
      where !names.insert([component.type.name, term?.head]).inserted {
        value.decoder.report(
          .repeatedName, "loss '\(component.type.name)' is written twice",
          at: component.settings.place,
          remedy: "give one of them the sum of the weights")
      }
      return LossesSection(terms: terms.compactMap(\.1))
    }
  }

  private static func readTerm(_ component: NamedComponent<any Loss.Type>) -> Term? {
    var place = LossPlace.read(component.settings)
    let choice = component.settings.component(component.type, make: component.type.init(_:))
    component.settings.finish()
    if place?.head == component.type.head.name { place?.head = nil }
    guard let place, let choice else { return nil }
    return Term(choice: choice, place: place)
  }

  func written(for purpose: SpecPurpose) -> CanonicalJSON {
    .list(
      terms.map { term in
        var place = term.place.entries(for: purpose)
        if purpose == .comparison { place["head"] = .text(term.weighted.head.name) }
        return .object([
          term.choice.name: .object(term.choice.settings(for: purpose).merging(place) { $1 })
        ])
      })
  }

  var canonical: CanonicalJSON { written(for: .record) }
}

/// What stands beside a loss's own settings.
struct LossPlace: DeclaredSection {
  var weight = LossWeight.constant(1)
  var head: String?

  static let standard = LossPlace()

  static let about = "Holds the settings of one loss; its own fields stand beside them."
  static let keys: [SpecKey<Self>] = [
    .standard(
      "weight", \.weight, .lossWeight, "What the loss counts for in the sum."),
    .optional(
      "head", \.head, .text.called("name"), "The head of the network that the loss judges."),
  ]
}

extension Form<LossesSection> {
  static var losses: Form {
    let kind = ComponentCatalog.standard.losses.kind
    return Form(
      "NAME, or list of losses",
      .anyOf([.definition(kind), .list(of: .definition(kind), count: 1...Int.max)]),
      sections: LossPlace.form.sections.map { $0.below("NAME") }, read: LossesSection.read,
      write: { $0.written(for: $1) })
  }
}
