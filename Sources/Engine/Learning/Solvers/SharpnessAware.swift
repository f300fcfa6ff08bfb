package import Execution
package import Groundwork

/// Sharpness-aware minimization around any other solver (Foret et al. 2021), whose step it takes
/// with the gradient at θ + ρ g/(‖g‖ + 1e-12) in place of g, the gradient at θ. ‖g‖ is the norm over
/// all parameters.
///
/// A step costs two passes forward and back. Metric values are those at θ, where batch norm's
/// running statistics are also updated, and not in the second pass. With an `iter_size` every batch
/// has a climb of its own, the paper's m-sharpness.
package struct SharpnessAware: Solver {
  package static let name = "SAM"
  package static let about = "Another solver, made to look for wide valleys; two passes a step."
  package static let fields = [inner.declaration, radius.declaration]
  package static let usualRate = 0.01
  package static let example =
    "solver: {type: SAM, inner: {type: SGD, momentum: 0.9}, base_lr: 0.01, rho: 0.05}"

  static let inner = Field.solver("inner", "The solver that takes the steps, with its settings.")
  static let radius = Field.number(
    "rho", default: 0.05, Bounds(above: 0), "ρ: how far from the parameters the gradient is taken.")

  private let inner: any Solver
  private let radius: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    let choice = values[Self.inner]
    guard
      let made = try Registry.solvers.find(choice.name)?.init(choice.values)
    else { throw ComponentError(field: "inner", "there is no solver '\(choice.name)'") }
    if made.ascent != nil {
      throw ComponentError(
        field: "inner", "\(choice.name) takes two gradients already: name another solver")
    }
    inner = made
    radius = values[Self.radius]
  }

  package var stateNames: [String] { inner.stateNames }

  package var ascent: SharpnessAscent? { SharpnessAscent(radius: radius) }

  package func update(_ step: SolverStep) { inner.update(step) }
}

/// The way up to where a step's second gradient is taken, and back.
package struct SharpnessAscent: Sendable, Hashable {
  /// ρ.
  package var radius: Double

  package init(radius: Double) { self.radius = radius }

  /// Moves the parameters along the step's gradients, which are taken as they are; what has a rate
  /// of 0 stays.
  ///
  /// - Parameter kept: which of the step's buffers becomes what the parameters were.
  package func climb(_ step: SolverStep, keeping kept: Int) {
    step.apply(.climb(keeping: kept, radius: radius))
  }

  /// Puts the parameters back, to the bit.
  package func descend(_ step: SolverStep, to kept: Int) {
    step.apply(.restore(from: kept))
  }
}
