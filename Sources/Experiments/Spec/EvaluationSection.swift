internal import Datasets
internal import Groundwork
internal import Learning
internal import Tracking
internal import Training

/// `evaluation`: how often the validation data is evaluated, and what is measured.
struct EvaluationSection: Sendable, Hashable {
  var every: TrainingInterval
  var batchSize: Int
  /// Besides those that every evaluation has.
  var metrics: [MetricChoice] = []
  var absentClasses = AbsentClasses.cityscapes
  /// How many of the worst images are kept.
  var worstImages = 0
  var testTimeAugmentation = TestTimeAugmentation.none
  /// What is done to predictions before they are judged.
  var postprocessing: [Choice<any Postprocessing>] = []
  /// Which images are looked at in every evaluation; `nil` for none.
  var previews: PreviewSelection?
  /// True where the distribution of weights and the size of gradients are recorded.
  var histograms = false

  typealias MetricChoice = Choice<any Metric>

  /// A component as the spec chose it.
  struct Choice<Value: Sendable>: Sendable, Hashable {
    let choice: ComponentChoice<Value>

    var component: Value { choice.component }

    static func == (left: Self, right: Self) -> Bool {
      left.choice.name == right.choice.name && left.choice.values == right.choice.values
    }

    func hash(into hasher: inout Hasher) {
      hasher.combine(choice.name)
      hasher.combine(choice.values)
    }
  }

  static let standard = EvaluationSection(every: .epochs(1), batchSize: 4)
  /// Where metrics are named.
  static let standardWorstImages = 5

  /// - Parameter training: whose unit a bare number has.
  static func read(_ value: SpecValue, training: TrainingSection?) -> EvaluationSection? {
    guard let keys = value.mapping() else { return nil }
    return value.decoder.whole {
      let every = keys["every"].map { $0.interval(unit: training?.duration) } ?? standard.every
      let batchSize =
        keys["batch_size"].map { $0.integer(in: 1...TrainingSection.maximumBatchSize) }
        ?? standard.batchSize
      let metrics = keys["metrics"].map(readMetrics) ?? []
      let absentClasses =
        keys["absent_classes"].map { value in
          value.name(of: AbsentClasses.allCases.map(\.rawValue), kind: "convention")
            .flatMap(AbsentClasses.init)
        } ?? standard.absentClasses
      let worstImages =
        keys["worst_images"].map { $0.integer(in: 0...1000) }
        ?? (metrics.isEmpty ? 0 : standardWorstImages)
      let augmentation =
        keys["test_time_augmentation"].map(TestTimeAugmentation.read) ?? TestTimeAugmentation.none
      let postprocessing = keys["postprocessing"].map(readPostprocessing) ?? []
      let previews = keys["previews"]?.previews()
      let histograms = keys["histograms"].map { $0.boolean() } ?? false
      keys.finish()
      guard let every, let batchSize, let absentClasses, let worstImages, let augmentation,
        let histograms
      else { return nil }
      var section = EvaluationSection(
        every: every, batchSize: batchSize, metrics: metrics, absentClasses: absentClasses,
        worstImages: worstImages, testTimeAugmentation: augmentation,
        postprocessing: postprocessing)
      (section.previews, section.histograms) = (previews, histograms)
      return section
    }
  }

  private static func readMetrics(_ value: SpecValue) -> [MetricChoice] {
    var names: Set<String> = []
    return value.namedComponents(of: value.decoder.catalog.metrics).compactMap { component in
      if !names.insert(component.type.name).inserted {
        value.decoder.report(
          "metric '\(component.type.name)' is written twice", at: component.settings.place,
          remedy: "leave one of them out")
      }
      let choice = component.settings.component(component.type, make: component.type.init(_:))
      component.settings.finish()
      return choice.map { MetricChoice(choice: $0) }
    }
  }

  private static func readPostprocessing(_ value: SpecValue) -> [Choice<any Postprocessing>] {
    let choices = value.namedComponents(of: value.decoder.catalog.postprocessings)
      .compactMap { component in
        let choice = component.settings.component(component.type, make: component.type.init(_:))
        component.settings.finish()
        return choice.map { Choice(choice: $0) }
      }
    if let place = choices.map(\.component).firstOutOfOrder {
      value.report(
        "has \(choices[place].choice.name), which looks at probabilities, behind a step that changes "
          + "labels", remedy: "put it first")
    }
    return choices
  }

  private var canonicalPostprocessing: CanonicalJSON? {
    guard !postprocessing.isEmpty else { return nil }
    return .list(postprocessing.map { .object([$0.choice.name: .object($0.choice.canonical)]) })
  }

  /// The keys that came to the language later are there only where they say something else than was
  /// done before, so that ids stay what they are.
  var canonical: CanonicalJSON {
    var entries: [String: CanonicalJSON] = [
      "every": .text(every.text), "batch_size": .integer(batchSize),
    ]
    if !metrics.isEmpty {
      entries["metrics"] = .list(
        metrics.map { .object([$0.choice.name: .object($0.choice.canonical)]) })
    }
    if absentClasses != .cityscapes { entries["absent_classes"] = .text(absentClasses.rawValue) }
    if !metrics.isEmpty || worstImages > 0 { entries["worst_images"] = .integer(worstImages) }
    if testTimeAugmentation != .none {
      entries["test_time_augmentation"] = testTimeAugmentation.canonical
    }
    entries["postprocessing"] = canonicalPostprocessing
    return .object(entries)
  }

  /// ``canonical`` with what is recorded besides and decides nothing.
  var resolved: CanonicalJSON {
    guard case .object(var entries) = canonical else { return canonical }
    entries["previews"] = previews?.canonical
    if histograms { entries["histograms"] = .boolean(true) }
    return .object(entries)
  }

  /// What of it decides results where no training is steered by a value: what values mean.
  var deciding: CanonicalJSON {
    var entries: [String: CanonicalJSON] = [:]
    if absentClasses != .cityscapes { entries["absent_classes"] = .text(absentClasses.rawValue) }
    if testTimeAugmentation != .none {
      entries["test_time_augmentation"] = testTimeAugmentation.canonical
    }
    entries["postprocessing"] = canonicalPostprocessing
    return .object(entries)
  }

  /// Tells whether every evaluation has a series of that name.
  func has(series name: String) -> Bool {
    guard let metric = SeriesCatalog.standard.requiredMetric(name) else { return true }
    return metrics.contains { $0.choice.name == metric }
  }

  /// What to do about a series that evaluations do not have.
  static func remedy(forSeries name: String) -> String {
    let metric = SeriesCatalog.standard.requiredMetric(name) ?? name
    return "add \(metric) to evaluation.metrics"
  }

  /// In the engine's words.
  var settings: EvaluationSettings {
    var settings = EvaluationSettings(every: every, batchSize: batchSize)
    settings.metrics = metrics.map(\.component)
    settings.absentClasses = absentClasses
    settings.worstImages = worstImages
    settings.testTimeAugmentation = testTimeAugmentation
    settings.postprocessing = postprocessing.map(\.component)
    (settings.previews, settings.measuresWeights) = (previews, histograms)
    return settings
  }
}
