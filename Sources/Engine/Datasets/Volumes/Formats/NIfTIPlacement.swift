/// Where the voxels of a volume lie, as the header of a NIfTI-1 file says it.
struct NIfTIPlacement: Sendable {
  /// `[8]`: of number 0 the direction of the slices, of 1…3 the extents of a voxel.
  private var extents: [Double] = [1, 1, 1, 1, 0, 0, 0, 0]
  /// Codes of the rotation and of the affine, 0 where there is none.
  private var codes = (rotation: 0, affine: 0)
  /// A quaternion and an offset.
  private var rotation: [Double] = [0, 0, 0, 0, 0, 0]
  private var affine: [Double] = Array(repeating: 0, count: 12)
  private var units = 0
  /// The steps from one slice to the next that the rotation means.
  private var rotatedStep: [Double] = [0, 0, 0]

  init(_ header: NIfTIHeader) {
    let (fields, isSecond) = (header.fields, header.isSecond)
    func numbers(_ first: Int, _ second: Int, _ count: Int) -> [Double] {
      (0..<count).map { isSecond ? fields.double(second + 8 * $0) : fields.float(first + 4 * $0) }
    }
    extents = numbers(76, 104, 8)
    codes =
      isSecond ? (fields.int32(344), fields.int32(348)) : (fields.int16(252), fields.int16(254))
    rotation = numbers(256, 352, 6)
    affine = numbers(280, 400, 12)
    units = (isSecond ? fields.int32(500) : Int(fields.bytes[123])) & 7
    let matrix = NIfTIGeometry(fields, isSecond: isSecond).rotation
    rotatedStep = (0..<3).map { matrix[4 * $0 + 2] }
  }

  init(_ facts: VolumeFacts) {
    if let spacing = facts.spacing {
      extents = [1, spacing.width, spacing.height, spacing.slices, 0, 0, 0, 0]
      units = ["m": 1, "mm": 2, "µm": 3][spacing.unit] ?? 0
    }
    if let orientation = facts.orientation { (affine, codes) = (orientation, (0, 1)) }
  }

  /// Writes it into a header of NIfTI-1, the lowest byte first.
  ///
  /// - Parameter first: the slice that is the first of the file.
  func write(into header: inout [UInt8], first: Int) {
    func put(_ value: Double, at offset: Int) {
      let bits = Float(value).bitPattern
      for byte in 0..<4 {
        header[offset + byte] = UInt8(truncatingIfNeeded: bits >> UInt32(8 * byte))
      }
    }
    func put16(_ value: Int, at offset: Int) {
      header[offset] = UInt8(truncatingIfNeeded: value)
      header[offset + 1] = UInt8(truncatingIfNeeded: value >> 8)
    }
    for (index, extent) in extents.enumerated() {
      put(index < 4 ? extent : 0, at: 76 + 4 * index)
    }
    put16(codes.rotation, at: 252)
    put16(codes.affine, at: 254)
    header[123] = UInt8(truncatingIfNeeded: units)
    for (index, number) in rotation.enumerated() {
      let moved = index < 3 ? number : number + rotatedStep[index - 3] * Double(first)
      put(moved, at: 256 + 4 * index)
    }
    for (index, number) in affine.enumerated() {
      let moved = index % 4 == 3 ? number + affine[index - 1] * Double(first) : number
      put(moved, at: 280 + 4 * index)
    }
  }
}
