/// The weighted sum of the losses of a spec, for one shape of logits.
final class LossSum {
  let names: [String]
  /// Of the last evaluation: each loss unweighted, in the order of ``names``.
  private(set) var values: [Double]
  /// Of the step that was last told of.
  private var weights: [Double]
  private let courses: [LossWeight]
  private let kernels: [any LossKernel]
  /// What the kernels are prepared for: the logits of the batch, or of one image.
  private let unit: TensorLayout
  private let units: Int

  /// - Parameter takesImages: whether losses are taken image by image and averaged, as mixtures need
  ///   it, rather than once over the batch.
  init(
    _ losses: [TrainingConfiguration.WeightedLoss], context: LossContext, takesImages: Bool = false
  ) throws(TrainingError) {
    var context = context
    units = takesImages ? context.logits.shape.batch : 1
    context.logits.shape.batch /= units
    unit = context.logits
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
  /// - Returns: the weighted sum. Its gradient is added to `gradient` where one is given.
  /// - Precondition: where there is a mixture the losses are taken image by image.
  func evaluate(
    logits: UnsafePointer<Float>, labels: UnsafePointer<UInt8>, mixture: LabelMixture? = nil,
    gradient: UnsafeMutablePointer<Float>?
  ) -> Double {
    precondition(mixture == nil || unit.shape.batch == 1, "the shares of a batch's images differ")
    var sum = 0.0
    for index in kernels.indices {
      values[index] = 0
      for number in 0..<units {
        let share = mixture.map { Double($0.shares[number]) } ?? 1
        func add(_ labels: UnsafePointer<UInt8>, share: Double) {
          guard share > 0 else { return }
          let part = share / Double(units)
          values[index] +=
            part
            * kernels[index].evaluate(
              logits: logits + number * unit.elements,
              labels: labels + number * unit.shape.batch * unit.shape.area,
              weight: Float(weights[index] * part),
              gradient: gradient.map { $0 + number * unit.elements })
        }
        add(labels, share: share)
        if let mixture { add(mixture.labels, share: 1 - share) }
      }
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
