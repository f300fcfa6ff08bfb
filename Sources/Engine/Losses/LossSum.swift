/// The weighted sum of the losses of a spec, for one shape of a network's outputs.
final class LossSum {
  let names: [String]
  /// Of the last evaluation: each loss unweighted, in the order of ``names``.
  private(set) var values: [Double]
  /// Of the step that was last told of.
  private var weights: [Double]
  private let courses: [LossWeight]
  private let kernels: [any LossKernel]
  /// Whether each loss reads single logits.
  private let readsSingleLogits: [Bool]
  /// What the kernels are prepared for: the batch, or one image of it.
  private let unit: LossContext
  private let units: Int

  /// - Parameter takesImages: whether losses are taken image by image and averaged, as mixtures need
  ///   it, rather than once over the batch.
  init(
    _ losses: [TrainingConfiguration.WeightedLoss], context: LossContext, takesImages: Bool = false
  ) throws(TrainingError) {
    var context = context
    units = takesImages ? context.logits.shape.batch : 1
    context.logits.shape.batch /= units
    context.edges?.shape.batch /= units
    unit = context
    var kernels: [any LossKernel] = []
    for weighted in losses {
      let name = type(of: weighted.loss).name
      do throws(ComponentError) {
        try context.truth.check(weighted.loss)
        kernels.append(try weighted.loss.makeKernel(for: context))
      } catch {
        throw .component(kind: "loss", name: name, error)
      }
    }
    self.kernels = kernels
    names = losses.map { type(of: $0.loss).name }
    readsSingleLogits = losses.map { type(of: $0.loss).readsSingleLogits }
    courses = losses.map(\.weight)
    weights = courses.map { $0.value(at: 0, stepsPerEpoch: 1) }
    values = Array(repeating: 0, count: losses.count)
  }

  /// Takes the weights of a step, 0 for the first.
  func weigh(step: Int, stepsPerEpoch: Int) {
    for index in courses.indices {
      weights[index] = courses[index].value(at: step, stepsPerEpoch: stepsPerEpoch)
    }
  }

  /// The weights of losses whose weight changes.
  var changingWeights: [NamedLoss] {
    courses.indices.filter { !courses[$0].isConstant }
      .map { NamedLoss(name: names[$0], value: weights[$0]) }
  }

  /// - Parameter mixture: of the batch; `nil` where no image is a mixture.
  /// - Returns: the weighted sum. Its gradients are added to `gradients` where some are given.
  /// - Precondition: where there is a mixture the losses are taken image by image.
  func evaluate(
    _ input: LossInput, mixture: LabelMixture? = nil, gradients: LossGradients?
  ) -> Double {
    precondition(
      mixture == nil || unit.logits.shape.batch == 1, "the shares of a batch's images differ")
    var sum = 0.0
    for index in kernels.indices {
      values[index] = 0
      for number in 0..<units {
        let share = mixture.map { Double($0.shares[number]) } ?? 1
        let gradients = gradients?.unit(number, of: unit)
        add(index, input.unit(number, of: unit), share, gradients)
        if let mixture {
          var other = input
          other.labels = UnsafePointer(mixture.labels)
          add(index, other.unit(number, of: unit), 1 - share, gradients)
        }
      }
      sum += weights[index] * values[index]
    }
    return sum
  }

  /// Takes the losses of the first images of what is predicted for an evaluation, each of every
  /// image by itself.
  ///
  /// - Precondition: the losses are taken image by image.
  func judge(
    _ batch: PredictedBatch, labels: UnsafePointer<Label>, images: Int,
    into judged: inout EvaluatedLosses
  ) {
    precondition(unit.logits.shape.batch == 1, "losses are of single images")
    var input = LossInput(logits: batch.logits, edges: batch.edges, labels: labels)
    for index in kernels.indices {
      input.logits = readsSingleLogits[index] ? batch.singleLogits : batch.logits
      for number in 0..<images {
        judged.add(
          kernels[index].evaluate(input.unit(number, of: unit), weight: 0, gradients: nil),
          of: index)
      }
    }
    judged.weights = weights
  }

  /// Adds a loss of one unit to its value.
  ///
  /// - Parameter share: of the unit; nothing is computed for none.
  private func add(
    _ index: Int, _ input: LossInput, _ share: Double, _ gradients: LossGradients?
  ) {
    guard share > 0 else { return }
    let part = share / Double(units)
    let value = kernels[index].evaluate(
      input, weight: Float(weights[index] * part), gradients: gradients)
    values[index] += part * value.mean
  }
}

extension LossInput {
  /// The values of one of several units that lie one behind the other.
  fileprivate func unit(_ number: Int, of unit: LossContext) -> LossInput {
    LossInput(
      logits: logits + number * unit.logits.elements,
      edges: edges.map { $0 + number * (unit.edges?.elements ?? 0) },
      labels: labels + number * unit.logits.shape.batch * unit.truth.planes
        * unit.logits.shape.area)
  }
}

extension LossGradients {
  fileprivate func unit(_ number: Int, of unit: LossContext) -> LossGradients {
    LossGradients(
      logits: logits + number * unit.logits.elements,
      edges: edges.map { $0 + number * (unit.edges?.elements ?? 0) })
  }
}

/// Means of losses over the steps of a round.
struct LossMeans {
  private let names: [String]
  private var total = 0.0
  private var totals: [Double]
  private var steps = 0.0

  init(names: [String]) {
    self.names = names
    totals = Array(repeating: 0, count: names.count)
  }

  mutating func add(_ sum: Double, _ values: [Double]) {
    total += sum
    for index in totals.indices { totals[index] += values[index] }
    steps += 1
  }

  var sum: Double { total / steps }
  var named: [NamedLoss] {
    zip(names, totals).map { NamedLoss(name: $0, value: $1 / steps) }
  }
}
