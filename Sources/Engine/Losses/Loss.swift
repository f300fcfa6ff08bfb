/// The losses that a spec can name.
extension Registry {
  package static let losses = Registry(
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
    ])
}

/// A differentiable measure of how wrong logits are.
package protocol Loss: Component {
  /// Whether a logit means something by itself: one more in all classes of a pixel changes the loss.
  /// Losses of probabilities, which the softmax gives, are looked at through these alone.
  static var readsSingleLogits: Bool { get }
  /// Which truths it can be taken against.
  static var reads: [TruthForm] { get }
  /// - Throws: ``ComponentError`` where the settings do not fit the classes, or the network lacks
  ///   what the loss looks at.
  func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel
  /// Whether it has a gradient with respect to the logits of edges.
  var trainsEdges: Bool { get }
}

extension Loss {
  package static var readsSingleLogits: Bool { false }
  package static var reads: [TruthForm] { [.classes] }
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
  /// What the labels are.
  package var truth: Truth

  /// - Parameter truth: `nil` where it is one class a pixel, and each has a logit.
  package init(
    logits: TensorLayout, edges: TensorLayout? = nil, statistics: ClassStatistics, threads: Int,
    truth: Truth? = nil
  ) {
    self.logits = logits
    self.edges = edges
    self.statistics = statistics
    self.threads = threads
    self.truth = truth ?? Truth(classes: logits.shape.channels)
  }
}

extension LossContext {
  /// - Throws: ``ComponentError`` where a softmax over the classes would mean nothing.
  func requireSoftmax() throws(ComponentError) {
    try requireClasses(2...Labels.maximumClasses)
  }

  /// - Throws: ``ComponentError`` for a number of classes that labels cannot tell.
  func requireClasses() throws(ComponentError) { try requireClasses(truth.classBounds) }

  private func requireClasses(_ bounds: ClosedRange<Int>) throws(ComponentError) {
    let classes = logits.shape.channels
    guard bounds.contains(classes) else {
      throw ComponentError(
        "a loss over \(classes) classes: there must be \(bounds.lowerBound) to "
          + "\(bounds.upperBound)")
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

extension Truth {
  /// - Throws: ``ComponentError`` where the loss cannot be taken against it.
  package func check(_ loss: any Loss) throws(ComponentError) {
    let fitting = Registry.losses.components.compactMap { $0 as? any Loss.Type }
      .filter { $0.reads.contains(form) }.map { $0.name }
    try form.require(
      type(of: loss).reads, task: task,
      remedy: fitting.isEmpty ? nil : "use \(fitting.joined(separator: " or "))")
  }
}

/// How often each class occurs in the labels of a training set, ignored pixels left out.
package struct ClassStatistics: Sendable, Hashable {
  /// n_c: pixels of class c.
  package var pixels: [UInt64]
  /// A_c: labelled pixels of the images that contain class c.
  package var pixelsOfImagesWithClass: [UInt64]
  /// Of the classes, in the order of their ids; empty where they are not known.
  package var names: [String]

  package init(pixels: [UInt64], pixelsOfImagesWithClass: [UInt64], names: [String] = []) {
    self.pixels = pixels
    self.pixelsOfImagesWithClass = pixelsOfImagesWithClass
    self.names = names
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

  static let nothing = LossValue(0, of: 0)

  /// Nothing to judge, where `value` is 0, or NaN.
  static func nothing(_ value: Double) -> LossValue {
    value.isNaN ? LossValue(.nan, of: 1) : .nothing
  }
}

/// What a pixel is labelled: a class id, or whatever else a plane of labels holds.
package typealias Label = UInt16

/// Facts about labels.
package enum Labels {
  /// Inside the program every ignored pixel has this label, whatever the data set's ids are.
  package static let ignored: Label = 65_535
  /// The kernels of losses and metrics have room for the logits of so many.
  package static let maximumClasses = 2048
}
