import CKernels
import Foundation
import Testing

@testable import Engine

/// That 10,000 draws are distributed as declared: how often something happens within four standard
/// deviations, uniform numbers by the test of Kolmogorov and Smirnov (p = 1e-4).
@Suite struct AugmentationDrawTests {
  private let count = 10_000

  private func draws<Value>(
    _ name: String, _ draw: (inout RandomStream) -> Value?
  ) -> [Value] {
    (0..<count).compactMap { sample in
      var random = RandomStream(seed: 11, purpose: .init("\(name)#0"), sample: sample)
      return draw(&random)
    }
  }

  private func make<Type: Augmentation>(
    _ type: Type.Type, _ written: [String: FieldValue] = [:]
  ) throws -> Type {
    try type.init(.sample(type.fields, written))
  }

  private func isChance(_ found: Int, _ probability: Double, of count: Int? = nil) -> Bool {
    let count = Double(count ?? self.count)
    let deviation = (count * probability * (1 - probability)).squareRoot()
    return abs(Double(found) - count * probability) <= 4 * deviation
  }

  private func isUniform(_ values: [Double], _ range: ClosedRange<Double>) -> Bool {
    let sorted = values.sorted()
    guard let first = sorted.first, let last = sorted.last, range.contains(first),
      range.contains(last)
    else { return false }
    let count = Double(sorted.count)
    let distance = sorted.enumerated().map { index, value in
      let share = (value - range.lowerBound) / (range.upperBound - range.lowerBound)
      return max(share - Double(index) / count, Double(index + 1) / count - share)
    }
    return (distance.max() ?? 0) < 2.23 / count.squareRoot()
  }

  private func isEven<Value: Hashable>(_ values: [Value], _ kinds: [Value]) -> Bool {
    Set(values).isSubset(of: kinds)
      && kinds.allSatisfy { kind in
        isChance(values.count { $0 == kind }, 1 / Double(kinds.count), of: values.count)
      }
  }

  @Test func `the checks themselves can fail`() {
    #expect(!isUniform((0..<count).map { Double($0 % 100) / 99 * 0.97 }, 0...1))
    #expect(!isUniform([0.5, 1.5], 0...1))
    #expect(!isChance(5250, 0.5))
  }

  @Test func `turns`() throws {
    let rotate = try make(Rotate.self, ["degrees": .number(25), "probability": .number(0.3)])
    let angles = draws("rotate", rotate.draw)
    #expect(isChance(angles.count, 0.3) && isUniform(angles, -25...25))
    let quarters = draws("rotate90", try make(Rotate90.self).draw)
    #expect(isEven(quarters, [0, 1, 2, 3]))
    let halves = draws("rotate90", try make(Rotate90.self, ["turns": .name("half")]).draw)
    #expect(isEven(halves, [0, 2]))
  }

  @Test func `moves and scales`() throws {
    let moved = draws("translate", try make(Translate.self, ["pixels": .integer(2)]).draw)
    #expect(
      isEven(moved.map { [$0.x, $0.y] }, (-2...2).flatMap { x in (-2...2).map { [x, $0] } }))
    let scaled = draws(
      "random_scale", try make(RandomScale.self, ["scale": .numbers([0.5, 2])]).draw)
    #expect(isUniform(scaled.map(\.scale), 0.5...2))
    #expect(isUniform(scaled.map(\.x), 0...1) && isUniform(scaled.map(\.y), 0...1))
    let stepped = draws(
      "random_scale",
      try make(RandomScale.self, ["scale": .numbers([0.5, 2]), "step": .number(0.25)]).draw)
    #expect(isEven(stepped.map(\.scale), [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]))
    let sheared = draws("shear", try make(Shear.self).draw)
    #expect(isChance(sheared.count, 0.5) && isUniform(sheared.map(\.x), -10...10))
    let all = draws("shift_scale_rotate", try make(ShiftScaleRotate.self).draw)
    #expect(isChance(all.count, 0.5))
    #expect(isUniform(all.map(\.angle), -45...45) && isUniform(all.map(\.scale), 0.9...1.1))
    #expect(isUniform(all.map(\.shift.x), -0.0625...0.0625))
    #expect(isUniform(all.map(\.shift.y), -0.0625...0.0625))
    let bent = draws("optical_distortion", try make(OpticalDistortion.self).draw)
    #expect(isChance(bent.count, 0.5) && isUniform(bent, -0.05...0.05))
  }

  @Test func `elastic displacements are normal`() throws {
    let elastic = try make(Elastic.self, ["deviation": .number(4), "grid": .integer(2)])
    let values = draws("elastic") { random in
      var (dx, dy) = ([Float](repeating: 0, count: 4), [Float](repeating: 0, count: 4))
      return elastic.draw(&random, dx: &dx, dy: &dy) ? dx + dy : nil
    }.flatMap { $0 }.map { Double($0) / 4 }
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let variance = values.reduce(0) { $0 + $1 * $1 } / count
    #expect(abs(mean) < 4 / count.squareRoot())
    #expect(abs(variance - 1) < 4 * (2 / count).squareRoot())
    // Φ(1) − Φ(−1)
    #expect(isChance(values.count { abs($0) < 1 }, 0.6827, of: values.count))
  }

  @Test func `normal numbers in bulk are normal`() {
    var values = [Float](repeating: 0, count: 40_000)
    ck_stream_normal(
      ck_stream(seed: 3, block: 0, purpose: 5, sample: 1, epoch: 2), &values, values.count)
    let mean = values.reduce(0) { $0 + Double($1) } / 40_000
    let variance = values.reduce(0) { $0 + Double($1 * $1) } / 40_000
    #expect(abs(mean) < 4 / 200 && abs(variance - 1) < 4 * (2.0 / 40_000).squareRoot())
    #expect(isChance(values.count { $0 < -1.6449 }, 0.05, of: 40_000))
    #expect(isChance(values.count { abs($0) < 1 }, 0.6827, of: 40_000))
  }

  @Test func `DeepDetect's families draw each effect by itself`() throws {
    let distort = try make(Distort.self, ["probability": .number(0.2)])
    let distorted = draws("distort") { distort.draw($0) }
    let changes = [
      (distorted.compactMap(\.brightness), -32.0...32.0),
      (distorted.compactMap(\.contrast), 0.5...1.5),
      (distorted.compactMap(\.saturation), 0.5...1.5), (distorted.compactMap(\.hue), -36...36),
    ]
    for (values, range) in changes {
      #expect(isChance(values.count, 0.2) && isUniform(values, range))
    }
    let orders = distorted.compactMap(\.order).map { [$0.0, $0.1, $0.2] }
    #expect(isChance(orders.count, 0.2))
    #expect(
      isEven(
        orders, [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]))
    #expect(isChance(distorted.count { $0.contrastComesFirst }, 0.5))
    let both = distorted.count { $0.brightness != nil && $0.hue != nil }
    #expect(isChance(both, 0.04), "independent")

    let noise = try make(Noise.self, ["probability": .number(0.1)])
    var found: [Noise.Effect: Int] = [:]
    _ = draws("noise") { random -> Int? in
      noise.draw(random) { effect, _ in found[effect, default: 0] += 1 }
      return nil
    }
    #expect(Noise.Effect.allCases.allSatisfy { isChance(found[$0] ?? 0, 0.1) })
  }

  @Test func `geometry`() throws {
    let all = try make(
      Geometry.self,
      [
        "probability": .number(0.4),
        "effects": .names([
          "zoom_in", "zoom_out", "persp_horizontal", "persp_vertical", "transl_h", "transl_v",
        ]),
      ])
    let drawn = draws("geometry", all.draw)
    #expect(isChance(drawn.count, 0.4))
    #expect(isUniform(drawn.map(\.inset.x), -0.25...0.25))
    #expect(isUniform(drawn.map(\.inset.y), -0.25...0.25))
    #expect(drawn.allSatisfy { $0.inset.x * $0.inset.y >= 0 }, "one zoom for both axes")
    #expect(isUniform(drawn.map { $0.shorter.left - $0.shorter.right }, -0.25...0.25))
    #expect(isUniform(drawn.map { $0.shorter.top - $0.shorter.bottom }, -0.25...0.25))
    #expect(isUniform(drawn.map(\.shift.x), -0.5...0.5))
    #expect(isUniform(drawn.map(\.shift.y), -0.5...0.5))
    let zoomed = draws("geometry", try make(Geometry.self, ["effects": .names(["zoom_in"])]).draw)
    #expect(isChance(zoomed.count, 0.1) && isUniform(zoomed.map(\.inset.x), 0...0.25))
    #expect(zoomed.allSatisfy { $0.shorter == (0, 0, 0, 0) && $0.shift == (0, 0) })
  }

  @Test func `colours`() throws {
    let jitter = draws("color_jitter", try make(ColorJitter.self).draw)
    #expect(jitter.count == count)
    #expect(isUniform(jitter.map(\.brightness), 0.8...1.2))
    #expect(isUniform(jitter.map(\.contrast), 0.8...1.2))
    #expect(isUniform(jitter.map(\.saturation), 0.8...1.2))
    #expect(isUniform(jitter.map(\.hue), -0.05...0.05))
    for place in 0..<4 { #expect(isEven(jitter.map { $0.order[place] }, [0, 1, 2, 3])) }
    let hues = draws("hue_saturation", try make(HueSaturation.self).draw)
    #expect(isChance(hues.count, 0.5))
    #expect(isUniform(hues.map(\.hue), -20...20) && isUniform(hues.map(\.value), -20...20))
    #expect(isUniform(hues.map(\.saturation), -30...30))
    let contrasts = draws("brightness_contrast", try make(BrightnessContrast.self).draw)
    #expect(isUniform(contrasts.map(\.contrast), 0.8...1.2))
    #expect(isUniform(contrasts.map(\.brightness), -0.2...0.2))
    let one: [(String, ClosedRange<Double>, (inout RandomStream) -> Double?)] = [
      ("gamma", 0.8...1.2, try make(Gamma.self).draw),
      ("clahe", 1...4, try make(CLAHE.self).draw),
      ("gaussian_noise", 5...25, try make(GaussianNoise.self).draw),
      ("speckle_noise", 0.05...0.2, try make(SpeckleNoise.self).draw),
      ("poisson_noise", 20...200, try make(PoissonNoise.self).draw),
      ("salt_and_pepper", 0.01...0.06, try make(SaltAndPepper.self).draw),
      ("gaussian_blur", 0.5...3, try make(GaussianBlur.self).draw),
    ]
    for (name, range, draw) in one {
      let values = draws(name, draw)
      #expect(isChance(values.count, 0.5) && isUniform(values, range), "\(name)")
    }
    let lines = draws("motion_blur", try make(MotionBlur.self).draw)
    #expect(isUniform(lines.map(\.length), 3...11) && isUniform(lines.map(\.angle), 0...180))
    let sides = draws("median_blur", try make(MedianBlur.self, ["size": .integer(7)]).draw)
    #expect(isEven(sides, [3, 5, 7]))
    let qualities = draws(
      "jpeg", try make(JPEGCompression.self, ["quality": .numbers([90, 95])]).draw)
    #expect(isEven(qualities, [90, 91, 92, 93, 94, 95]))
  }

  @Test func `rectangles`() throws {
    let size = Size(height: 300, width: 400)
    let cutout = try make(Cutout.self)
    let holes = draws("cutout") { cutout.draw(size, &$0) }
    #expect(holes.allSatisfy { $0.top >= 0 && $0.top + $0.height <= 300 })
    #expect(holes.allSatisfy { $0.left >= 0 && $0.left + $0.width <= 400 })
    let areas = holes.filter { $0.height < 300 && $0.width < 400 }
      .map { Double($0.height * $0.width) / 120_000 }
    #expect(areas.allSatisfy { 0.019...0.4 ~= $0 })
    let mixed = draws("cutmix") { random in
      (try? make(CutMix.self, ["area": .numbers([0.25, 0.25])]))?.draw(size, &random)
    }
    #expect(isChance(mixed.count, 0.5))
    let inner = mixed.filter { $0.rows.lowerBound > 0 && $0.rows.upperBound < 300 }
    #expect(inner.allSatisfy { $0.rows.count == 150 })
    let mosaic = try make(Mosaic.self, ["probability": .number(1)])
    let centres = draws("mosaic") { mosaic.draw(size, &$0) }
    #expect(isUniform(centres.map { (Double($0.row) + 0.0) / 300 }, 0.25...0.75))
    #expect(isEven(centres.map(\.own), [0, 1, 2, 3]))
    let paste = try make(CopyPaste.self, ["share": .number(0.3), "probability": .number(1)])
    let chosen = draws("copy_paste", paste.draw)
    #expect(
      isChance(chosen.count { $0[1] == 1 }, 0.3) && isChance(chosen.count { $0[200] == 1 }, 0.3))
    #expect(chosen.allSatisfy { $0[0] == 0 && $0[255] == 0 })
  }

  @Test func `shares of a mixture`() throws {
    #expect(draws("mixup", try make(Mixup.self).draw).count == count)
    let some = try make(Mixup.self, ["alpha": .number(1), "probability": .number(0.3)])
    let shares = draws("mixup", some.draw)
    #expect(isChance(shares.count, 0.3) && isUniform(shares, 0...1))
  }

  @Test(arguments: [0.01, 0.2, 0.5, 1, 1.5, 8, 20])
  func `numbers of Beta(α, α)`(alpha: Double) {
    let shares = draws("beta") { $0.symmetricBeta(alpha) }
    let lower = shares.filter { $0 < 0.5 }
    #expect(isChance(lower.count, 0.5))
    func integrals(_ values: [Double], _ alpha: Double) -> [Double] {
      values.map { 2 * symmetricBetaIntegral(to: $0, alpha) }
    }
    var isRight = isUniform(integrals(lower, alpha), 0...1)
    #expect(isRight)
    isRight = isUniform(integrals(lower, 1.25 * alpha), 0...1)
    #expect(!isRight)
    // So close to 1 as the smallest α goes there are no numbers.
    guard alpha >= 0.2 else { return }
    isRight = isUniform(integrals(shares.filter { $0 >= 0.5 }.map { 1 - $0 }, alpha), 0...1)
    #expect(isRight)
  }

  @Test func `the integral of Beta(α, α) is what it is known to be`() {
    for place in [0.001, 0.2, 0.5, 0.7, 0.999] {
      let known = [
        (0.5, 2 / .pi * asin(place.squareRoot())), (1, place),
        (2, place * place * (3 - 2 * place)),
        (3, place * place * place * (10 - 15 * place + 6 * place * place)),
      ]
      for (alpha, value) in known {
        #expect(abs(symmetricBetaIntegral(to: place, alpha) - value) < 1e-12)
      }
    }
  }
}

/// The part of Beta(α, α) that lies below a place in 0…1: up to ½ the incomplete beta function as a
/// power series (DLMF 8.17.7), above it by symmetry.
private func symmetricBetaIntegral(to place: Double, _ alpha: Double) -> Double {
  if place > 0.5 { return 1 - symmetricBetaIntegral(to: 1 - place, alpha) }
  if place <= 0 { return 0 }
  var (factor, sum) = (1.0, 1 / alpha)
  for n in 1..<200 {
    factor *= (Double(n) - alpha) / Double(n) * place
    sum += factor / (alpha + Double(n))
  }
  let logBeta = 2 * lgamma(alpha) - lgamma(2 * alpha)
  return sum * exp(alpha * log(place) - logBeta)
}
