internal import CKernels
package import Groundwork

/// DeepDetect's `noise`: eleven ways to spoil an image, each with a probability of its own.
package struct Noise: Augmentation {
  package static let name = "noise"
  package static let about =
    "DeepDetect's noise_prob: blur, equalisation, JPEG, false colours and other ways to spoil it."
  package static let changesValuesAlone = true
  package static let fields = [probability.declaration, effects.declaration]
  package static let example = "noise: {probability: 0.001}"

  static let probability = Self.chance(
    0.001, "Probability of each effect by itself; 0.001 where there is little data.")
  static let effects = Field<[String]>.names(
    "effects", of: Effect.allCases.map(\.rawValue),
    "Which of them; those that need colours leave grey images as they are.")

  /// In the order in which they are applied.
  package enum Effect: String, CaseIterable, Sendable {
    case decolorize
    case gaussBlur = "gauss_blur"
    case histEq = "hist_eq"
    case clahe
    case jpg
    case erode
    case posterize
    case inverse
    case saltpepper
    case convertToHSV = "convert_to_hsv"
    case convertToLab = "convert_to_lab"
  }

  private let probability: Double
  private let effects: [Effect]

  package init(_ values: FieldValues) {
    probability = values[Self.probability]
    let names = values[Self.effects]
    effects = Effect.allCases.filter { names.contains($0.rawValue) }
  }

  package func outputSize(for size: Size) throws(ComponentError) -> Size {
    if effects.contains(.jpg) { try JPEGCompression.require(size, field: "effects") }
    return size
  }

  /// Calls `body` with each effect that happens and the stream for what else it draws.
  package func draw(_ random: RandomStream, _ body: (Effect, inout RandomStream) -> Void) {
    for effect in effects {
      var random = random.part(effect.rawValue)
      if random.chance(probability) { body(effect, &random) }
    }
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    draw(random) { effect, random in Self.apply(effect, to: &sample, &random) }
  }

  package static func apply(_ effect: Effect, to sample: inout Sample, _ random: inout RandomStream)
  {
    switch effect {
    case .decolorize: sample.saturate(by: 0)
    case .gaussBlur: sample.blur(deviation: 1.5, radius: 3)
    case .histEq: sample.equalizeHistogram()
    case .clahe: sample.equalizeLocally(tiles: 8, clip: 4)
    case .jpg: sample.compress(quality: max(1, random.below(101)))
    case .erode: sample.erode()
    case .posterize: ck_posterize(&sample.image, sample.image.count)
    case .inverse: sample.scaleValues(by: -1, plus: 255)
    case .saltpepper: sample.addSaltAndPepper(share: 0.1, &random)
    case .convertToHSV: if sample.isColoured { ck_false_hsv(&sample.image, sample.size.area) }
    case .convertToLab: if sample.isColoured { ck_false_lab(&sample.image, sample.size.area) }
    }
  }
}
