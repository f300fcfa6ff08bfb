/// The solvers that a spec can name.
extension Registry {
  public static let solvers = Registry(
    kind: "solver",
    [
      SGD.self,
      Adam.self,
      AMSGrad.self,
    ])
}

/// A rule that turns gradients into new parameters.
public protocol Solver: Component {
  /// The buffers it keeps for every parameter, e.g. `["momentum"]`; each starts at zero.
  var slotNames: [String] { get }
  /// One step over all parameters at once.
  func update(_ step: SolverStep)
}

/// The flat buffers of one solver step, all of `count` elements.
public struct SolverStep {
  public var parameters: UnsafeMutablePointer<Float>
  public var gradients: UnsafePointer<Float>
  /// In the order of ``Solver/slotNames``.
  public var slots: [UnsafeMutablePointer<Float>]
  public var count: Int
  /// The schedule's rate for this step.
  public var learningRate: Double
  /// λ of g ← g + λθ (L2, as in PyTorch's SGD and Adam).
  public var weightDecay: Double
  /// 1 for the first step of a training.
  public var iteration: Int
  public var threads: Int

  public init(
    parameters: UnsafeMutablePointer<Float>, gradients: UnsafePointer<Float>,
    slots: [UnsafeMutablePointer<Float>], count: Int, learningRate: Double, weightDecay: Double,
    iteration: Int, threads: Int
  ) {
    self.parameters = parameters
    self.gradients = gradients
    self.slots = slots
    self.count = count
    self.learningRate = learningRate
    self.weightDecay = weightDecay
    self.iteration = iteration
    self.threads = threads
  }
}
