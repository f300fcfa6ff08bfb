package import Groundwork

/// Some points of a file that are seen together, in their own frame.
package struct PointBlock: Sendable {
  /// Numbers of points within the file, ascending.
  package let members: [UInt32]
  /// Where the frame lies, from the origin of the cloud on.
  let centre: [Double]
  /// What lengths are divided by.
  let scale: Double
}

extension PointCloud {
  /// What a file is cut into: blocks, row by row along y of each step along x, or one sample.
  ///
  /// - Parameter least: blocks of fewer points are left out; as the settings say if `nil`.
  /// - Throws: ``ImageError`` where points lie so far apart that blocks cannot be counted.
  package func blocks(
    _ settings: PointSettings, least: Int? = nil
  ) throws(ImageError) -> [PointBlock] {
    guard let blocks = settings.blocks else { return [whole(settings.positions)] }
    guard (0..<2).allSatisfy({ steps(along: $0, blocks) < Self.mostSteps }) else {
      throw ImageError(
        "reaches over \(extent[0]) by \(extent[1]), too far for blocks of \(blocks.size): leave far points "
          + "out of the file, or set data.points.blocks.size")
    }
    return cut(blocks, least: least ?? blocks.least)
  }

  private func whole(_ positions: PointSettings.Positions) -> PointBlock {
    let members = (0..<UInt32(count)).map { $0 }
    switch positions {
    case .file: return PointBlock(members: members, centre: origin.map { -$0 }, scale: 1)
    case .centered: return PointBlock(members: members, centre: centre, scale: 1)
    case .unitSphere:
      let centre = centre
      return PointBlock(members: members, centre: centre, scale: radius(around: centre))
    }
  }

  /// As S3DIS is cut (Qi et al. 2017, `room2blocks`): from the least x and y on, borders on both sides included.
  /// x and y are those from the middle of a block, z that from the lowest point of the file.
  private func cut(_ blocks: PointBlocks, least: Int) -> [PointBlock] {
    struct Place: Hashable, Comparable {
      let column: Int
      let row: Int

      static func < (one: Place, other: Place) -> Bool {
        (one.column, one.row) < (other.column, other.row)
      }
    }
    var members: [Place: [UInt32]] = [:]
    let columns = steps(along: 0, blocks), rows = steps(along: 1, blocks)
    for point in 0..<count {
      let x = Double(positions[point]), y = Double(positions[count + point])
      for column in blocks.places(of: x, steps: columns) {
        for row in blocks.places(of: y, steps: rows) {
          members[Place(column: column, row: row), default: []].append(UInt32(point))
        }
      }
    }
    return members.filter { $0.value.count >= least }.sorted { $0.key < $1.key }.map {
      PointBlock(
        members: $0.value,
        centre: [
          Double($0.key.column) * blocks.stride + blocks.size / 2,
          Double($0.key.row) * blocks.stride + blocks.size / 2, 0,
        ], scale: 1)
    }
  }

  private static let mostSteps = 1e12

  /// How many blocks lie along an axis.
  private func steps(along axis: Int, _ blocks: PointBlocks) -> Double {
    max(0, ((Double(extent[axis]) - blocks.size) / blocks.stride).rounded(.up)) + 1
  }
}

extension PointBlocks {
  /// Which blocks along an axis hold a coordinate.
  fileprivate func places(of coordinate: Double, steps: Double) -> ClosedRange<Int> {
    let last = min((coordinate / stride).rounded(.down), steps - 1)
    let first = min(max(0, ((coordinate - size) / stride).rounded(.up)), last)
    return Int(first)...Int(last)
  }
}
