import Foundation
import Testing

@testable import Experiments

@Suite("The curve of the learning-rate finder")
struct LearningRateCurveTests {
  /// A loss for each rate from 1e-6 to 10, a tenth of a decade apart.
  private func curve(_ loss: (Double) -> Double) -> LearningRateCurve {
    var curve = LearningRateCurve()
    for index in 0...70 where curve.end == .complete {
      let exponent = -6 + Double(index) / 10
      curve.add(rate: pow(10, exponent), loss: loss(exponent))
    }
    return curve
  }

  @Test("the mean of equal losses is that loss from the first on")
  func smoothing() {
    let flat = curve { _ in 2 }
    #expect(flat.points.count == 71)
    #expect(flat.points.allSatisfy { abs($0.smoothedLoss - 2) < 1e-12 })
    #expect(flat.steepest == nil)
    var short = LearningRateCurve()
    short.add(rate: 1, loss: 1)
    short.add(rate: 2, loss: 3)
    // (0.1 · 3 + 0.9 · 0.1 · 1) / (1 − 0.81)
    #expect(abs(short.points[1].smoothedLoss - 0.39 / 0.19) < 1e-12)
  }

  @Test("it ends where the smoothed loss is four times the lowest")
  func divergence() throws {
    let curve = curve { $0 < -1 ? 1 : 100 }
    #expect(curve.end == .diverged)
    #expect(curve.points.count < 55)
    let last = try #require(curve.points.last)
    #expect(last.smoothedLoss > 4)
    #expect(curve.points.dropLast().allSatisfy { $0.smoothedLoss <= 4 })
  }

  @Test("the suggestion lies on the fall, before the lowest loss")
  func suggestion() throws {
    // A fall around 1e-3, a rise from 1e-1 on.
    let curve = curve { exponent in
      1 - 0.5 / (1 + exp(-4 * (exponent + 3))) + max(0, exponent + 1) * 0.5
    }
    let steepest = try #require(curve.steepest)
    // The mean lags behind the loss by most of a decade.
    #expect(steepest.rate > 3e-4 && steepest.rate < 1e-2)
    let lowest = try #require(curve.lowest)
    #expect(steepest.rate < lowest.rate)
  }

  @Test("where the loss only rises there is no suggestion, and a spike does not make one")
  func none() {
    #expect(curve { 1 + ($0 + 6) / 10 }.steepest == nil)
  }

  @Test("rates read as in a spec", arguments: [(2.54e-3, "2.5e-3"), (1e-7, "1e-7"), (10, "1e1")])
  func rates(rate: Double, text: String) {
    #expect(LearningRateReport.text(rate) == text)
  }
}
