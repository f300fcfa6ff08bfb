package import Execution
package import Groundwork
package import Networks

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
    GeneralizedCrossEntropy.self,
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
    StarDist.self,
    Flows.self,
    ObjectnessLoss.self,
    AnchorBoxLoss.self,
    RegionClassLoss.self,
    RegionBoxLoss.self,
    RegionMaskLoss.self,
    SoftCenterlineDice.self,
    Topological.self,
    Orthogonality.self,
    GatedCRF.self,
  ]
) { $0 }

/// A differentiable measure of how wrong logits are.
package protocol Loss: Component {
  /// True where a logit means something by itself: one more in all classes of a pixel changes the
  /// loss. Losses of probabilities, which the softmax gives, are looked at through these alone.
  static var readsSingleLogits: Bool { get }
  /// True where what it says of a pixel follows from the labels around, so that it is of images.
  static var looksAtNeighbors: Bool { get }
  /// True where it looks at the images, which steps of training alone give it: evaluations leave it out.
  static var readsImages: Bool { get }
  /// The head that it looks at where a spec names none. It trains no other.
  static var head: LossHead { get }
  /// The heads that it reads besides and does not train.
  static var otherHeads: [LossHead] { get }
  /// Which truths it can be taken against.
  static var reads: [TruthForm] { get }
  /// - Throws: ``ComponentError`` where the settings do not fit the classes, or the network lacks
  ///   what the loss looks at.
  func makeKernel(for context: LossContext) throws(ComponentError) -> any LossKernel
  /// What it computes, where a device may have a kernel for that; `nil` where it is the host's.
  ///
  /// - Throws: ``ComponentError`` as ``makeKernel(for:)``.
  func rule(for context: LossContext) throws(ComponentError) -> LossRule?
}

extension Loss {
  package func rule(for context: LossContext) throws(ComponentError) -> LossRule? { nil }
  package static var readsSingleLogits: Bool { false }
  package static var looksAtNeighbors: Bool { false }
  package static var readsImages: Bool { false }

  /// - Throws: ``ComponentError`` where it cannot be taken of what has so many spatial axes.
  package func check(spatialRank: Int) throws(ComponentError) {
    guard spatialRank == 3, Self.looksAtNeighbors else { return }
    throw ComponentError(
      "it looks at the borders of classes in images, and data.patches of three numbers are of volumes: use "
        + "a loss of single pixels or of regions")
  }

  package static var head: LossHead { .logits }
  package static var otherHeads: [LossHead] { [] }
  package static var reads: [TruthForm] { [.classes] }

  /// - Parameter head: the name of the head that it looks at; its own where it is `nil`.
  package func makeKernel(
    for context: LossContext, head: String?
  ) throws(ComponentError) -> any LossKernel {
    var context = context
    context.head = try context.index(of: head.map { LossHead(name: $0) } ?? Self.head)
    return try makeKernel(for: context)
  }
}

/// What a loss is prepared for.
package struct LossContext: Sendable {
  /// The heads of the network in its order.
  package var heads: [HeadLayout]
  /// Which of them the loss looks at.
  package var head = 0
  /// Pixels of each class in the training set, for class weights.
  package var statistics: ClassStatistics
  package var threads: Int
  /// What the labels are.
  package var truth: Truth
  /// Where the labels lie among the planes of each sample.
  package var planes: LabelledPlanes

  /// - Parameters:
  ///   - truth: `nil` where it is one class a pixel, and each has a logit.
  ///   - planes: `nil` where samples have the labels that the losses look at and no others.
  package init(
    heads: [HeadLayout], statistics: ClassStatistics, threads: Int, truth: Truth? = nil,
    planes: LabelledPlanes? = nil
  ) {
    let truth = truth ?? Truth(classes: heads[0].layout.shape.channels)
    self.heads = heads
    self.statistics = statistics
    self.threads = threads
    self.truth = truth
    self.planes = planes ?? LabelledPlanes(of: truth.planes)
  }
}

/// Which of the planes of a sample losses look at: some that lie one behind the other.
package struct LabelledPlanes: Sendable, Hashable {
  /// The first of them.
  package var first: Int
  /// P, of all planes of a sample.
  package var count: Int

  package init(first: Int = 0, of count: Int) { (self.first, self.count) = (first, count) }
}

extension LossContext {
  /// The layout of the head that the loss looks at: N × C × H × W.
  package var logits: TensorLayout { heads[head].layout }

  /// - Throws: ``ComponentError`` where a softmax over the classes would mean nothing.
  func requireSoftmax() throws(ComponentError) {
    try requireClassCount(2...Labels.maximumClasses)
    try requireClassHead()
  }

  /// - Throws: ``ComponentError`` as ``requireClassCount()``, and for a head that does not tell the
  ///   classes.
  func requireClasses() throws(ComponentError) {
    try requireClassCount()
    try requireClassHead()
  }

  /// - Throws: ``ComponentError`` for a number of classes that the truth cannot tell.
  func requireClassCount() throws(ComponentError) { try requireClassCount(truth.classBounds) }

  private func requireClassHead() throws(ComponentError) {
    try requireHead(channels: heads[0].layout.shape.channels, "a channel for each class")
  }

  private func requireClassCount(_ bounds: ClosedRange<Int>) throws(ComponentError) {
    let classes = heads[0].layout.shape.channels
    guard bounds.contains(classes) else {
      throw ComponentError(
        "a loss over \(classes) classes: there must be \(bounds.lowerBound) to "
          + "\(bounds.upperBound)")
    }
  }

  /// - Parameter meaning: says what the channels are there for.
  /// - Throws: ``ComponentError`` where the head that the loss looks at has another number of
  ///   channels, or another size than the labels.
  func requireHead(channels: Int, _ meaning: String) throws(ComponentError) {
    let (shape, labels) = (logits.shape, heads[0].layout.shape)
    let problem =
      if shape.channels != channels {
        "has \(shape.channels) channel\(shape.channels == 1 ? "" : "s"), not \(channels)"
      } else if shape.size != labels.size {
        "has another size than the labels"
      } else {
        nil as String?
      }
    guard let problem else { return }
    throw ComponentError(
      field: "head", "needs \(meaning), but head \(heads[head].name) \(problem)")
  }

  /// - Returns: which of ``heads`` it is.
  /// - Throws: ``ComponentError`` where the network has none of that name.
  package func index(of head: LossHead) throws(ComponentError) -> Int {
    if let index = heads.firstIndex(where: { $0.name == head.name }) { return index }
    if let remedy = head.remedy {
      throw ComponentError("the network has no head \(head.name) to look at: \(remedy)")
    }
    let names = heads.map(\.name)
    throw ComponentError(
      field: "head",
      "the network has no head '\(head.name)' to look at (it has "
        + "\(names.count == 1 ? "\(names[0]) alone" : names.joined(separator: ", ")))")
  }
}

/// A head that a loss asks for.
package struct LossHead: Sendable, Hashable {
  package var name: String
  /// What a person does whose network lacks it.
  package var remedy: String?

  package init(name: String, remedy: String? = nil) {
    self.name = name
    self.remedy = remedy
  }

  package static let logits = LossHead(name: Head.logits)
  package static let edges = LossHead(name: EdgeHead.name, remedy: EdgeHead.remedy)
}

extension Truth {
  /// - Throws: ``ComponentError`` where the loss cannot be taken against it.
  package func check(_ loss: any Loss) throws(ComponentError) {
    try require(
      neighbors: type(of: loss).looksAtNeighbors,
      remedy: "use a loss of single pixels or of regions")
    let fitting = Registry.losses.members
      .filter { $0.reads.contains(form) }.map { $0.name }
    try form.require(
      type(of: loss).reads, task: task,
      remedy: fitting.isEmpty ? nil : "use \(fitting.joined(separator: " or "))")
  }
}

/// A loss with its weights and scratch memory prepared for one shape of a network's outputs.
package protocol LossKernel: AnyObject {
  /// The value of the loss, unweighted. Where `gradients` are given, `weight` times the loss's own
  /// are *added* to those of the head that it looks at; padding lanes stay as they are.
  func evaluate(_ input: LossInput, weight: Float, gradients: LossGradients?) -> LossValue
}
