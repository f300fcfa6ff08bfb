import Foundation
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Dense CRF inference")
struct DenseCRFInferenceTests {
  /// An image of a few regions, each of one colour with a little noise, and probabilities that are
  /// wrong at some pixels.
  struct Scene: Sendable, CustomTestStringConvertible {
    let size: Size
    let classes: Int
    let channels: Int
    var field = DenseCRFInference()
    /// `[H, W, channels]`.
    var image: [UInt8] = []
    /// `[K, H, W]`.
    var probabilities: [Float] = []

    init(_ height: Int, _ width: Int, classes: Int, channels: Int, _ field: DenseCRFInference) {
      (size, self.classes, self.channels) = (Size(height: height, width: width), classes, channels)
      self.field = field
      var random = RandomStream(seed: 7, purpose: .init("dense CRF"))
      probabilities = Array(repeating: 0, count: classes * size.area)
      for pixel in 0..<size.area {
        let (row, column) = pixel.quotientAndRemainder(dividingBy: width)
        let region = (row / 7 + column / 9) % classes
        for channel in 0..<channels {
          let colour = (region * 83 + channel * 41) % 200
          image.append(UInt8(colour + random.below(21)))
        }
        let odds = (0..<classes).map { label in
          exp((label == region ? 2 : 0) + 3 * random.uniform())
        }
        let sum = odds.reduce(0, +)
        for label in 0..<classes { probabilities[label * size.area + pixel] = odds[label] / sum }
      }
    }

    var testDescription: String { "\(size), \(classes) classes, \(channels) channels" }

    func refined(threads: Int = 2) -> [Float] {
      var refined = probabilities
      let succeeded = refined.withUnsafeMutableBufferPointer { refined in
        field.refine(
          refined.baseAddress!, classes: classes, size: size, image: image, channels: channels,
          threads: threads)
      }
      #expect(succeeded)
      return refined
    }

    /// What inference approximates: the sums over all pairs of pixels, in double precision.
    func exact() -> [Float] {
      let kernels = [
        (field.bilateralWeight, field.bilateralDeviation, true),
        (field.gaussianWeight, field.gaussianDeviation, false),
      ]
      var pairs = [Double](repeating: 0, count: size.area * size.area)
      for (weight, deviation, seesColours) in kernels {
        let kernel = (0..<size.area).flatMap { pixel in
          (0..<size.area).map { other in
            var exponent = squaredDistance(pixel, other) / Double(deviation * deviation)
            if seesColours {
              let deviation = Double(field.colourDeviation)
              exponent += squaredDifference(pixel, other) / (deviation * deviation)
            }
            return exp(-exponent / 2)
          }
        }
        let norms = (0..<size.area).map { pixel in
          kernel[pixel * size.area..<(pixel + 1) * size.area].reduce(0, +)
        }
        for pair in pairs.indices {
          let (pixel, other) = pair.quotientAndRemainder(dividingBy: size.area)
          pairs[pair] += Double(weight) * kernel[pair] / (norms[pixel] * norms[other]).squareRoot()
        }
      }
      var current = normalized(probabilities.map { max(Double($0), 1e-5) })
      for _ in 0..<field.iterations {
        let scores = current.indices.map { index in
          let (label, pixel) = index.quotientAndRemainder(dividingBy: size.area)
          var message = 0.0
          for other in 0..<size.area {
            message += pairs[pixel * size.area + other] * current[label * size.area + other]
          }
          return max(Double(probabilities[index]), 1e-5) * exp(message)
        }
        current = normalized(scores)
      }
      return current.map(Float.init)
    }

    private func squaredDistance(_ pixel: Int, _ other: Int) -> Double {
      let rows = pixel / size.width - other / size.width
      let columns = pixel % size.width - other % size.width
      return Double(rows * rows + columns * columns)
    }

    private func squaredDifference(_ pixel: Int, _ other: Int) -> Double {
      (0..<channels).reduce(0) { sum, channel in
        let difference =
          Double(image[pixel * channels + channel]) - Double(image[other * channels + channel])
        return sum + difference * difference
      }
    }

    private func normalized(_ values: [Double]) -> [Double] {
      values.indices.map { index in
        let pixel = index % size.area
        let sum = stride(from: pixel, to: values.count, by: size.area).reduce(0) { $0 + values[$1] }
        return values[index] / sum
      }
    }

    func labels(_ probabilities: [Float]) -> [Int] {
      (0..<size.area).map { pixel in
        (0..<classes).max {
          probabilities[$0 * size.area + pixel] < probabilities[$1 * size.area + pixel]
        }!
      }
    }
  }

  static let scenes = [
    Scene(
      20, 24, classes: 4, channels: 3,
      DenseCRFInference(bilateralDeviation: 20, colourDeviation: 20, iterations: 5)),
    Scene(
      16, 18, classes: 2, channels: 1,
      DenseCRFInference(bilateralWeight: 4, bilateralDeviation: 8, colourDeviation: 20)),
    Scene(20, 24, classes: 9, channels: 3, DenseCRFInference(bilateralWeight: 0)),
    Scene(
      60, 1, classes: 3, channels: 3,
      DenseCRFInference(bilateralDeviation: 10, colourDeviation: 20, gaussianWeight: 0)),
  ]

  @Test("the lattice gives what the sums over all pairs of pixels do", arguments: scenes)
  func approximation(scene: Scene) {
    let (refined, exact) = (scene.refined(), scene.exact())
    let difference = zip(refined, exact).reduce(0) { $0 + abs($1.0 - $1.1) } / Float(exact.count)
    #expect(difference < 0.005)
    let (found, expected) = (scene.labels(refined), scene.labels(exact))
    let different = zip(found, expected).count { $0 != $1 }
    #expect(different * 50 <= scene.size.area)
    // The field has something to say here.
    #expect(expected != scene.labels(scene.probabilities))
  }

  @Test("the number of threads does not change a bit", arguments: scenes)
  func threads(scene: Scene) {
    let alone = scene.refined(threads: 1)
    for threads in [2, 3, 7] { #expect(scene.refined(threads: threads) == alone) }
  }

  @Test("probabilities sum to 1", arguments: scenes)
  func sums(scene: Scene) {
    let refined = scene.refined()
    for pixel in 0..<scene.size.area {
      let sum = stride(from: pixel, to: refined.count, by: scene.size.area)
        .reduce(0) { $0 + refined[$1] }
      #expect(abs(sum - 1) < 1e-5)
    }
  }

  @Test("pixels that know nothing learn nothing, whatever the image", arguments: scenes)
  func uniform(scene: Scene) {
    var scene = scene
    let share = 1 / Float(scene.classes)
    scene.probabilities = Array(repeating: share, count: scene.probabilities.count)
    #expect(scene.refined().allSatisfy { abs($0 - share) < 1e-6 })
  }

  @Test("the order of the classes does not matter", arguments: scenes)
  func order(scene: Scene) {
    var turned = scene
    turned.probabilities = Array(
      scene.probabilities[scene.size.area...] + scene.probabilities[..<scene.size.area])
    let refined = scene.refined()
    let expected = refined[scene.size.area...] + refined[..<scene.size.area]
    #expect(zip(turned.refined(), expected).allSatisfy { abs($0 - $1) < 1e-4 })
  }

  @Test("a single pixel sees itself alone, as often as it is updated", arguments: 1...4)
  func onePixel(iterations: Int) {
    var scene = Scene(
      1, 1, classes: 2, channels: 3,
      DenseCRFInference(bilateralWeight: 1, gaussianWeight: 0.5, iterations: iterations))
    scene.probabilities = [0.6, 0.4]
    var expected = 0.6
    for _ in 0..<iterations {
      let odds = 0.6 / 0.4 * exp(1.5 * (2 * expected - 1))
      expected = odds / (1 + odds)
    }
    #expect(abs(scene.refined()[0] - Float(expected)) < 1e-6)
  }

  @Test("without kernels or updates, probabilities are only normalized")
  func nothing() {
    for field in [
      DenseCRFInference(bilateralWeight: 0, gaussianWeight: 0), DenseCRFInference(iterations: 0),
    ] {
      var scene = Scene(1, 2, classes: 2, channels: 1, field)
      scene.probabilities = [0.2, 0.5, 0.6, 0]
      let refined = scene.refined()
      #expect(abs(refined[0] - 0.25) < 1e-6 && abs(refined[2] - 0.75) < 1e-6)
      #expect(abs(refined[3] - 2e-5) < 1e-7)
    }
  }

  @Test("a pixel takes the class of its colour, across a border that only the image shows")
  func border() {
    var scene = Scene(
      8, 8, classes: 2, channels: 1,
      DenseCRFInference(bilateralDeviation: 10, colourDeviation: 10, gaussianWeight: 0))
    for pixel in 0..<64 {
      let isRight = pixel % 8 >= 4
      scene.image[pixel] = isRight ? 200 : 50
      // The probabilities put the border a column too far to the right.
      let probability: Float = pixel % 8 >= 5 ? 0.7 : 0.3
      scene.probabilities[64 + pixel] = probability
      scene.probabilities[pixel] = 1 - probability
    }
    #expect(scene.labels(scene.refined()) == (0..<64).map { $0 % 8 >= 4 ? 1 : 0 })
  }

  @Test("a NaN is seen")
  func notANumber() {
    var scene = Self.scenes[0]
    scene.probabilities[0] = .nan
    #expect(scene.refined()[0].isNaN)
  }
}
