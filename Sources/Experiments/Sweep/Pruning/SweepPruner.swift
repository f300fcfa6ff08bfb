internal import Datasets
internal import Groundwork
internal import Sampling
internal import Tracking

/// `sweep.pruner`: what ends trials before their time, a component or a list of them.
struct SweepPruner: Sendable {
  /// One of the pruners.
  struct Part: Sendable {
    let choice: ComponentChoice<any Pruner>
    let place: Mark
    /// Where its first rung is written, or else where it is itself.
    let rungPlace: Mark

    var pruner: any Pruner { choice.component }

    /// `{"asha":{"factor":3,"min":"3 epochs"}}`
    var canonical: CanonicalJSON { .object([choice.name: .object(choice.canonical)]) }
  }

  /// At least one; at most one of them compares trials.
  let parts: [Part]

  static func read(_ value: SpecValue, objective: Objective) -> SweepPruner? {
    value.decoder.whole {
      let named = value.namedComponents(of: Registry.pruners)
      if value.node.elements?.isEmpty == true {
        value.report(
          .emptyCollection, "must name at least one pruner",
          remedy: "leave sweep.pruner out for none")
      }
      let parts = named.compactMap { component -> Part? in
        let settings = component.settings
        let choice = settings.component(component.type, make: component.type.init(_:))
        settings.finish()
        return choice.map { choice in
          Part(
            choice: choice, place: settings.place,
            rungPlace: settings.entries.first { $0.key == "min" }?.value.mark ?? settings.place)
        }
      }
      var names: Set<String> = []
      for part in parts where !names.insert(part.choice.name).inserted {
        value.decoder.report(
          .repeatedName, "pruner '\(part.choice.name)' is written twice", at: part.place,
          remedy: "leave one of them out")
      }
      let comparing = parts.filter { $0.pruner.rule(for: objective).isComparing }
      if comparing.count > 1 {
        value.decoder.report(
          .unfitPruner,
          "\(comparing[0].choice.name) and \(comparing[1].choice.name) both compare trials with each other",
          at: comparing[1].place, remedy: "leave one of them out")
      }
      return parts.isEmpty ? nil : SweepPruner(parts: parts)
    }
  }

  /// As ``read(_:objective:)`` takes it back.
  var canonical: CanonicalJSON { .list(parts.map(\.canonical)) }

  /// - Throws: ``SpecErrors`` where the text is not what ``canonical`` makes.
  init(canonical text: String, objective: Objective) throws(SpecErrors) {
    let source = SourceText(name: "pruner", text: text)
    let root: YAMLNode
    do throws(YAMLError) { root = try YAMLParser.parse(source, allowsControls: true) } catch {
      throw SpecErrors(error)
    }
    let decoder = SpecDecoder(catalog: .standard, source: source)
    guard let pruner = Self.read(decoder.root(root), objective: objective) else {
      throw SpecErrors(decoder.diagnostics)
    }
    self = pruner
  }

  private init(parts: [Part]) { self.parts = parts }
}

extension SweepPruner {
  /// The one that compares trials; `nil` where each is looked at alone.
  func comparing(_ objective: Objective) -> (part: Part, rule: any ComparingRule)? {
    for part in parts {
      if case .comparing(let rule) = part.pruner.rule(for: objective) { return (part, rule) }
    }
    return nil
  }

  /// Those that look at each trial alone.
  func own(_ objective: Objective) -> [(part: Part, rule: any OwnCurveRule, series: PrunedSeries)] {
    parts.compactMap { part in
      guard case .own(let rule, let series) = part.pruner.rule(for: objective) else { return nil }
      return (part, rule, series)
    }
  }

  /// The pruner that takes a training whose loss is no number for a trial that is given up; `nil` where such
  /// a training has failed.
  var divergence: CanonicalJSON? {
    parts.first { $0.choice.name == DivergedPruner.name }?.canonical
  }

  var prunesDivergence: Bool { divergence != nil }
}
