internal import CKernels

/// Adam whose weight decay is decoupled from the moments (Loshchilov & Hutter 2019): θ ← θ − ηλθ,
/// and ``Adam``'s step without decay. λ is multiplied by η, as in PyTorch, not by the paper's
/// separate multiplier.
public struct AdamW: Solver {
  public static let name = "ADAMW"
  public static let about = "Adam with decoupled weight decay."
  public static let fields = AdamMoments.fields
  public static let example = "solver: {type: ADAMW, base_lr: 1e-3, weight_decay: 1e-2}"

  private let moments: AdamMoments

  public init(_ values: FieldValues) throws(ComponentError) {
    moments = AdamMoments(values)
  }

  public var slotNames: [String] { ["first_moment", "second_moment"] }

  public func update(_ step: SolverStep) {
    ck_adam(
      step.kernel, step.slots[0], step.slots[1], nil,
      moments.factors(for: step, decay: .decoupled))
  }
}
