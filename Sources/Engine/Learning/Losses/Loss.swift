package import Execution
package import Groundwork
internal import Networks

extension Registry where Member == any Loss.Type {
  /// The losses that a spec can name.
  package static var losses: Registry { lossesList }
}

private let lossesList = Registry<any Loss.Type>(
  kind: "loss",
  [
    CrossEntropy.self,
    BorderWeighted.self,
    Focal.self,
    TopK.self,
    OnlineHardExamples.self,
    DistancePenalized.self,
    IoUBalanced.self,
    BinaryCrossEntropy.self,
    Dice.self,
    DiceMulticlass.self,
    DiceWeighted.self,
    DiceWeightedBatch.self,
    GeneralizedDice.self,
    Tversky.self,
    FocalTversky.self,
    Jaccard.self,
    SensitivitySpecificity.self,
    LovaszSoftmax.self,
    LovaszHinge.self,
    Boundary.self,
    HausdorffDistance.self,
    HausdorffOneSided.self,
    HausdorffErosion.self,
    Edge.self,
    EdgeAttention.self,
    DualTask.self,
  ]
) { $0 }

/// A differentiable measure of how wrong logits are.
package protocol Loss: Component {
  /// Whether a logit means something by itself: one more in all classes of a pixel changes the loss.
  /// Losses of probabilities, which the softmax gives, are looked at through these alone.
  static var readsSingleLogits: Bool { get }
  /// - Throws: ``ComponentError`` where the settings do not fit the classes, or the network lacks
  ///   what the loss looks at.
  func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel
  /// Whether it has a gradient with respect to the logits of edges.
  var trainsEdges: Bool { get }
}

extension Loss {
  package static var readsSingleLogits: Bool { false }
  package var trainsEdges: Bool { false }
}

/// What a loss is prepared for.
package struct LossContext: Sendable {
  /// Of the logits: N × K × H × W.
  package var logits: TensorLayout
  /// Of the logits of edges: N × 1 × H × W; `nil` where the network has no edge head.
  package var edges: TensorLayout?
  /// Pixels of each class in the training set, for class weights.
  package var statistics: ClassStatistics
  package var threads: Int
  /// What the labels of the data say.
  package var labelling: Labelling

  package init(
    logits: TensorLayout, edges: TensorLayout? = nil, statistics: ClassStatistics, threads: Int,
    labelling: Labelling = .exclusive
  ) {
    self.logits = logits
    self.edges = edges
    self.statistics = statistics
    self.threads = threads
    self.labelling = labelling
  }
}

extension LossContext {
  /// - Throws: ``ComponentError`` where a softmax over the classes would mean nothing.
  func requireSoftmax() throws(ComponentError) {
    try labelling.requireExclusive(remedy: "use bce")
    try requireClasses()
  }

  /// - Throws: ``ComponentError`` for a number of classes that labels cannot tell.
  func requireClasses() throws(ComponentError) {
    let classes = logits.shape.channels
    guard (labelling.minimumClasses...labelling.maximumClasses).contains(classes) else {
      throw ComponentError(
        "a loss over \(classes) classes: there must be \(labelling.minimumClasses) to "
          + "\(labelling.maximumClasses)")
    }
  }

  /// - Returns: the layout of the logits of edges.
  /// - Throws: ``ComponentError`` where the network has none.
  func requireEdges() throws(ComponentError) -> TensorLayout {
    guard let edges else {
      throw ComponentError(
        "the network has no edge head to look at: add \(EdgeHead.field.declaration.name): true to "
          + "the template")
    }
    return edges
  }
}

/// A loss with its weights and scratch memory prepared for one shape of a network's outputs.
package protocol LossKernel: AnyObject {
  /// The value of the loss, unweighted. Where `gradients` are given, `weight` times the loss's own
  /// are *added* to them; padding lanes stay as they are.
  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue
}

/// A loss as a mean, with what it is the mean of, so that it can be averaged with others.
package struct LossValue: Sendable, Hashable {
  package let mean: Double
  /// Labelled pixels, their summed weights, or images; 0 where there were none, and the mean is 0.
  package let number: Double

  package init(_ mean: Double, of number: Double) {
    (self.mean, self.number) = (mean, number)
  }

  init(sum: Double, of number: Double) { self.init(sum / number, of: number) }

  package static let nothing = LossValue(0, of: 0)

  /// Nothing to judge, where `value` is 0, or NaN.
  package static func nothing(_ value: Double) -> LossValue {
    value.isNaN ? LossValue(.nan, of: 1) : .nothing
  }
}
