/// The losses that a spec can name.
extension Registry {
  public static let losses = Registry(
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
public protocol Loss: Component {
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
  public static var readsSingleLogits: Bool { false }
  public var trainsEdges: Bool { false }
}

/// What a loss is prepared for.
public struct LossContext: Sendable {
  /// Of the logits: N × K × H × W.
  public var logits: TensorLayout
  /// Of the logits of edges: N × 1 × H × W; `nil` where the network has no edge head.
  public var edges: TensorLayout?
  /// Pixels of each class in the training set, for class weights.
  public var statistics: ClassStatistics
  public var threads: Int
  /// What the labels of the data say.
  public var labelling: Labelling

  public init(
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

/// How often each class occurs in the labels of a training set, ignored pixels left out.
public struct ClassStatistics: Sendable, Hashable {
  /// n_c: pixels of class c.
  public var pixels: [UInt64]
  /// A_c: labelled pixels of the images that contain class c.
  public var pixelsOfImagesWithClass: [UInt64]
  /// Of the classes, in the order of their ids; empty where they are not known.
  public var names: [String]

  public init(pixels: [UInt64], pixelsOfImagesWithClass: [UInt64], names: [String] = []) {
    self.pixels = pixels
    self.pixelsOfImagesWithClass = pixelsOfImagesWithClass
    self.names = names
  }
}

/// A loss with its weights and scratch memory prepared for one shape of a network's outputs.
public protocol LossKernel: AnyObject {
  /// The value of the loss, unweighted. Where `gradients` are given, `weight` times the loss's own
  /// are *added* to them; padding lanes stay as they are.
  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue
}

/// A loss as a mean, with what it is the mean of, so that it can be averaged with others.
public struct LossValue: Sendable, Hashable {
  public let mean: Double
  /// Labelled pixels, their summed weights, or images; 0 where there were none, and the mean is 0.
  public let number: Double

  public init(_ mean: Double, of number: Double) {
    (self.mean, self.number) = (mean, number)
  }

  init(sum: Double, of number: Double) { self.init(sum / number, of: number) }

  static let nothing = LossValue(0, of: 0)

  /// Nothing to judge, where `value` is 0, or NaN.
  static func nothing(_ value: Double) -> LossValue {
    value.isNaN ? LossValue(.nan, of: 1) : .nothing
  }
}

/// Facts about label maps.
public enum Labels {
  /// Inside the program every ignored pixel has this label, whatever the data set's ids are.
  public static let ignored: UInt8 = 255
  /// More classes than this cannot be told from `ignored`.
  public static let maximumClasses = 255
}
