@testable import Datasets
@testable import Groundwork
@testable import Learning
import Testing

extension AugmentationDistributions {
  /// Of what says what values pixels have.
  static let ofValues: [String: @Sendable () throws -> Void] = [
    "distort": {
      let distort = try Draws.make(Distort.self, ["probability": .number(0.2)])
      let drawn = Draws.all(of: "distort") { distort.draw($0) }
      let changes = [
        (drawn.compactMap(\.brightness), -32.0...32.0), (drawn.compactMap(\.contrast), 0.5...1.5),
        (drawn.compactMap(\.saturation), 0.5...1.5), (drawn.compactMap(\.hue), -36...36),
      ]
      for (values, range) in changes {
        #expect(Draws.isChance(values.count, 0.2) && Draws.isUniform(values, range))
      }
      let orders = drawn.compactMap(\.order).map { [$0.0, $0.1, $0.2] }
      #expect(Draws.isChance(orders.count, 0.2))
      #expect(
        Draws.isEven(
          orders, [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]]))
      #expect(Draws.isChance(drawn.count { $0.contrastComesFirst }, 0.5))
      let both = drawn.count { $0.brightness != nil && $0.hue != nil }
      #expect(Draws.isChance(both, 0.04), "independent")
    },
    "color_jitter": {
      let drawn = Draws.all(of: "color_jitter", try Draws.make(ColorJitter.self).draw)
      #expect(drawn.count == Draws.count)
      #expect(Draws.isUniform(drawn.map(\.brightness), 0.8...1.2))
      #expect(Draws.isUniform(drawn.map(\.contrast), 0.8...1.2))
      #expect(Draws.isUniform(drawn.map(\.saturation), 0.8...1.2))
      #expect(Draws.isUniform(drawn.map(\.hue), -0.05...0.05))
      for place in 0..<4 { #expect(Draws.isEven(drawn.map { $0.order[place] }, [0, 1, 2, 3])) }
    },
    "hue_saturation": {
      let drawn = Draws.all(of: "hue_saturation", try Draws.make(HueSaturation.self).draw)
      #expect(Draws.isChance(drawn.count, 0.5))
      #expect(Draws.isUniform(drawn.map(\.hue), -20...20))
      #expect(Draws.isUniform(drawn.map(\.saturation), -30...30))
      #expect(Draws.isUniform(drawn.map(\.value), -20...20))
    },
    "brightness_contrast": {
      let drawn = Draws.all(of: "brightness_contrast", try Draws.make(BrightnessContrast.self).draw)
      #expect(Draws.isChance(drawn.count, 0.5))
      #expect(Draws.isUniform(drawn.map(\.contrast), 0.8...1.2))
      #expect(Draws.isUniform(drawn.map(\.brightness), -0.2...0.2))
    },
    "gamma": { try expectStrength(Gamma.self, 0.8...1.2) },
    "clahe": { try expectStrength(CLAHE.self, 1...4) },
    "gaussian_noise": {
      try expectStrength(GaussianNoise.self, 5...25)
      let noise = try Draws.make(
        GaussianNoise.self, ["deviation": .numbers([10, 10]), "probability": .number(1)])
      #expect(Draws.isNormal(values(after: noise, of: 128).map { (Double($0) - 128) / 10 }))
    },
    "speckle_noise": {
      try expectStrength(SpeckleNoise.self, 0.05...0.2)
      let noise = try Draws.make(
        SpeckleNoise.self, ["deviation": .numbers([0.1, 0.1]), "probability": .number(1)])
      #expect(Draws.isNormal(values(after: noise, of: 128).map { (Double($0) - 128) / 12.8 }))
    },
    "poisson_noise": {
      try expectStrength(PoissonNoise.self, 20...200)
      // 102 of 255 are 20 of 50 photons.
      let noise = try Draws.make(
        PoissonNoise.self, ["photons": .numbers([50, 50]), "probability": .number(1)])
      let counts = values(after: noise, of: 102).map { Double($0) * 50 / 255 }
      let mean = counts.reduce(0, +) / Double(counts.count)
      let variance = counts.reduce(0) { $0 + ($1 - 20) * ($1 - 20) } / Double(counts.count)
      let count = Double(counts.count)
      #expect(abs(mean - 20) < 4 * (20 / count).squareRoot())
      // The fourth central moment of Poisson's distribution is λ + 3 λ².
      #expect(abs(variance - 20) < 4 * ((20 + 2 * 400) / count).squareRoot())
    },
    "salt_and_pepper": {
      try expectStrength(SaltAndPepper.self, 0.01...0.06)
      let noise = try Draws.make(
        SaltAndPepper.self, ["amount": .numbers([0.2, 0.2]), "probability": .number(1)])
      let pixels = values(after: noise, of: 128)
      // Of 10,000 pixels 2,000 are drawn, some of them twice.
      let left = pixels.count { $0 == 128 }
      #expect(Draws.isChance(left, 0.818731, of: pixels.count))
      #expect(Draws.isChance(pixels.count { $0 == 255 }, 0.5, of: pixels.count - left))
      #expect(pixels.allSatisfy { [0, 128, 255].contains($0) })
    },
    "gaussian_blur": { try expectStrength(GaussianBlur.self, 0.5...3) },
    "median_blur": {
      let sides = Draws.all(
        of: "median_blur", try Draws.make(MedianBlur.self, ["size": .integer(7)]).draw)
      #expect(Draws.isChance(sides.count, 0.5) && Draws.isEven(sides, [3, 5, 7]))
    },
    "motion_blur": {
      let lines = Draws.all(of: "motion_blur", try Draws.make(MotionBlur.self).draw)
      #expect(Draws.isChance(lines.count, 0.5) && Draws.isUniform(lines.map(\.length), 3...11))
      #expect(Draws.isUniform(lines.map(\.angle), 0...180))
    },
    "jpeg": {
      let qualities = Draws.all(
        of: "jpeg", try Draws.make(JPEGCompression.self, ["quality": .numbers([90, 95])]).draw)
      #expect(Draws.isChance(qualities.count, 0.5))
      #expect(Draws.isEven(qualities, [90, 91, 92, 93, 94, 95]))
    },
    "noise": {
      let noise = try Draws.make(Noise.self, ["probability": .number(0.1)])
      var found: [Noise.Effect: Int] = [:]
      var pairs = 0
      for sample in 0..<Draws.count {
        var effects: Set<Noise.Effect> = []
        noise.draw(RandomStream(seed: 11, purpose: .init("noise#0"), sample: sample)) { effect, _ in
          effects.insert(effect)
        }
        for effect in effects { found[effect, default: 0] += 1 }
        if effects.isSuperset(of: [.erode, .jpg]) { pairs += 1 }
      }
      for effect in Noise.Effect.allCases {
        #expect(Draws.isChance(found[effect] ?? 0, 0.1), "\(effect)")
      }
      #expect(Draws.isChance(pairs, 0.01), "independent")
    },
    "cutout": {
      // So large that whole pixels do not matter.
      let side = 10_000_000
      let size = Size(height: side, width: side)
      let cutout = try Draws.make(
        Cutout.self, ["area": .numbers([0.02, 0.4]), "aspect": .numbers([0.5, 2])])
      let holes = Draws.all(of: "cutout") { cutout.draw(size, &$0) }
      let extents = holes.map { (Double($0.height), Double($0.width)) }
      let area = Double(side) * Double(side)
      #expect(Draws.isUniform(extents.map { $0 * $1 / area }, 0.02...0.4, tolerance: 1e-5))
      #expect(Draws.isUniform(extents.map { $0 / $1 }, 0.5...2, tolerance: 1e-5))
      #expect(Draws.isUniform(holes.map { Double($0.top) / Double(side - $0.height) }, 0...1))
      #expect(Draws.isUniform(holes.map { Double($0.left) / Double(side - $0.width) }, 0...1))
      let covering = try Draws.make(
        Cutout.self, ["probability": .number(0.3), "fill": .name("mean")])
      let covered = Draws.samples(covering, of: grey(Size(height: 8, width: 8), 128)) {
        $0.image.contains(0)
      }
      #expect(Draws.isChance(covered.count { $0 }, 0.3))
    },
  ]

  /// Of those that draw one strength for half of the samples.
  private static func expectStrength<Kind: GradedAugmentation>(
    _ type: Kind.Type, _ range: ClosedRange<Double>
  ) throws {
    let drawn = Draws.all(of: type.name, try Draws.make(type).draw)
    #expect(Draws.isChance(drawn.count, 0.5) && Draws.isUniform(drawn, range))
  }

  private static func grey(_ size: Size, _ value: Float) -> Sample {
    Sample(
      size: size, channels: 1, image: Array(repeating: value, count: size.area),
      labels: Array(repeating: 0, count: size.area), fill: [0])
  }

  /// Of 10,000 pixels that had one value.
  private static func values(after augmentation: any Augmentation, of value: Float) -> [Float] {
    var sample = grey(Size(height: 100, width: 100), value)
    var random = RandomStream(seed: 11, purpose: .init("values"))
    augmentation.apply(to: &sample, random: &random)
    return sample.image
  }
}
