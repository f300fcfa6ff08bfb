extension RandomStream {
  /// A number of Beta(α, α), which is symmetric around ½, for α > 0; the same on every processor.
  ///
  /// Both ways reject until a pair fits, so that they are exact. Up to 1: X = U^(1/α) and Y = V^(1/α)
  /// with X + Y ≤ 1 give X / (X + Y) (Jöhnk 1964), here from logarithms, since powers of small α are
  /// too small for numbers. Above 1: logistic proposals (Cheng 1978, algorithm BB).
  package mutating func symmetricBeta(_ alpha: Double) -> Double {
    alpha <= 1 ? johnk(alpha) : cheng(alpha)
  }

  private mutating func johnk(_ alpha: Double) -> Double {
    while true {
      let first = PortableMath.logarithm(insideUnit()) / alpha
      let second = PortableMath.logarithm(insideUnit()) / alpha
      guard PortableMath.exponential(first) + PortableMath.exponential(second) <= 1 else {
        continue
      }
      return 1 / (1 + PortableMath.exponential(second - first))
    }
  }

  /// In Cheng's letters with a = b: β = 1/√a, γ = a + √a, W = a e^V, and a proposal is taken where
  /// γV − ln 4 + 2a ln(2a / (a + W)) ≥ ln U₁²U₂.
  private mutating func cheng(_ alpha: Double) -> Double {
    let root = alpha.squareRoot()
    while true {
      let (first, second) = (insideUnit(), insideUnit())
      let v = PortableMath.logarithm(first / (1 - first)) / root
      let exponential = PortableMath.exponential(v)
      let bound =
        (alpha + root) * v + 2 * alpha * PortableMath.logarithm(2 / (1 + exponential))
        - PortableMath.logarithm(4)
      guard bound >= PortableMath.logarithm(first * first * second) else { continue }
      return exponential / (1 + exponential)
    }
  }

  /// In (0, 1), 32 bits.
  private mutating func insideUnit() -> Double { (Double(word()) + 0.5) * 0x1p-32 }
}
