internal import CKernels
internal import Foundation
package import Groundwork

/// Blurred along a line: the camera or the scene moved.
package struct MotionBlur: Augmentation {
  package static let name = "motion_blur"
  package static let about = "Blurs along a line of random direction."
  package static let changesValuesAlone = true
  package static let fields = [length.declaration, probability.declaration]
  package static let example = "motion_blur: {length: [3, 11]}"

  package static let length = Field<ClosedRange<Double>>.range(
    "length", default: 3...11, Bounds(1...63), "Length of the line in pixels; drawn uniformly.")
  static let probability = Self.chance(0.5, "Probability of changing a sample.")

  private let length: ClosedRange<Double>
  private let probability: Double

  package init(_ values: FieldValues) {
    length = values[Self.length]
    probability = values[Self.probability]
  }

  /// The line's length in pixels and its angle in degrees, counter-clockwise.
  package func draw(_ random: inout RandomStream) -> (length: Double, angle: Double)? {
    guard random.chance(probability) else { return nil }
    let length = random.uniform(in: length)
    return (length, random.uniform(in: 0...180))
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard let draw = draw(&random) else { return }
    // A tap for each pixel of the line, at the nearest places, each of the same weight.
    var rows = InlineArray<64, Int32>(repeating: 0)
    var columns = InlineArray<64, Int32>(repeating: 0)
    let taps = max(1, Int(draw.length.rounded()))
    for tap in 0..<taps {
      let along = Double(tap) - Double(taps - 1) / 2
      rows[tap] = Int32((-along * sin(draw.angle * .pi / 180)).rounded())
      columns[tap] = Int32((along * cos(draw.angle * .pi / 180)).rounded())
    }
    let weights = InlineArray<64, Float>(repeating: 1 / Float(taps))
    let (height, width) = (Int32(sample.size.height), Int32(sample.size.width))
    sample.redrawImage { old, image in
      rows.span.withUnsafeBufferPointer { rows in
        columns.span.withUnsafeBufferPointer { columns in
          weights.span.withUnsafeBufferPointer { weights in
            ck_scattered_filter(
              old.image, &image, Int32(old.channels), height, width, rows.baseAddress,
              columns.baseAddress, weights.baseAddress, Int32(taps))
          }
        }
      }
    }
  }
}
