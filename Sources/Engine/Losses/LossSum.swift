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

  init(
    _ losses: [TrainingConfiguration.WeightedLoss], context: LossContext
  ) throws(TrainingError) {
    var kernels: [any LossKernel] = []
    for weighted in losses {
      let name = type(of: weighted.loss).name
      do throws(ComponentError) {
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

  /// - Returns: the weighted sum. Its gradients are added to `gradients` where some are given.
  func evaluate(_ input: LossInput, gradients: LossGradients?) -> Double {
    evaluate(input, singleLogits: input.logits, gradients: gradients)
  }

  /// The same of what is predicted for an evaluation.
  func evaluate(_ batch: PredictedBatch, labels: UnsafePointer<UInt8>) -> Double {
    evaluate(
      LossInput(logits: batch.logits, edges: batch.edges, labels: labels),
      singleLogits: batch.singleLogits, gradients: nil)
  }

  /// - Parameter singleLogits: what losses look at that read each logit by itself.
  private func evaluate(
    _ input: LossInput, singleLogits: UnsafePointer<Float>, gradients: LossGradients?
  ) -> Double {
    var single = input
    single.logits = singleLogits
    var sum = 0.0
    for index in kernels.indices {
      values[index] = kernels[index].evaluate(
        readsSingleLogits[index] ? single : input, weight: Float(weights[index]),
        gradients: gradients)
      sum += weights[index] * values[index]
    }
    return sum
  }
}

/// Means of losses over the steps of a round, or over the images of an evaluation.
struct LossMeans {
  private let names: [String]
  private var total = 0.0
  private var totals: [Double]
  private var weight = 0.0

  init(names: [String]) {
    self.names = names
    totals = Array(repeating: 0, count: names.count)
  }

  mutating func add(_ sum: Double, _ values: [Double], weight: Double = 1) {
    total += weight * sum
    for index in totals.indices { totals[index] += weight * values[index] }
    self.weight += weight
  }

  var sum: Double { total / weight }
  var named: [NamedLoss] {
    zip(names, totals).map { NamedLoss(name: $0, value: $1 / weight) }
  }
}
