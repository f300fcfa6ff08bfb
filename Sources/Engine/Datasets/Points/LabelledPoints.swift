package import Groundwork

/// A cloud with the class of every point, as a PLY file that viewers show in the classes' colors.
package enum LabelledPoints {
  /// Binary, little-endian: `x`, `y`, `z` in double precision, the color in three bytes, `label` in 16 bits.
  ///
  /// - Parameters:
  ///   - labels: `[N]`, class ids.
  ///   - classes: their names, which comments of the header list.
  package static func ply(
    _ cloud: PointCloud, labels: [Label], classes: [String], palette: ClassPalette
  ) -> [UInt8] {
    precondition(labels.count == cloud.count, "a label for each point")
    var header = ["ply", "format binary_little_endian 1.0"]
    header += classes.enumerated().map { "comment class \($0) \($1)" }
    header += ["element vertex \(cloud.count)"]
    header += ["x", "y", "z"].map { "property double \($0)" }
    header += ["red", "green", "blue"].map { "property uchar \($0)" }
    header += ["property ushort label", "end_header"]
    var bytes = Array((header.joined(separator: "\n") + "\n").utf8)
    bytes.reserveCapacity(bytes.count + 29 * cloud.count)
    for (point, label) in labels.enumerated() {
      let (x, y, z) = cloud.position(point)
      for value in [x, y, z] {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { bytes += $0 }
      }
      bytes += palette.colour(of: label).components
      withUnsafeBytes(of: label.littleEndian) { bytes += $0 }
    }
    return bytes
  }
}
