package import Execution
package import Groundwork

/// The weighted sum of the losses of a spec, for one shape of a network's outputs.
package final class LossSum {
  package let names: [String]
  /// Of the last evaluation: each loss unweighted, in the order of ``names``.
  package private(set) var values: [Double]
  /// Of the step that was last told of.
  private var weights: [Double]
  private let courses: [LossWeight]
  private let kernels: [LossPart]
  /// Whether each loss reads single logits.
  private let readsSingleLogits: [Bool]
  /// What the kernels are prepared for: the batch, or one image of it.
  private let unit: LossContext
  private let units: Int

  /// - Parameters:
  ///   - takesImages: whether losses are taken image by image and averaged, as mixtures need it,
  ///     rather than once over the batch.
  ///   - device: computes those of the losses that it has where the heads lie.
  package init(
    _ losses: [WeightedLoss], context: LossContext,
    takesImages: Bool = false, device: (any Device)? = nil
  ) throws(NamedComponentError) {
    var context = context
    units = takesImages ? context.logits.shape.batch : 1
    for index in context.heads.indices { context.heads[index].layout.shape.batch /= units }
    unit = context
    var kernels: [LossPart] = []
    for weighted in losses {
      do throws(ComponentError) {
        try context.truth.check(weighted.loss)
        kernels.append(try LossPart(weighted, for: context, device: device))
      } catch {
        throw NamedComponentError(kind: "loss", name: type(of: weighted.loss).name, error)
      }
    }
    self.kernels = kernels
    names = losses.map(\.name)
    readsSingleLogits = losses.map { type(of: $0.loss).readsSingleLogits }
    courses = losses.map(\.weight)
    weights = courses.map { $0.value(at: 0, stepsPerEpoch: 1) }
    values = Array(repeating: 0, count: losses.count)
  }

  /// Takes the weights of a step, 0 for the first.
  package func weigh(step: Int, stepsPerEpoch: Int) {
    for index in courses.indices {
      weights[index] = courses[index].value(at: step, stepsPerEpoch: stepsPerEpoch)
    }
  }

  /// The weights of losses whose weight changes.
  package var changingWeights: [NamedLoss] {
    courses.indices.filter { !courses[$0].isConstant }
      .map { NamedLoss(name: names[$0], value: weights[$0]) }
  }

  /// - Parameters:
  ///   - labels: `[N, H, W]`.
  ///   - mixture: of the batch; `nil` where no image is a mixture.
  /// - Returns: the weighted sum. Its gradients are added to those of the heads.
  /// - Precondition: where there is a mixture the losses are taken image by image.
  package func evaluate(
    _ heads: any LossHeads, labels: UnsafePointer<Label>, mixture: LabelMixture? = nil
  ) -> Double {
    precondition(
      mixture == nil || unit.logits.shape.batch == 1, "the shares of a batch's images differ")
    var sum = 0.0
    for index in kernels.indices {
      values[index] = 0
      for number in 0..<units {
        let share = mixture.map { Double($0.shares[number]) } ?? 1
        add(index, heads, labels, unit: number, share)
        if let mixture {
          add(index, heads, UnsafePointer(mixture.labels), unit: number, 1 - share)
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
  package func judge(
    _ batch: PredictedBatch, labels: UnsafePointer<Label>, images: Int,
    into judged: inout EvaluatedLosses
  ) {
    precondition(unit.logits.shape.batch == 1, "losses are of single images")
    for index in kernels.indices {
      let readsSingleLogits = readsSingleLogits[index] && kernels[index].head == 0
      for number in 0..<images {
        var input = kernels[index].input(batch.heads, labels: labels, unit: number)
        if readsSingleLogits { input.logits = batch.singleLogits + number * unit.logits.elements }
        judged.add(kernels[index].evaluate(input), of: index)
      }
    }
    judged.weights = weights
  }

  /// Adds a loss of one unit to its value.
  ///
  /// - Parameter share: of the unit; nothing is computed for none.
  private func add(
    _ index: Int, _ heads: any LossHeads, _ labels: UnsafePointer<Label>, unit number: Int,
    _ share: Double
  ) {
    guard share > 0 else { return }
    let part = share / Double(units)
    let value = kernels[index].evaluate(
      heads, labels: labels, unit: number, weight: Float(weights[index] * part))
    values[index] += part * value.mean
  }
}

/// Means of losses over the steps before an evaluation.
package struct LossMeans {
  private let names: [String]
  private var total = 0.0
  private var totals: [Double]
  private var steps = 0.0

  package init(names: [String]) {
    self.names = names
    totals = Array(repeating: 0, count: names.count)
  }

  package mutating func add(_ sum: Double, _ values: [Double]) {
    total += sum
    for index in totals.indices { totals[index] += values[index] }
    steps += 1
  }

  package var sum: Double { total / steps }
  package var named: [NamedLoss] {
    zip(names, totals).map { NamedLoss(name: $0, value: $1 / steps) }
  }
}
