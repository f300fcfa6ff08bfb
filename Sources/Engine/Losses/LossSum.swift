/// The weighted sum of the losses of a spec, for one shape of a network's outputs.
final class LossSum {
  let names: [String]
  /// Of the last evaluation: each loss unweighted, in the order of ``names``.
  private(set) var values: [Double]
  /// Of the step that was last told of.
  private var weights: [Double]
  private let courses: [LossWeight]
  private let kernels: [any LossKernel]
  /// Which head each loss looks at.
  private let heads: [Int]
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
    for index in context.heads.indices { context.heads[index].layout.shape.batch /= units }
    unit = context
    var kernels: [any LossKernel] = []
    var heads: [Int] = []
    for weighted in losses {
      do throws(ComponentError) {
        var context = context
        context.head = try context.index(of: weighted.head)
        heads.append(context.head)
        kernels.append(try weighted.loss.makeKernel(for: context))
      } catch {
        throw .component(kind: "loss", name: type(of: weighted.loss).name, error)
      }
    }
    self.kernels = kernels
    self.heads = heads
    names = losses.map(\.name)
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

  /// - Parameters:
  ///   - values: of each head.
  ///   - labels: `[N, H, W]`.
  ///   - mixture: of the batch; `nil` where no image is a mixture.
  ///   - gradients: of each head.
  /// - Returns: the weighted sum. Its gradients are added to `gradients` where some are given.
  /// - Precondition: where there is a mixture the losses are taken image by image.
  func evaluate(
    _ values: [UnsafePointer<Float>], labels: UnsafePointer<UInt8>, mixture: LabelMixture? = nil,
    gradients: [UnsafeMutablePointer<Float>]?
  ) -> Double {
    precondition(
      mixture == nil || unit.logits.shape.batch == 1, "the shares of a batch's images differ")
    var sum = 0.0
    for index in kernels.indices {
      self.values[index] = 0
      let head = heads[index]
      for number in 0..<units {
        let share = mixture.map { Double($0.shares[number]) } ?? 1
        let gradients = gradients.map {
          LossGradients(logits: $0[head] + number * unit.heads[head].layout.elements)
        }
        add(index, input(values, labels, of: index, unit: number), share, gradients)
        if let mixture {
          let other = input(values, UnsafePointer(mixture.labels), of: index, unit: number)
          add(index, other, 1 - share, gradients)
        }
      }
      sum += weights[index] * self.values[index]
    }
    return sum
  }

  /// Takes the losses of the first images of what is predicted for an evaluation, each of every
  /// image by itself.
  ///
  /// - Precondition: the losses are taken image by image.
  func judge(
    _ batch: PredictedBatch, labels: UnsafePointer<UInt8>, images: Int,
    into judged: inout EvaluatedLosses
  ) {
    precondition(unit.logits.shape.batch == 1, "losses are of single images")
    for index in kernels.indices {
      let readsSingleLogits = readsSingleLogits[index] && heads[index] == 0
      for number in 0..<images {
        var input = input(batch.heads, labels, of: index, unit: number)
        if readsSingleLogits { input.logits = batch.singleLogits + number * unit.logits.elements }
        judged.add(kernels[index].evaluate(input, weight: 0, gradients: nil), of: index)
      }
    }
    judged.weights = weights
  }

  /// What a loss looks at in one of several units that lie one behind the other.
  private func input(
    _ values: [UnsafePointer<Float>], _ labels: UnsafePointer<UInt8>, of index: Int,
    unit number: Int
  ) -> LossInput {
    let (head, shape) = (heads[index], unit.logits.shape)
    return LossInput(
      logits: values[head] + number * unit.heads[head].layout.elements, heads: values,
      firstSample: number * shape.batch, labels: labels + number * shape.batch * shape.area)
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
