package import Execution
package import Groundwork

extension Registry where Member == any Solver.Type {
  /// The solvers that a spec can name.
  package static var solvers: Registry { solversList }
}

private let solversList = Registry<any Solver.Type>(
  kind: "solver",
  [
    SGD.self,
    Nesterov.self,
    SGDW.self,
    AdaGrad.self,
    RMSProp.self,
    AdaDelta.self,
    Adam.self,
    AdamW.self,
    AMSGrad.self,
    AMSGradW.self,
    AdaBelief.self,
    RAdam.self,
    Ranger.self,
    Lookahead.self,
    LAMB.self,
    LARS.self,
    Lion.self,
    MADGRAD.self,
    SharpnessAware.self,
  ]
) { $0 }

/// A rule that turns gradients into new parameters.
package protocol Solver: Component {
  /// A learning rate as the literature has it, from which others can be told that are far off.
  static var usualRate: Double { get }
  /// The buffers it keeps for every parameter, e.g. `["momentum"]`; each starts at zero. Together
  /// with the number of the step they are all that it remembers.
  var stateNames: [String] { get }
  /// One step over all parameters at once: the rules that the step is to apply, in order. Allocates
  /// nothing.
  func update(_ step: SolverStep)
  /// Where the gradient that ``update(_:)`` is given is to be taken, by way of a first one at the
  /// parameters; `nil` where it is that first one.
  var ascent: SharpnessAscent? { get }
}

extension Solver {
  /// That of Adam and what follows it (Kingma & Ba 2015).
  package static var usualRate: Double { 1e-3 }
  /// The rates with which it may still learn: far above them it diverges, far below them it hardly moves.
  package static var bearableRates: ClosedRange<Double> { usualRate / 10_000...usualRate * 200 }

  package var ascent: SharpnessAscent? { nil }
}
