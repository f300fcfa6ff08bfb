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
    ])
}

/// A differentiable measure of how wrong logits are.
public protocol Loss: Component {
  /// - Throws: ``ComponentError`` where the settings do not fit the classes.
  func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel
}

/// What a loss is prepared for.
public struct LossContext: Sendable {
  /// Of the logits: N × K × H × W.
  public var logits: TensorLayout
  /// Pixels of each class in the training set, for class weights.
  public var statistics: ClassStatistics
  public var threads: Int
  /// What the labels of the data say.
  public var labelling: Labelling

  public init(
    logits: TensorLayout, statistics: ClassStatistics, threads: Int,
    labelling: Labelling = .exclusive
  ) {
    self.logits = logits
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
    guard (2...labelling.maximumClasses).contains(classes) else {
      throw ComponentError(
        "a loss over \(classes) classes: there must be 2 to \(labelling.maximumClasses)")
    }
  }
}

/// How often each class occurs in the labels of a training set, ignored pixels left out.
public struct ClassStatistics: Sendable, Hashable {
  /// n_c: pixels of class c.
  public var pixels: [UInt64]
  /// A_c: labelled pixels of the images that contain class c.
  public var pixelsOfImagesWithClass: [UInt64]

  public init(pixels: [UInt64], pixelsOfImagesWithClass: [UInt64]) {
    self.pixels = pixels
    self.pixelsOfImagesWithClass = pixelsOfImagesWithClass
  }
}

/// A loss with its weights and scratch memory prepared for one shape of logits.
public protocol LossKernel: AnyObject {
  /// The value of the loss, unweighted. Where `gradient` is given, `weight` × ∂loss/∂logits is
  /// *added* to it; it has the layout of the logits and its padding lanes stay as they are.
  ///
  /// - Parameter labels: `[N, H, W]`, class ids, or sets of them where the context says so; 255
  ///   (``Labels/ignored``) weighs nothing.
  func evaluate(
    logits: UnsafePointer<Float>, labels: UnsafePointer<UInt8>, weight: Float,
    gradient: UnsafeMutablePointer<Float>?
  ) -> Double
}

/// Facts about label maps.
public enum Labels {
  /// Inside the program every ignored pixel has this label, whatever the data set's ids are.
  public static let ignored: UInt8 = 255
  /// More classes than this cannot be told from `ignored`.
  public static let maximumClasses = 255
}
