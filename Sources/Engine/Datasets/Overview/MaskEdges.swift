internal import CKernels
internal import Groundwork

extension MaskCensus.Edges {
  /// Values of at least this share of a mask stand for things.
  private static let mainShare = 0.01
  /// With fewer other values a mask may well mean them.
  private static let leastOthers = 4
  /// Of a value that is meant a larger part of the pixels has like neighbours to the right and below.
  private static let innerShare = 0.2
  /// How far a JPEG moves values that are not at an edge.
  private static let spread = 12

  /// How the edges of a mask of integers came to be: values that cover little and have hardly two pixels
  /// side by side were not drawn by anyone. Instances and rare classes have pixels within.
  ///
  /// - Parameter isOfColours: whether values are red · 65536 + green · 256 + blue.
  init(_ numbered: NumberedValues, isOfColours: Bool) {
    let (size, values) = (numbered.plane.size, numbered.values)
    self = .sharp
    guard values.count >= 2 + Self.leastOthers else { return }
    var counts = [UInt64](repeating: 0, count: values.count)
    var inner = counts
    ck_label_census(
      numbered.plane.labels, Int32(size.height), Int32(size.width), Int32(values.count), &counts,
      &inner)
    let main = values.indices.filter { Double(counts[$0]) >= Self.mainShare * Double(size.area) }
    let others = values.indices.filter { label in
      Double(counts[label]) < Self.mainShare * Double(size.area)
        && Double(inner[label]) < Self.innerShare * Double(counts[label])
    }
    guard main.count >= 2, others.count >= Self.leastOthers,
      // Where most of the small values are meant, the rest is chance.
      others.count * 2 > values.count - main.count
    else { return }
    let (least, most) = (values[main[0]], values[main[main.count - 1]])
    func isClose(_ label: Int) -> Bool {
      main.contains { other in
        (isOfColours ? [16, 8, 0] : [0]).allSatisfy { shift in
          let mask = isOfColours ? 255 : Int.max
          let difference = (values[label] >> shift & mask) - (values[other] >> shift & mask)
          return abs(difference) <= Self.spread
        }
      }
    }
    let pixels = others.reduce(UInt64(0)) { $0 + counts[$1] }
    let close = others.filter(isClose).reduce(UInt64(0)) { $0 + counts[$1] }
    let isBeyond = !isOfColours && others.contains { values[$0] < least || values[$0] > most }
    // Smooth edges spread evenly from one value to the other; JPEG's ringing stays close to both.
    // Between values that are close themselves everything is.
    let isFar = isOfColours || most - least > 4 * Self.spread
    self = isBeyond || isFar && 5 * close > 3 * pixels ? .compressed : .antialiased
  }
}
