internal import Foundation

/// Colours that are far apart: each next one is the candidate farthest from all before it. The distance of
/// two colours is the least in OKLab (Ottosson 2020) for normal vision and for protan, deutan and tritan
/// deficiency (Machado, Oliveira and Fernandes 2009, severity 1).
package enum FarthestColours {
  private static let beginning = [PlotColour(0x0961BB), PlotColour(0xCB5A1A)]

  /// - Parameter given: colours that are taken; none of them is returned.
  package static func first(_ count: Int, besides given: [PlotColour] = []) -> [PlotColour] {
    guard count > 0 else { return [] }
    var chosen = given.isEmpty ? Array(beginning.prefix(count)) : []
    let candidates = Self.candidates
    var distances = candidates.map { candidate in
      (given + chosen).map { distance(candidate.views, views(of: $0)) }.min() ?? .infinity
    }
    while chosen.count < count {
      guard let best = distances.indices.max(by: { distances[$0] < distances[$1] }) else { break }
      let next = candidates[best]
      chosen.append(next.colour)
      for index in candidates.indices {
        distances[index] = min(distances[index], distance(candidates[index].views, next.views))
      }
    }
    return chosen
  }

  /// The least distance of two colours in any vision.
  package static func distance(_ one: PlotColour, _ other: PlotColour) -> Double {
    distance(views(of: one), views(of: other))
  }

  // MARK: - Candidates

  private struct Candidate {
    let colour: PlotColour
    let views: [SIMD3<Double>]
  }

  /// A grid of lightness, chroma and hue, as far as sRGB has it.
  private static var candidates: [Candidate] {
    var found: [Candidate] = []
    for lightness in 0..<12 {
      for chroma in 0..<6 {
        for hue in 0..<24 {
          let (l, c) = (0.35 + 0.05 * Double(lightness), 0.04 + 0.04 * Double(chroma))
          let angle = 2 * Double.pi * Double(hue) / 24
          let linear = linear(SIMD3(l, c * cos(angle), c * sin(angle)))
          let isInside = (0..<3).allSatisfy { linear[$0] >= -1e-6 && linear[$0] <= 1 + 1e-6 }
          guard isInside else { continue }
          let colour = PlotColour(byte(linear.x), byte(linear.y), byte(linear.z))
          found.append(Candidate(colour: colour, views: views(of: colour)))
        }
      }
    }
    return found
  }

  private static func byte(_ linear: Double) -> UInt8 {
    UInt8((255 * SRGB.encoded(min(max(linear, 0), 1))).rounded())
  }

  // MARK: - Distances

  private static func distance(_ one: [SIMD3<Double>], _ other: [SIMD3<Double>]) -> Double {
    zip(one, other).map { left, right in
      let difference = left - right
      return (difference * difference).sum().squareRoot()
    }.min() ?? 0
  }

  /// The colour in OKLab as each vision has it.
  private static func views(of colour: PlotColour) -> [SIMD3<Double>] {
    let linear = SIMD3(
      SRGB.linear(Double(colour.red) / 255), SRGB.linear(Double(colour.green) / 255),
      SRGB.linear(Double(colour.blue) / 255))
    return [oklab(linear)]
      + deficiencies.map {
        oklab(multiply($0, linear).clamped(lowerBound: SIMD3(), upperBound: SIMD3(repeating: 1)))
      }
  }

  private static func multiply(_ rows: [SIMD3<Double>], _ value: SIMD3<Double>) -> SIMD3<Double> {
    SIMD3((rows[0] * value).sum(), (rows[1] * value).sum(), (rows[2] * value).sum())
  }

  private static func oklab(_ linear: SIMD3<Double>) -> SIMD3<Double> {
    let cones = multiply(toCones, linear)
    return multiply(coneRootsToLab, SIMD3(cbrt(cones.x), cbrt(cones.y), cbrt(cones.z)))
  }

  private static func linear(_ lab: SIMD3<Double>) -> SIMD3<Double> {
    let roots = multiply(labToConeRoots, lab)
    return multiply(fromCones, roots * roots * roots)
  }

  private static let toCones: [SIMD3<Double>] = [
    SIMD3(0.4122214708, 0.5363325363, 0.0514459929),
    SIMD3(0.2119034982, 0.6806995451, 0.1073969566),
    SIMD3(0.0883024619, 0.2817188376, 0.6299787005),
  ]
  private static let coneRootsToLab: [SIMD3<Double>] = [
    SIMD3(0.2104542553, 0.7936177850, -0.0040720468),
    SIMD3(1.9779984951, -2.4285922050, 0.4505937099),
    SIMD3(0.0259040371, 0.7827717662, -0.8086757660),
  ]
  private static let labToConeRoots: [SIMD3<Double>] = [
    SIMD3(1, 0.3963377774, 0.2158037573), SIMD3(1, -0.1055613458, -0.0638541728),
    SIMD3(1, -0.0894841775, -1.2914855480),
  ]
  private static let fromCones: [SIMD3<Double>] = [
    SIMD3(4.0767416621, -3.3077115913, 0.2309699292),
    SIMD3(-1.2684380046, 2.6097574011, -0.3413193965),
    SIMD3(-0.0041960863, -0.7034186147, 1.7076147010),
  ]
  private static let deficiencies: [[SIMD3<Double>]] = [
    [
      SIMD3(0.152286, 1.052583, -0.204868), SIMD3(0.114503, 0.786281, 0.099216),
      SIMD3(-0.003882, -0.048116, 1.051998),
    ],
    [
      SIMD3(0.367322, 0.860646, -0.227968), SIMD3(0.280085, 0.672501, 0.047413),
      SIMD3(-0.011820, 0.042940, 0.968881),
    ],
    [
      SIMD3(1.255528, -0.076749, -0.178779), SIMD3(-0.078411, 0.930809, 0.147602),
      SIMD3(0.004733, 0.691367, 0.303900),
    ],
  ]
}
