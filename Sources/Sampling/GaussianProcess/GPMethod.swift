/// Bayesian optimization: a Gaussian process of the results, and the places of which it expects most
/// improvement. The places of a batch are chosen one after another, each believed to give what the
/// process expects.
///
/// The lengths that explain a few results best are often too long, and then the process is sure of places where
/// nobody has looked. So every third batch takes shorter ones, as Berkenkamp, Schoellig and Krause do gradually
/// ("No-Regret Bayesian Optimization with Unknown Hyperparameters", JMLR 2019).
package struct GPMethod: PointSampler {
  let batch: Int
  let startup: Int

  package init(batch: Int = 4, startup: Int = 10) { (self.batch, self.startup) = (batch, startup) }

  package static let maximumDimensions = 20
  private static let maximumObservations = 500
  /// What part of the fitted lengths a cautious batch takes.
  private static let cautiousLengths = 1.0 / 3

  package func objection(to space: Space) -> String? {
    space.dimensions.count <= Self.maximumDimensions
      ? nil
      : "gp can look through at most \(Self.maximumDimensions) hyperparameters, "
        + "and there are \(space.dimensions.count)"
  }

  package func batch(of index: Int, starts: Int, in space: Space) -> Range<Int>? {
    let first = index / batch * batch
    return first..<first + batch
  }

  package func points(
    _ indices: Range<Int>, _ search: Search
  ) throws(SamplingError) -> [Point] {
    var chosen = Distinct(search, points: search.history.map(\.point) + search.pending)
    let isCautious = indices.lowerBound / batch % 3 == 2
    let model = try Model(
      search, startup: startup, maximum: Self.maximumObservations,
      lengths: isCautious ? Self.cautiousLengths : 1)
    var improvement = try model?.improvement(believing: search.pending)
    var points: [Point] = []
    for index in indices {
      let point: Point
      if index < search.starts.count {
        point = search.starts[index]
      } else {
        guard !chosen.isExhausted else { break }
        if let model, let improvement {
          point = try Self.suggest(index, search, model, improvement, chosen)
        } else {
          point = try Self.scattered(index, search, chosen)
        }
      }
      points.append(point)
      chosen.add(point)
      if let model, let current = improvement, index + 1 < indices.upperBound {
        improvement = try model.believing(point, current)
      }
    }
    return points
  }

  /// Before there is a model: evenly scattered, the trial's index along the sequence.
  private static func scattered(
    _ index: Int, _ search: Search, _ chosen: Distinct
  ) throws(SamplingError) -> Point {
    let count = search.space.dimensions.count
    if count <= SobolSequence.maximumDimensions {
      let point = search.space.point(
        at: SobolSequence.point(index, dimensions: count, seed: search.seed))
      if search.space.isFeasible(point), !chosen.repeats(point) { return point }
    }
    return try RandomMethod.draw(index, search, avoiding: chosen)
  }

  private static func suggest(
    _ index: Int, _ search: Search, _ model: Model, _ improvement: ExpectedImprovement,
    _ chosen: Distinct
  ) throws(SamplingError) -> Point {
    let taken = chosen.points.map(model.inputs.input)
    let acquisition = AcquisitionSearch(
      improvement: improvement, inputs: model.inputs, seed: search.seed, index: index)
    let best = acquisition.best(from: model.incumbent) { point in
      guard search.space.isFeasible(point) else { return false }
      // The same place again would teach nothing.
      let input = model.inputs.input(point)
      return !taken.contains { other in
        zip(input, other).allSatisfy { ($0 - $1).magnitude < 1e-9 }
      }
    }
    if let best { return best }
    return try RandomMethod.draw(index, search, avoiding: chosen)
  }
}

/// The process of a search's results, fitted once for a batch.
private struct Model {
  let inputs: ProcessInputs
  let incumbent: Point
  private let process: GaussianProcess
  private let best: Double

  /// - Parameter lengths: what part of the fitted lengths is taken.
  /// - Returns: `nil` where too few trials are complete.
  init?(
    _ search: Search, startup: Int, maximum: Int, lengths: Double
  ) throws(SamplingError) {
    let values = search.history.compactMap(\.value)
    guard values.count >= startup, let worst = values.max() else { return nil }
    inputs = ProcessInputs(search.space)
    // What gave no number is as bad as the worst that did; what was stopped early tells too little.
    var known = search.history.indices.compactMap { index -> (index: Int, value: Double)? in
      switch search.history[index].result {
      case .complete(let value): (index, value)
      case .diverged: (index, worst)
      case .pruned: nil
      }
    }
    if known.count > maximum {
      let byValue = known.sorted { ($0.value, $0.index) < ($1.value, $1.index) }
      let kept = Set(byValue.prefix(maximum / 2).map(\.index))
        .union(known.suffix(maximum / 2).map(\.index))
      known = known.filter { kept.contains($0.index) }
    }
    let mean = known.reduce(0) { $0 + $1.value } / Double(known.count)
    let variance =
      known.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) } / Double(known.count)
    let deviation = max(1e-10, variance.squareRoot())
    let targets = known.map { (mean - $0.value) / deviation }
    let points = known.map { search.history[$0.index].point }
    var top = 0
    for (position, target) in targets.enumerated() where target > targets[top] { top = position }
    (incumbent, best) = (points[top], targets[top])
    let positions = points.map(inputs.input)
    let fit = KernelFit(positions, targets, isChoice: inputs.isChoice)
    let ones = [Double](repeating: 0, count: inputs.isChoice.count + 2)
    var kernel = fit.kernel() ?? fit.kernel(at: ones)
    kernel.weights = kernel.weights.map { $0 / (lengths * lengths) }
    guard let process = GaussianProcess(kernel, positions, targets) else {
      throw .notFinite("the covariance of the Gaussian process")
    }
    self.process = process
  }

  func improvement(believing pending: [Point]) throws(SamplingError) -> ExpectedImprovement {
    var improvement = ExpectedImprovement(process, best: best)
    for point in pending { improvement = try believing(point, improvement) }
    return improvement
  }

  func believing(
    _ point: Point, _ improvement: ExpectedImprovement
  ) throws(SamplingError) -> ExpectedImprovement {
    let input = inputs.input(point)
    let believed = improvement.process.posterior(input).mean
    guard let process = improvement.process.believing(input) else {
      throw .notFinite("the covariance of the Gaussian process")
    }
    return ExpectedImprovement(process, best: max(improvement.best, believed))
  }
}
