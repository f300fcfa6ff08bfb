package import Execution
package import Groundwork

/// The weighted sum of the losses of a spec, for one shape of a network's outputs.
package final class LossSum {
  package let names: [String]
  /// The unweighted value of each loss in the last evaluation, in the order of ``names``.
  package private(set) var values: [Double]
  /// The weights at the step last given to ``weigh(step:stepsPerEpoch:)``; at first of step 0.
  package private(set) var weights: [Double]
  private let weightSchedules: [LossWeight]
  private let kernels: [LossPart]
  /// What the kernels are prepared for: the batch, or one image of it.
  private let unit: LossContext
  private let units: Int

  /// - Parameters:
  ///   - takesImages: whether losses are taken image by image and averaged, as mixed samples need it,
  ///     rather than once over the batch.
  ///   - device: computes those of the losses that it has where the heads lie.
  package init(
    _ losses: [WeightedLoss], context: LossContext,
    takesImages: Bool = false, device: (any Device)? = nil
  ) throws(NamedComponentError) {
    var context = context
    precondition(
      takesImages || context.planes.count == context.truth.planes,
      "the labels of several samples lie apart")
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
    weightSchedules = losses.map(\.weight)
    weights = weightSchedules.map { $0.value(at: 0, stepsPerEpoch: 1) }
    values = Array(repeating: 0, count: losses.count)
  }

  /// Takes the weights of a step, 0 for the first.
  package func weigh(step: Int, stepsPerEpoch: Int) {
    for index in weightSchedules.indices {
      weights[index] = weightSchedules[index].value(at: step, stepsPerEpoch: stepsPerEpoch)
    }
  }

  /// The weights of losses whose weight changes.
  package var changingWeights: [NamedLoss] {
    weightSchedules.indices.filter { !weightSchedules[$0].isConstant }
      .map { NamedLoss(name: names[$0], value: weights[$0]) }
  }

  /// - Returns: the weighted sum. Its gradients are added to those of the heads.
  /// - Precondition: where images are mixed the losses are taken image by image.
  package func evaluate(_ heads: any LossHeads, _ target: LossTarget) -> Double {
    precondition(
      !target.isMixed || unit.logits.shape.batch == 1, "λ differs between the images of a batch")
    var sum = 0.0
    for index in kernels.indices {
      values[index] = 0
      for number in 0..<units {
        target.forEachLabels(ofImage: number) { labels, part in
          let part = part / Double(units)
          let value = kernels[index].evaluate(
            heads, labels: labels, images: target.images, unit: number,
            weight: Float(weights[index] * part))
          values[index] += part * value.mean
        }
      }
      sum += weights[index] * values[index]
    }
    return sum
  }

  /// Takes the losses of the first images of what is predicted for an evaluation, each of every
  /// image by itself.
  ///
  /// - Parameter add: takes the value of a loss, by its place, for one image after the other.
  /// - Precondition: the losses are taken image by image.
  package func judge(
    _ batch: PredictedBatch, labels: UnsafePointer<Label>, images: Int,
    add: (_ value: LossValue, _ loss: Int) -> Void
  ) {
    precondition(unit.logits.shape.batch == 1, "losses are of single images")
    for index in kernels.indices {
      for number in 0..<images {
        add(kernels[index].evaluate(batch, labels: labels, unit: number), index)
      }
    }
  }
}
