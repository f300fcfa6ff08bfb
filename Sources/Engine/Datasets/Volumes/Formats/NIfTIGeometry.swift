internal import Foundation

/// Where the voxels of a NIfTI file lie.
struct NIfTIGeometry {
  private let fields: HeaderBytes
  private let isSecond: Bool

  init(_ fields: HeaderBytes, isSecond: Bool) { (self.fields, self.isSecond) = (fields, isSecond) }

  var facts: VolumeFacts {
    var facts = VolumeFacts()
    facts.spacing = VolumeFacts.Spacing(
      slices: abs(extent(3)), height: abs(extent(2)), width: abs(extent(1)), unit: unit)
    facts.orientation = orientation.flatMap { $0.allSatisfy(\.isFinite) ? $0 : nil }
    return facts
  }

  /// Of a voxel along an axis, from 1; of number 0 the direction of the slices.
  private func extent(_ axis: Int) -> Double {
    isSecond ? fields.double(104 + 8 * axis) : fields.float(76 + 4 * axis)
  }

  private var unit: String {
    let code = isSecond ? fields.int32(500) : Int(fields.bytes[123])
    return [1: "m", 2: "mm", 3: "µm"][code & 7] ?? ""
  }

  private var orientation: [Double]? {
    let codes =
      isSecond ? (fields.int32(344), fields.int32(348)) : (fields.int16(252), fields.int16(254))
    if codes.1 > 0 {
      return (0..<12).map { isSecond ? fields.double(400 + 8 * $0) : fields.float(280 + 4 * $0) }
    }
    return codes.0 > 0 ? rotation : nil
  }

  /// From the quaternion (nifti1.h, method 2).
  var rotation: [Double] {
    func field(_ index: Int) -> Double {
      isSecond ? fields.double(352 + 8 * index) : fields.float(256 + 4 * index)
    }
    let (b, c, d) = (field(0), field(1), field(2))
    let a = max(0, 1 - b * b - c * c - d * d).squareRoot()
    let matrix = [
      a * a + b * b - c * c - d * d, 2 * (b * c - a * d), 2 * (b * d + a * c),
      2 * (b * c + a * d), a * a + c * c - b * b - d * d, 2 * (c * d - a * b),
      2 * (b * d - a * c), 2 * (c * d + a * b), a * a + d * d - b * b - c * c,
    ]
    let steps = [extent(1), extent(2), extent(3) * (extent(0) < 0 ? -1 : 1)]
    return (0..<3).flatMap { row in
      (0..<3).map { matrix[3 * row + $0] * steps[$0] } + [field(3 + row)]
    }
  }
}
