internal import Datasets
internal import Execution
internal import Groundwork
internal import Learning
internal import Networks
internal import Tasks
internal import Tracking

/// What the sections of a spec, each right by itself, get wrong together. Everything that can be
/// said before data is read.
struct SpecValidation {
  let draft: SpecDraft
  /// What the network begins with; `nil` too where the weights are looked for later.
  let weights: FoundWeights?
  private let places: SpecPlaces
  private let networks: TemplateNetworks
  private(set) var diagnostics: [SpecDiagnostic] = []
  /// What is hardly meant, but is run as it is written.
  private(set) var warnings: [SpecDiagnostic] = []

  init(
    draft: SpecDraft, weights: FoundWeights?, places: SpecPlaces, networks: TemplateNetworks
  ) {
    self.draft = draft
    self.weights = weights
    self.places = places
    self.networks = networks
  }

  mutating func run() {
    checkAugmentations()
    checkSizes()
    checkTask()
    checkPatterns()
    checkBalance()
    checkLosses()
    checkHeads()
    checkMetrics()
    checkSolver()
    checkRanks()
    checkRelabel()
    checkParameterGroups()
    checkFrozenNorms()
    checkWeights()
    checkMonitor()
    checkEarlyStopping()
    checkClassNames()
  }

  mutating func report(
    _ code: DiagnosticCode, _ message: String, at path: SpecPath, remedy: String? = nil
  ) {
    diagnostics.append(SpecDiagnostic(code, message, at: places[path], remedy: remedy))
  }

  mutating func warn(
    _ code: DiagnosticCode, _ message: String, at path: SpecPath, remedy: String? = nil
  ) {
    warnings.append(SpecDiagnostic(code, message, at: places[path], remedy: remedy))
  }

  // MARK: - Augmentations

  /// Checks that each augmentation can be applied to such labels, and where it stands.
  private mutating func checkAugmentations() {
    let steps = draft.augmentation?.steps ?? []
    guard
      let (index, error) = AugmentationPipeline.problem(
        in: steps.map(\.augmentation), task.reading)
    else { return }
    let path = error.field.map(steps[index].path.appending) ?? steps[index].path
    report(.unfitAugmentation, "\(path): \(error.message)", at: path)
  }

  // MARK: - Sizes

  /// Follows an image from the file through the augmentations into the network.
  private mutating func checkSizes() {
    guard let data = draft.data, let (size, sizePath) = data.knownExtent else { return }
    var trainingSize = size
    var trainingPath = sizePath
    for step in draft.augmentation?.steps ?? [] {
      do throws(ComponentError) {
        let output = try step.augmentation.outputExtent(for: trainingSize)
        if output != trainingSize { (trainingSize, trainingPath) = (output, step.path) }
      } catch {
        report(
          .unfitAugmentation, "\(step.path): \(error.message)",
          at: error.field.map(step.path.appending) ?? step.path)
        return
      }
    }
    guard let template = draft.template else { return }
    checkInput(of: size, at: sizePath, template, data)
    // Training may see crops, but validation sees whole images.
    if trainingSize != size { checkInput(of: trainingSize, at: trainingPath, template, data) }
    checkTestTimeAugmentation(of: size, template, data)
  }

  /// Checks the sizes of validation images, which test-time augmentation may show to the network in
  /// other sizes too.
  private mutating func checkTestTimeAugmentation(
    of size: SpatialExtent, _ section: TemplateSection, _ data: DataSection
  ) {
    guard let augmentation = draft.evaluation?.testTimeAugmentation else { return }
    let path = SpecPath(components: ["evaluation", "test_time_augmentation"])
    do throws(ComponentError) {
      let sizes = try augmentation.extents(of: size, for: section.template)
      for scaled in sizes where scaled != size {
        checkInput(of: scaled, at: path.appending("scales"), section, data)
      }
    } catch {
      report(
        .unfitAugmentation, "\(path): \(error.message)", at: error.field.map(path.appending) ?? path
      )
    }
  }

  private mutating func checkInput(
    of size: SpatialExtent, at path: SpecPath, _ section: TemplateSection, _ data: DataSection
  ) {
    let template = section.template
    let isOfRank = type(of: template).spatialRank == size.rank
    let fitting = isOfRank ? template.fittingExtent(for: size) : size
    if fitting != size, size.rank == 2 {
      report(
        .unfitSize,
        "input \(size) is not divisible by \(section.template.sizeMultiple), "
          + "as template \(section.choice.name) needs", at: path, remedy: "use \(fitting)")
      return
    }
    do throws(ComponentError) {
      let input = NetworkInput(channels: data.channels, extent: size)
      _ = try networks.network(section, input, classes: channels(of: data))
    } catch {
      for error in error.all {
        report(
          .unfitSize, "template \(section.choice.name): \(error.message)",
          at: SpecPath(components: ["template"]).appending(field: error.field))
      }
    }
  }

  /// The network for images of some size: names and heads are the same for every size. `nil` where
  /// there can be none, which is reported with the sizes.
  var network: Network? {
    guard let data = draft.data, let section = draft.template else { return nil }
    let rank = type(of: section.template).spatialRank
    let extents = [
      data.knownExtent?.extent, SpatialExtent(repeating: rank == 2 ? 1024 : 64, rank: rank),
    ]
    .compactMap(\.self).filter { $0.rank == rank }
    for extent in extents.map(section.template.fittingExtent) {
      let input = NetworkInput(channels: data.channels, extent: extent)
      if let network = try? networks.network(section, input, classes: channels(of: data)) {
        return network
      }
    }
    return nil
  }

  /// How many channels the logits have.
  private func channels(of data: DataSection) -> Int {
    task.logitsChannels(classes: data.classNames.count)
  }

  // MARK: - Classes

  var task: any SegmentationTask { (draft.task ?? .standard).task }

  /// A single class is enough where each is asked for by itself; scenes that are drawn have one class
  /// a pixel.
  private mutating func checkTask() {
    guard let data = draft.data else { return }
    if case .generated = data.source, !task.reading.readsScenes {
      report(
        .unfitTask, "task is \(task.name), but generated scenes have one class a pixel",
        at: SpecPath(components: ["task"]))
    }
    checkPoints(data)
    if data.classNames.count < task.reading.classBounds.lowerBound {
      report(
        .unfitClasses, "data.classes: \(ClassNames.tooFew(data.classNames))",
        at: SpecPath(components: ["data", "classes"]), remedy: ClassNames.remedyForTooFew)
    }
    if let augmentation = draft.evaluation?.testTimeAugmentation, augmentation != .none,
      !task.allowsTestTimeAugmentation
    {
      let path = SpecPath(components: ["evaluation", "test_time_augmentation"])
      report(
        .unfitAugmentation,
        task.reading.samplesArePoints
          ? "\(path): it is of images, and the task is points"
          : "\(path): what the network says of objects has directions, and is no mean over transformed images",
        at: path,
        remedy: "leave it out" + (task.reading.samplesArePoints ? "" : ", or use decode: watershed")
      )
    }
    do throws(ComponentError) {
      try task.check(classes: data.classNames)
      if let template = draft.template?.template {
        try task.check(
          template: type(of: template).name, findsObjects: type(of: template).findsObjects,
          readsPoints: type(of: template).readsPoints)
      }
    } catch {
      let path = SpecPath(components: ["task", task.name]).appending(field: error.field)
      report(.unfitTask, "\(path): \(error.message)", at: path)
    }
  }

  /// A loss says itself whether its settings fit the classes and the network: it is prepared for one
  /// pixel.
  private mutating func checkLosses() {
    guard let data = draft.data, draft.task != nil,
      task.reading.classBounds ~= data.classNames.count
    else { return }
    let classes = data.classNames.count
    let truth = task.reading.trainedTruth(classes: classes)
    let pixels = Array(repeating: UInt64(1), count: classes)
    let statistics = task.trainedStatistics(
      ClassStatistics(pixels: pixels, pixelsOfImagesWithClass: pixels, names: data.classNames))
    let context = LossContext(
      heads: headsOfOnePixel(classes: task.logitsChannels(classes: classes)),
      statistics: statistics, threads: 1, truth: truth)
    for term in draft.losses?.terms ?? [] where hasKnownClasses(term, statistics.names) {
      do throws(ComponentError) {
        try truth.check(term.loss)
        try term.loss.check(spatialRank: data.knownExtent?.extent.rank ?? 2)
        _ = try term.loss.makeKernel(for: context, head: term.head)
      } catch {
        let path = SpecPath(components: ["losses", term.choice.name])
        report(
          .unfitLoss, "loss \(term.choice.name): \(error.message)",
          at: error.field.map(path.appending) ?? path)
      }
    }
  }

  /// The heads of the network for one pixel; where the network is not known, those that losses read.
  private func headsOfOnePixel(classes: Int) -> [HeadLayout] {
    guard let network else {
      let types = (draft.losses?.terms ?? []).map { type(of: $0.loss) }
      let others = Set(types.flatMap { [$0.head] + $0.otherHeads }.map(\.name))
        .subtracting([Head.logits])
      return [HeadLayout(layout: TensorLayout(Shape(1, classes, 1, 1)))]
        + others.sorted().map { HeadLayout(name: $0, layout: TensorLayout(Shape(1, 1, 1, 1))) }
    }
    let labels = network.values[network.logits].shape
    return network.heads.map { head in
      let shape = network.values[head.value].shape
      let isLabelled = shape.height == labels.height && shape.width == labels.width
      let side = isLabelled ? 1 : 2
      return HeadLayout(
        name: head.name, layout: TensorLayout(Shape(1, shape.channels, side, side)))
    }
  }

  /// Tells whether settings that name classes name those that there are; what does not is reported.
  private mutating func hasKnownClasses(_ term: LossesSection.Term, _ classes: [String]) -> Bool {
    var isRight = true
    for (field, value) in term.choice.values.all.sorted(by: { $0.key < $1.key }) {
      guard case .byName(let values) = value else { continue }
      for name in values.keys.sorted() where !classes.contains(name) {
        let path = SpecPath(components: ["losses", term.choice.name, field])
        report(
          .unknownClass, "\(path): there is no class '\(name)'", at: path.appending(name),
          remedy: SpecValue.suggestion(name, classes))
        isRight = false
      }
    }
    return isRight
  }

  /// A head whose parameters stay as they are drawn is a slip of the pen.
  private mutating func checkHeads() {
    guard let losses = draft.losses, let network else { return }
    var trained = Set(losses.terms.map(\.weighted.head.name))
    // The losses on the logits look at the template's auxiliary head too.
    if let template = draft.template, template.auxiliaryWeight > 0, trained.contains(Head.logits) {
      trained.insert(AuxiliaryHead.name)
    }
    for head in network.heads.dropFirst()
    where !trained.contains(head.name) && network.values[head.value].kind != .chosen {
      let fitting = Registry.losses.members.first { $0.head.name == head.name }
      report(
        .untrainedHead, "no loss trains head \(head.name) of template \(network.name)",
        at: SpecPath(components: ["template"]),
        remedy: (fitting.map { "add \($0.name) to losses" } ?? "give a loss head: \(head.name)")
          + ", or leave the head out of the template")
    }
  }

  private mutating func checkMetrics() {
    guard draft.task != nil else { return }
    for metric in draft.evaluation?.metrics ?? [] {
      do throws(ComponentError) {
        try task.truth(classes: 0).check(metric.component)
      } catch {
        report(
          .unfitMetric, "metric \(metric.choice.name): \(error.message)",
          at: SpecPath(components: ["evaluation", "metrics", metric.choice.name]))
      }
    }
    for step in draft.evaluation?.postprocessing ?? [] {
      do throws(ComponentError) {
        try task.truth(classes: 0).check(step.component)
      } catch {
        report(
          .unfitTask, "postprocessing \(step.choice.name): \(error.message)",
          at: SpecPath(components: ["evaluation", "postprocessing", step.choice.name]))
      }
    }
  }

  // MARK: - Parameter groups

  /// A group of no parameter is a slip of the pen.
  private mutating func checkParameterGroups() {
    guard let network else { return }
    let names = network.parameters.map(\.name)
    let groups = draft.solver?.parameterGroups.groups ?? []
    let written =
      groups.enumerated().map {
        ($1.pattern, SpecPath(components: ["solver", "groups", String($0), "parameters"]))
      } + (draft.weights?.patterns ?? [])
    for (pattern, path) in written where !names.contains(where: { pattern.fits($0) }) {
      report(
        .idlePattern, "\(path): no parameter of template \(network.name) fits '\(pattern.text)'",
        at: path,
        remedy: "there are " + names.prefix(3).joined(separator: ", ")
          + (names.count > 3 ? ", …; '*' stands for any characters" : ""))
    }
  }

  /// Where there is no batch norm of that name, and where one has no statistics but those it begins with,
  /// freezing does nothing that is meant.
  private mutating func checkFrozenNorms() {
    guard let network, let patterns = draft.training?.frozenNorms, !patterns.isEmpty else { return }
    let path = SpecPath(components: ["training", TrainingSection.frozenNormsKey])
    let norms = network.batchNorms
    for pattern in patterns where !norms.contains(where: { pattern.fits($0) }) {
      report(
        .idlePattern, "\(path): no batch norm of template \(network.name) fits '\(pattern.text)'",
        at: path,
        remedy: norms.isEmpty
          ? "leave it out: the network has none"
          : "there are " + norms.prefix(3).joined(separator: ", ")
            + (norms.count > 3 ? ", …; '*' stands for any characters" : ""))
    }
    guard draft.weights == nil else { return }
    warn(
      .idleSetting,
      "\(path): without weights the running statistics stay at mean 0 and variance 1, and the frozen "
        + "batch norms normalize nothing", at: path, remedy: "name weights, or leave it out")
  }
}

extension SpecValidation {
  // MARK: - Series

  /// A schedule can go by no series that the evaluation does not measure.
  private mutating func checkMonitor() {
    guard let schedule = draft.solver?.schedule, let (field, series) = schedule.monitoredSeries,
      let problem = draft.problem(withSeries: series)
    else { return }
    let path = SpecPath(
      components: ["solver", "schedule", type(of: schedule).name, field])
    report(.missingSeries, "\(path) is \(problem.message)", at: path, remedy: problem.remedy)
  }

  /// Nor can early stopping. What the sweep's objective is of is reported there.
  private mutating func checkEarlyStopping() {
    guard let series = draft.training?.earlyStopping?.series, series != draft.objective.metric,
      let problem = draft.problem(withSeries: series)
    else { return }
    let path = SpecPath(components: ["training", "early_stopping", "monitor"])
    report(.missingSeries, "\(path) is \(problem.message)", at: path, remedy: problem.remedy)
  }

  // MARK: - Class names

  /// Names reach terminals, tables and file names.
  private mutating func checkClassNames() {
    for (index, name) in (draft.data?.classNames ?? []).enumerated() {
      guard let scalar = name.unicodeScalars.first(where: \.isUnprintable) else { continue }
      let list = SpecPath(components: ["data", "classes"])
      let element = list.appending(String(index))
      report(
        .unfitClasses,
        "\(list): the name of class \(index) has the control character \(scalar.codePoint) in it",
        at: element, remedy: "write the name without it")
    }
  }
}

extension DataSection {
  /// The extent of samples as they reach the augmentations, with what decides it; `nil` where the
  /// files do.
  var knownExtent: (extent: SpatialExtent, path: SpecPath)? {
    let data = SpecPath(components: ["data"])
    return switch (geometry, source) {
    case (.resize(let size), _): (SpatialExtent(size), data.appending("size"))
    case (.crop(let size), _): (SpatialExtent(size), data.appending("crop"))
    case (.patches(let patches), _):
      (patches.extent, data.appending("patches").appending("size"))
    case (.original, _) where stack.points != nil:
      stack.points.map {
        (SpatialExtent(height: 1, width: $0.count), data.appending("points").appending("count"))
      }
    case (.original, .generated(let scenes)):
      (SpatialExtent(scenes.size), data.appending("generated").appending("size"))
    case (.original, .lists): nil
    }
  }
}
