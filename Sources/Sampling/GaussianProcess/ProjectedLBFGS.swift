/// Minimizes a smooth function in a box: L-BFGS (Nocedal 1980) on the coordinates that are not held at a
/// side, steps projected into the box and halved until they descend enough (Armijo).
struct ProjectedLBFGS {
  let lower: [Double]
  let upper: [Double]
  var iterations = 100
  /// It stops where no coordinate of the projected gradient is larger.
  var tolerance = 1e-3
  /// The number of steps that curvature is remembered of.
  private let memory = 10

  init(lower: [Double], upper: [Double], iterations: Int = 100, tolerance: Double = 1e-3) {
    (self.lower, self.upper) = (lower, upper)
    (self.iterations, self.tolerance) = (iterations, tolerance)
  }

  /// - Parameter function: the value at a point, and the gradient; not finite where it has none.
  func minimum(
    from start: [Double], _ function: ([Double]) -> (value: Double, gradient: [Double])
  ) -> (point: [Double], value: Double) {
    var x = project(start)
    var (value, gradient) = function(x)
    guard value.isFinite else { return (x, .infinity) }
    var steps: [(s: [Double], y: [Double], rho: Double)] = []
    for _ in 0..<iterations {
      let isHeld = x.indices.map {
        x[$0] <= lower[$0] && gradient[$0] > 0 || x[$0] >= upper[$0] && gradient[$0] < 0
      }
      let free = gradient.indices.map { isHeld[$0] ? 0 : gradient[$0] }
      guard free.contains(where: { $0.magnitude > tolerance }) else { break }
      var direction = Self.direction(free, steps)
      for i in direction.indices where isHeld[i] { direction[i] = 0 }
      if Self.dot(direction, free) >= 0 {
        direction = free.map { -$0 }
        steps.removeAll()
      }
      // The first step has no scale yet.
      var length = steps.isEmpty ? min(1, 1 / Self.dot(free, free).squareRoot()) : 1
      var next: (x: [Double], value: Double, gradient: [Double])?
      for _ in 0..<30 {
        let candidate = project(zip(x, direction).map { $0 + length * $1 })
        let move = zip(candidate, x).map { $0 - $1 }
        let slope = Self.dot(move, gradient)
        let (candidateValue, candidateGradient) = function(candidate)
        if candidateValue.isFinite, slope < 0, candidateValue <= value + 1e-4 * slope {
          next = (candidate, candidateValue, candidateGradient)
          break
        }
        length /= 2
      }
      guard let next else {
        if steps.isEmpty { break }
        steps.removeAll()
        continue
      }
      let s = zip(next.x, x).map { $0 - $1 }
      let y = zip(next.gradient, gradient).map { $0 - $1 }
      let curvature = Self.dot(s, y)
      if curvature > 1e-10 * Self.dot(y, y) {
        steps.append((s, y, 1 / curvature))
        if steps.count > memory { steps.removeFirst() }
      }
      (x, value, gradient) = next
    }
    return (x, value)
  }

  private func project(_ x: [Double]) -> [Double] {
    x.indices.map { min(max(x[$0], lower[$0]), upper[$0]) }
  }

  /// −H g by the two loops over the remembered steps.
  private static func direction(
    _ gradient: [Double], _ steps: [(s: [Double], y: [Double], rho: Double)]
  ) -> [Double] {
    var q = gradient
    var alphas: [Double] = []
    for step in steps.reversed() {
      let alpha = step.rho * dot(step.s, q)
      alphas.append(alpha)
      for i in q.indices { q[i] -= alpha * step.y[i] }
    }
    if let last = steps.last {
      let scale = dot(last.s, last.y) / dot(last.y, last.y)
      for i in q.indices { q[i] *= scale }
    }
    for (step, alpha) in zip(steps, alphas.reversed()) {
      let beta = step.rho * dot(step.y, q)
      for i in q.indices { q[i] += (alpha - beta) * step.s[i] }
    }
    return q.map { -$0 }
  }

  private static func dot(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    for i in a.indices { sum += a[i] * b[i] }
    return sum
  }
}
