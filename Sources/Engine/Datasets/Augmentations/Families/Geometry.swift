package import Groundwork

/// DeepDetect's `geometry`: zoom, perspective and translation in one resampling.
///
/// Ours differs from DeepDetect where it is better for labels: bilinear unless told otherwise, and
/// what lies beyond a constant border is ignored rather than class 0.
package struct Geometry: Augmentation {
  package static let name = "geometry"
  package static let about =
    "DeepDetect's geometry: zooms, tilts and moves image and labels in one resampling."
  package static let fields = [
    probability.declaration, effects.declaration, zoomFactor.declaration,
    perspectiveFactor.declaration, translationFactor.declaration, padMode.declaration,
    interpolation.declaration,
  ]
  package static let example = "geometry: {probability: 0.1, pad_mode: mirrored}"

  static let probability = Self.chance(
    0.1, "Probability of changing a sample, by all effects together.")
  static let effects = Field<[String]>.names(
    "effects",
    of: [
      "zoom_in", "zoom_out", "persp_horizontal", "persp_vertical", "transl_h", "transl_v",
    ], default: ["zoom_in", "zoom_out", "persp_horizontal", "persp_vertical"],
    "Which of them; with both zooms one is drawn.")
  static let zoomFactor = Field.number(
    "zoom_factor", default: 0.25, Bounds(0..<0.5),
    "How far each side of the part that is shown moves at most, as a part of the size.")
  static let perspectiveFactor = Field.number(
    "persp_factor", default: 0.25, Bounds(0..<1),
    "How much shorter a side becomes at most, as a part of the size.")
  static let translationFactor = Field.number(
    "transl_factor", default: 0.5, Bounds(0...1),
    "How far it moves at most, as a part of the size, either way.")
  static let padMode = Field.name(
    "pad_mode", default: "mirrored", oneOf: ["mirrored", "constant", "repeat_nearest"],
    "What comes from outside: constant is the data set's mean and ignored in the labels.")
  package static let interpolation = Interpolation.field

  private let probability: Double
  private let zooms: (in: Bool, out: Bool)
  private let tilts: (horizontal: Bool, vertical: Bool)
  private let moves: (horizontal: Bool, vertical: Bool)
  private let factors: (zoom: Double, perspective: Double, translation: Double)
  private let border: Border
  private let interpolation: Interpolation

  package init(_ values: FieldValues) {
    probability = values[Self.probability]
    let effects = values[Self.effects]
    zooms = (effects.contains("zoom_in"), effects.contains("zoom_out"))
    tilts = (effects.contains("persp_horizontal"), effects.contains("persp_vertical"))
    moves = (effects.contains("transl_h"), effects.contains("transl_v"))
    factors = (
      values[Self.zoomFactor], values[Self.perspectiveFactor], values[Self.translationFactor]
    )
    border =
      switch values[Self.padMode] {
      case "constant": .constant
      case "repeat_nearest": .replicate
      default: .reflect101
      }
    interpolation = Interpolation(values)
  }

  /// All as parts of the size.
  package struct Draw {
    /// How far the sides of the part that is shown lie within the image; negative beyond it.
    var inset = (x: 0.0, y: 0.0)
    /// By how much the left and the right side of what is shown, the upper and the lower, shorten.
    var shorter = (left: 0.0, right: 0.0, top: 0.0, bottom: 0.0)
    /// To the right and downward.
    var shift = (x: 0.0, y: 0.0)
  }

  package func draw(_ random: inout RandomStream) -> Draw? {
    guard random.chance(probability) else { return nil }
    var draw = Draw()
    if zooms.in || zooms.out {
      var random = random.part("zoom")
      let isIn = zooms.in && zooms.out ? random.chance(0.5) : zooms.in
      let sign = isIn ? factors.zoom : -factors.zoom
      draw.inset = (sign * Double(random.uniform()), sign * Double(random.uniform()))
    }
    if tilts.horizontal {
      var random = random.part("persp_horizontal")
      let length = factors.perspective * Double(random.uniform())
      if random.chance(0.5) { draw.shorter.left = length } else { draw.shorter.right = length }
    }
    if tilts.vertical {
      var random = random.part("persp_vertical")
      let length = factors.perspective * Double(random.uniform())
      if random.chance(0.5) { draw.shorter.top = length } else { draw.shorter.bottom = length }
    }
    if moves.horizontal {
      var random = random.part("transl_h")
      draw.shift.x = random.either(factors.translation)
    }
    if moves.vertical {
      var random = random.part("transl_v")
      draw.shift.y = random.either(factors.translation)
    }
    return draw
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let draw = draw(&random) else { return }
    sample.warp(
      by: draw.map(for: sample.size), interpolation: interpolation, border: border)
  }
}

extension Geometry.Draw {
  package func map(for size: Size) -> ProjectiveMap {
    // Pixel centres lie at integers, the image's edges half a pixel beyond them.
    let (width, height) = (Double(size.width), Double(size.height))
    let left = shift.x * width - 0.5
    let top = shift.y * height - 0.5
    let (right, bottom) = (left + width, top + height)
    return ProjectiveMap(
      from: (inset.x * width - 0.5, inset.y * height - 0.5),
      to: (width - inset.x * width - 0.5, height - inset.y * height - 0.5),
      shownIn: (
        (left + shorter.top * width / 2, top + shorter.left * height / 2),
        (right - shorter.top * width / 2, top + shorter.right * height / 2),
        (right - shorter.bottom * width / 2, bottom - shorter.right * height / 2),
        (left + shorter.bottom * width / 2, bottom - shorter.left * height / 2)
      ))
  }
}
