import CKernels
import Foundation
import Testing

@Suite("exp, ln, tanh and the cube root of the kernels")
struct FloatMathTests {
  /// Distance from the true value in units of the last place of the result.
  func ulps(_ value: Float, _ reference: Double) -> Double {
    abs(Double(value) - reference) / Double(Float(reference).ulp)
  }

  @Test("exp is within 2 ulp wherever its result is normal")
  func exponential() {
    var worst = 0.0
    for index in 0...60_000 {
      let x = -87.3 + 175.2 * Float(index) / 60_000
      worst = max(worst, ulps(ck_exp(x), exp(Double(x))))
    }
    #expect(worst < 2)
    #expect(ck_exp(0) == 1)
  }

  @Test("ln is within 2 ulp")
  func logarithm() {
    var worst = 0.0
    for index in 1...60_000 {
      let x = 255 * Float(index) / 60_000
      worst = max(worst, ulps(ck_log(x), log(Double(x))))
    }
    for x in [Float.leastNormalMagnitude, 1e-20, 1.0000001, 1e20, .greatestFiniteMagnitude] {
      worst = max(worst, ulps(ck_log(x), log(Double(x))))
    }
    #expect(worst < 2)
    #expect(ck_log(1) == 0)
  }

  @Test("tanh is within 4 ulp, also where it is small")
  func hyperbolicTangent() {
    var worst = 0.0
    for index in -30_000...30_000 {
      let x = Float(index) / 2_500
      worst = max(worst, x == 0 ? 0 : ulps(ck_tanh(x), tanh(Double(x))))
      worst = max(worst, x == 0 ? 0 : ulps(ck_tanh(x * 1e-6), tanh(Double(x * 1e-6))))
    }
    #expect(worst < 4)
    #expect(
      ck_tanh(0) == 0 && ck_tanh(-100) == -1 && ck_tanh(.infinity) == 1 && ck_tanh(.nan).isNaN)
  }

  @Test("the cube root is within 2 ulp")
  func cubeRoot() {
    var worst = 0.0
    for index in 1...60_000 {
      let x = 9 * Float(index) / 60_000
      worst = max(worst, ulps(ck_cbrt(x), cbrt(Double(x))))
    }
    for x in [Float.leastNormalMagnitude, 1e-20, 1, 8, 27, 1e20, .greatestFiniteMagnitude] {
      worst = max(worst, ulps(ck_cbrt(x), cbrt(Double(x))))
    }
    #expect(worst < 2)
    #expect(ck_cbrt(0) == 0)
    #expect(ck_cbrt(.leastNonzeroMagnitude) < 1e-12)
    #expect(ck_cbrt(.infinity) == .infinity)
    #expect(ck_cbrt(.nan).isNaN)
  }

  @Test("what is not a number stays so, infinities and underflow are right")
  func ends() {
    #expect(ck_exp(.nan).isNaN)
    #expect(ck_exp(-.infinity) == 0)
    #expect(ck_exp(-1e30) == 0)
    #expect(ck_exp(.infinity) == .infinity)
    #expect(ck_exp(1e30) == .infinity)
    #expect(ck_log(.nan).isNaN)
    #expect(ck_log(.infinity) == .infinity)
  }
}
