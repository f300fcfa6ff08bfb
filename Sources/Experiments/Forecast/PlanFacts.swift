internal import Datasets
internal import Tracking
internal import Training

/// What a plan is, as `check` says it. Ranges where the sweep's trials differ.
struct PlanFacts: Sendable, Encodable {
  let experiment: String
  let trials: Int
  let points: Int
  let seeds: Int
  /// The number of folds of the point that has most.
  let folds: Int
  private(set) var trainingSamples = Span()
  private(set) var samplesPerEpoch = Span()
  private(set) var validationSamples = Span()
  /// The different sizes of images, such as "96×96", in the order of the trials.
  private(set) var imageSizes: [String] = []
  /// What values images of more than 8 bits hold.
  private(set) var imageValues: [String] = []
  /// How large the voxels of volumes are.
  private(set) var voxels: [String] = []
  private(set) var classes: [String] = []
  /// What the masks of the first trial hold; `nil` for scenes that are not drawn yet.
  private(set) var labels: DataInspection.LabelsFound?
  private(set) var parameters = Span()
  /// What networks begin with, e.g. `240 of 292 tensors from vgg16.caffemodel`, in the order of the
  /// trials.
  private(set) var weights: [String] = []
  private(set) var flopsPerImage = Span()
  /// The number of transforms of each validation image.
  private(set) var transformsPerEvaluation = Span()
  private(set) var flopsPerEvaluation = Span()
  private(set) var memoryBytes = Span()
  /// The memory that each trial takes, by its id.
  private(set) var memory: [String: TrialMemory] = [:]
  /// The steps of each trial, or those it has at most where it may stop early.
  private(set) var steps = Span()
  private(set) var mayStopEarly = false
  var warnings = PlanWarnings()

  /// The range of a number, from the least to the greatest.
  struct Span: Sendable, Hashable, Encodable {
    private(set) var least = Int.max
    private(set) var greatest = Int.min
    mutating func add(_ value: Int) {
      least = min(least, value)
      greatest = max(greatest, value)
    }
    func text(_ word: (Int) -> String) -> String {
      let (from, to) = (word(least), word(greatest))
      return from == to ? from : "\(from) … \(to)"
    }
  }

  init(_ plan: TrialPlan) {
    experiment = plan.experiment
    trials = plan.trials.count
    (points, seeds, folds) = (plan.points, plan.seeds, plan.folds)
  }

  mutating func add(
    _ trial: Trial, _ classes: [String], _ data: DataInspection, _ cost: Preflight.Cost
  ) {
    if self.classes.isEmpty { (self.classes, labels) = (classes, data.labels) }
    trainingSamples.add(data.trainingSamples)
    samplesPerEpoch.add(data.samplesPerEpoch)
    validationSamples.add(data.validationSamples)
    if !imageSizes.contains("\(data.extent)") { imageSizes.append("\(data.extent)") }
    imageValues += data.values.filter { !imageValues.contains($0) }
    if let extents = data.voxels?.text, !voxels.contains(extents) { voxels.append(extents) }
    parameters.add(cost.parameters)
    if let pretrained = cost.weights, let name = trial.spec.weights?.name {
      let text = "\(pretrained.taken) of \(Units.count(pretrained.total, "tensor")) from \(name)"
      if !weights.contains(text) { weights.append(text) }
    }
    flopsPerImage.add(cost.flops)
    transformsPerEvaluation.add(cost.transforms)
    flopsPerEvaluation.add(cost.evaluationFlops)
    memoryBytes.add(cost.memory.total)
    memory[trial.id] = cost.memory
    let imagesPerStep = trial.trainingConfiguration(threads: 1).imagesPerStep
    let stepsPerEpoch = data.samplesPerEpoch / imagesPerStep
    if trial.spec.training.earlyStopping != nil { mayStopEarly = true }
    switch trial.spec.training.duration {
    case .epochs(let epochs): steps.add(epochs * stepsPerEpoch)
    case .iterations(let iterations): steps.add(iterations)
    }
  }

  /// The report of the memory that some of the plan's trials take.
  func memoryReport(of trials: [Trial]) -> MemoryReport {
    MemoryReport(trials.compactMap { trial in memory[trial.id].map { (trial, $0) } })
  }

  /// One line for each fact, and one for each amount of memory that some of the trials take.
  func text(of plan: TrialPlan, jobs: JobPlan, style: Style) -> String {
    var list = FactList()
    list.add("trials", Units.count(trials) + product)
    list.add(
      "samples",
      "\(trainingSamples.text { Units.count($0) }) to train, "
        + "\(validationSamples.text { Units.count($0) }) to validate" + draws)
    list.add("images", imageSizes.joined(separator: ", "))
    for values in imageValues { list.add("values", values) }
    for extents in voxels { list.add("voxels", extents) }
    list.add("classes", "\(classes.count): \(classes.joined(separator: ", "))")
    list.add("network", parameters.text { Units.count($0) } + " parameters")
    for weights in weights { list.add("weights", weights) }
    list.add("one image", "\(Self.text(of: flopsPerImage)) forward")
    if transformsPerEvaluation.greatest > 1 {
      list.add(
        "evaluation",
        "\(transformsPerEvaluation.text { Units.count($0, "transform") }) of each image, "
          + Self.text(of: flopsPerEvaluation))
    }
    list.add("memory", memoryText(of: plan.trials))
    list.add("steps", "\(stepsText) in each trial")
    list.add("workers", "\(jobs)")
    guard let labels else { return list.text(style: style) }
    let table = LabelsTable(classes: classes, labels: labels)
    return list.text(style: style) + "\n\n" + table.text(style: style)
  }

  private static func text(of flops: Span) -> String {
    flops.text { Units.decimals(Double($0) / 1e9, 2) } + " GFLOPs"
  }

  /// `120`, or `at most 120`.
  var stepsText: String {
    (mayStopEarly ? "at most " : "") + steps.text { Units.count($0) }
  }

  /// How many samples an epoch draws, where that is another number.
  private var draws: String {
    samplesPerEpoch == trainingSamples
      ? "" : "; \(samplesPerEpoch.text { Units.count($0) }) are drawn an epoch"
  }

  /// ": 2 points × 3 seeds × 5 folds", where that says more than the number.
  private var product: String {
    guard seeds * folds > 1 else { return "" }
    guard points * seeds * folds == trials else {
      return ": up to \(Units.count(folds, "fold")) each"
    }
    return ": \(Units.count(points, "point")) × \(Units.count(seeds, "seed"))"
      + (folds > 1 ? " × \(Units.count(folds, "fold"))" : "")
  }

  private func memoryText(of trials: [Trial]) -> String {
    var images = Span()
    for amount in memory.values { images.add(amount.images) }
    let line =
      "\(memoryBytes.text(Units.bytes)) for each trial, "
      + "\(images.text(Units.bytes)) of it cached images"
    let table = memoryReport(of: trials).table(width: FactList.room)
    return table.isEmpty ? line : line + "\n" + table
  }
}
