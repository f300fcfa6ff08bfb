internal import CKernels

/// Adam that divides by the largest second moment so far, so that no step grows only because the
/// gradients shrank (Reddi, Kale & Kumar 2018). The maximum is taken before the bias correction,
/// as in PyTorch.
public struct AMSGrad: Solver {
  public static let name = "AMSGRAD"
  public static let about = "Adam whose step sizes never grow back."
  public static let fields = AdamMoments.fields
  public static let example = "solver: {type: AMSGRAD, base_lr: 1e-3}"

  private let moments: AdamMoments

  public init(_ values: FieldValues) throws(ComponentError) {
    moments = AdamMoments(values)
  }

  public var slotNames: [String] { ["first_moment", "second_moment", "largest_second_moment"] }

  public func update(_ step: SolverStep) {
    ck_adam(
      step.kernel, step.slots[0], step.slots[1], step.slots[2], moments.factors(for: step))
  }
}
