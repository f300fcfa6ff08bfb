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
}

// MARK: - Declaration

extension EvaluationSection: DeclaredSection {
  static let standard = EvaluationSection(every: .epochs(1), batchSize: 4)

  static let about = "Says how often the validation set is judged, and by what."
  static let keys: [SpecKey<Self>] = [
    .standard(
      "every", \.every, .intervalOfTraining, decides: .resultOfSteered,
      "The time from one evaluation to the next."),
    .standard(
      "batch_size", \.batchSize, .integer(in: 1...TrainingSection.maximumBatchSize),
      decides: .resultOfSteered, "The number of images in a batch."),
    .standard(
      "metrics", \.metrics, .metrics, kept: .unlessStandard, decides: .resultOfSteered,
      "Metrics besides those that are always recorded."),
    .standard(
      "postprocessing", \.postprocessing, .postprocessing, kept: .unlessStandard,
      "What is done to predictions before they are judged or written, in this order."),
    .standard(
      "absent_classes", \.absentClasses, .choice(kind: "convention"), kept: .unlessStandard,
      "What a mean over classes makes of a class that does not occur."),
    .optional(
      worstImagesKey, \.recordedWorstImages, .integer(in: 0...1000),
      shown: "\(standardWorstImages) where metrics are named, else 0", decides: .resultOfSteered,
      "The number of images with the worst metric values that are recorded by name."),
    .optional(
      "test_time_augmentation", \.writtenAugmentation,
      TestTimeAugmentation.form.described(by: TestTimeAugmentation.schema.notEmpty),
      "Judges the mean prediction over several forms of each image."),
    .optional(
      "previews", \.previews, .previews, decides: .record,
      "The validation images whose predictions are kept in every evaluation."),
    .standard(
      "histograms", \.histograms, .boolean, kept: .unlessStandard, decides: .record,
      "Records how the values of every parameter are distributed, and the norm of its gradient."),
  ]

  private static let worstImagesKey = "worst_images"
  /// Where metrics are named.
  private static let standardWorstImages = 5

  /// Records say how many there are where there are any, or metrics are named.
  private var recordedWorstImages: Int? {
    get { metrics.isEmpty && worstImages == 0 ? nil : worstImages }
    set { worstImages = newValue ?? 0 }
  }

  private var writtenAugmentation: TestTimeAugmentation? {
    get { testTimeAugmentation == .none ? nil : testTimeAugmentation }
    set { testTimeAugmentation = newValue ?? .none }
  }

  mutating func check(_ keys: SpecMapping) {
    if !metrics.isEmpty, !keys.has(Self.worstImagesKey) { worstImages = Self.standardWorstImages }
  }
}

extension Form<[EvaluationSection.MetricChoice]> {
  fileprivate static var metrics: Form {
    .components(
      \.metrics,
      read: { value in
        var names: Set<String> = []
        return value.namedComponents(of: value.decoder.catalog.metrics).compactMap { component in
          if !names.insert(component.type.name).inserted {
            value.decoder.report(
              .repeatedName, "metric '\(component.type.name)' is written twice",
              at: component.settings.place,
              remedy: "leave one of them out")
          }
          let choice = component.settings.component(component.type, make: component.type.init(_:))
          component.settings.finish()
          return choice.map { .init(choice: $0) }
        }
      },
      write: { $0.choice.named(for: $1) })
  }
}

extension Form<[EvaluationSection.Choice<any Postprocessing>]> {
  /// Steps in their order.
  static var postprocessing: Form {
    .components(
      \.postprocessings,
      read: { value in
        let registry = value.decoder.catalog.postprocessings
        let choices = value.namedComponents(of: registry).compactMap { component in
          let choice = component.settings.component(component.type, make: component.type.init(_:))
          component.settings.finish()
          return choice.map { EvaluationSection.Choice(choice: $0) }
        }
        if let place = choices.map(\.component).firstOutOfOrder {
          value.report(
            .refusedValue,
            "has \(choices[place].choice.name), which looks at probabilities, behind a step that "
              + "changes labels", remedy: "put it first")
        }
        return choices
      },
      write: { $0.choice.named(for: $1) })
  }
}

// MARK: - Series

extension EvaluationSection {
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
