internal import Groundwork

extension RegionUnit {
  /// One minus one Dice ratio over all classes of the unit, each class in proportion to its weight:
  ///
  ///     1 − (2 Σ w I + s) / (Σ w (S + T) + s)
  ///
  /// Sets the derivatives. Where the denominator is 0 the ratio is 1 and its gradient 0.
  func weightedDice(smooth: Double = 0, weight: (RegionSums) -> Double) -> (
    loss: Double, terms: Int
  ) {
    var overlap = 0.0
    var union = 0.0
    for region in regions {
      let weight = weight(region)
      overlap += weight * region.overlap
      union += weight * (region.prediction + region.truth)
    }
    guard union + smooth != 0 else { return (0, 1) }
    let dice = (2 * overlap + smooth) / (union + smooth)
    for (label, region) in regions.enumerated() {
      let share = weight(region) / (union + smooth)
      measures[label] = RegionMeasure(
        loss: 0, byOverlap: -2 * share, byPrediction: dice * share)
    }
    return (1 - dice, 1)
  }
}

/// How DeepDetect's weighted Dice losses weigh a class of n pixels: (1 + n)^−e.
struct VolumeWeighting {
  static let field = Field.name(
    "weighting", default: "inverse_volume",
    oneOf: ["equalize_classes", "inverse_volume", "extra_small_volumes"],
    "How much more a class weighs the fewer its pixels: by 1 / (1 + n), its square, or its cube.")

  private let exponent: Int

  init(_ name: String) {
    exponent = name == "equalize_classes" ? 1 : name == "inverse_volume" ? 2 : 3
  }

  func weight(ofPixels number: Double) -> Double { 1 / PortableMath.power(1 + number, exponent) }
}
