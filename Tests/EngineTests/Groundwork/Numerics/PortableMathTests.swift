import Foundation
@testable import Groundwork
import Testing

@Suite("Portable mathematics")
struct PortableMathTests {
  @Test("powers agree with the C library's to the last few bits")
  func powers() {
    for exponent in [0.5, 0.9, 1, 1.5, 2.5, 7.25, -0.75] {
      for base in [1e-12, 1e-6, 0.001, 0.1, 0.3, 0.5, 0.7071, 0.9, 0.999999, 1, 1.4143, 3, 1e5] {
        let expected = pow(base, exponent)
        let tolerance = 1e-15 * max(1, abs(exponent * log2(base)))
        #expect(
          abs(PortableMath.power(base, exponent) / expected - 1) <= tolerance,
          "\(base) to the \(exponent)")
      }
    }
  }

  @Test("the ends: nothing, zero and what is out of range")
  func ends() {
    #expect(PortableMath.power(0, 0.9) == 0)
    #expect(PortableMath.power(0.3, 0.0) == 1)
    #expect(PortableMath.power(2, 10.0) == 1024)
    #expect(PortableMath.power(2, 1000.5).isFinite)
    #expect(PortableMath.power(1e-300, 2.0) == 0)
    #expect(PortableMath.power(1e300, 2.0) == .infinity)
    #expect(PortableMath.power(2, -1074.0) == 0x1p-1074)
  }

  @Test("whole powers agree with the C library's")
  func wholePowers() {
    for exponent in [0, 1, 2, 3, 10, 100, 1000] {
      for base in [0, 0.1, 0.5, 0.96, 0.999, 1.5] {
        let expected = pow(base, Double(exponent))
        let tolerance = expected * Double(exponent) * 1.2e-16
        #expect(abs(PortableMath.power(base, exponent) - expected) <= tolerance)
      }
    }
  }

  @Test("exponentials agree with the C library's")
  func exponentials() {
    for x in [-700, -30.5, -1, -1e-9, 0, 0.3, 1, 5, 40, 700] {
      let tolerance = 1e-15 * max(1, abs(x))
      #expect(abs(PortableMath.exponential(x) / exp(x) - 1) <= tolerance, "\(x)")
    }
    #expect(PortableMath.exponential(0) == 1)
    #expect(PortableMath.exponential(-1e6) == 0)
    #expect(PortableMath.exponential(1e6) == .infinity)
  }

  @Test("a raised cosine agrees with the C library's, also where it is almost 0")
  func raisedCosines() {
    for x in [0, 1e-9, 0.1, 0.25, 0.3333, 0.5, 0.500001, 0.75, 0.99, 0.999999] {
      let root = sin(Double.pi / 2 * (1 - x))
      #expect(abs(PortableMath.raisedCosine(x) / (root * root) - 1) <= 1e-15, "\(x)")
    }
    #expect(PortableMath.raisedCosine(0) == 1)
    #expect(PortableMath.raisedCosine(1) == 0)
  }

  @Test("logarithms agree with the C library's")
  func logarithms() {
    for x in [1e-300, 0.001, 0.7, 0.70711, 1, 1.02, 1.4142, 1.4143, 2.02, 10, 1e300] {
      #expect(abs(PortableMath.logarithm(x) - log(x)) <= 4e-16 * max(abs(log(x)), 1e-3), "\(x)")
    }
  }
}
