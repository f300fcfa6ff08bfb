@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

@Suite("Blocks of points")
struct PointBlockTests {
  /// Points of a grid, one every tenth of a unit, with their number as the label.
  private func grid(width: Int, height: Int) throws -> PointCloud {
    let lines = (0..<width * height).map {
      "\(Double($0 % width) / 10) \(Double($0 / width) / 10) 1 \($0)\n"
    }
    return try withTemporaryFolder { folder in
      try Data(lines.joined().utf8).write(to: URL(fileURLWithPath: folder + "/a.txt"))
      return try PointCloud(folder + "/a.txt", PointColumns(label: .number(3)))
    }
  }

  private func settings(
    _ count: Int, size: Double, stride: Double, least: Int = 1
  ) -> PointSettings {
    PointSettings(count: count, blocks: PointBlocks(size: size, stride: stride, least: least))
  }

  @Test("a block holds what lies within its borders, both included")
  func borders() throws {
    let cloud = try grid(width: 21, height: 6)
    let blocks = try cloud.blocks(settings(8, size: 1, stride: 1))
    // x of 0…2 in two blocks that share x = 1; y of 0…0.5 in one.
    #expect(blocks.map(\.members.count) == [11 * 6, 11 * 6])
    #expect(blocks[0].members.prefix(12) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 21])
    #expect(blocks[1].members.first == 10)
    #expect(blocks[1].centre == [1.5, 0.5, 0])
  }

  @Test("every point lies in a block, whatever the stride", arguments: [1, 0.7, 0.5, 0.31])
  func coverage(stride: Double) throws {
    let cloud = try grid(width: 34, height: 27)
    let blocks = try cloud.blocks(settings(8, size: 1, stride: stride), least: 1)
    #expect(Set(blocks.flatMap(\.members)).count == cloud.count)
    #expect(blocks.allSatisfy { $0.members == $0.members.sorted() })
  }

  @Test("blocks of few points are left out, but not where all are asked for")
  func least() throws {
    let cloud = try grid(width: 12, height: 11)
    #expect(try cloud.blocks(settings(8, size: 1, stride: 1, least: 50)).count == 1)
    #expect(try cloud.blocks(settings(8, size: 1, stride: 1, least: 50), least: 1).count == 2)
  }

  @Test("one point far away makes no blocks in between")
  func outlier() throws {
    let cloud = try withTemporaryFolder { folder in
      try Data("0 0 0\n1e9 1e9 0\n0.5 0.5 0\n".utf8)
        .write(to: URL(fileURLWithPath: folder + "/a.txt"))
      return try PointCloud(folder + "/a.txt", PointColumns())
    }
    #expect(try cloud.blocks(settings(8, size: 1, stride: 1)).map(\.members) == [[0, 2], [1]])
  }

  @Test("points that lie further apart than blocks can be counted are refused")
  func distance() throws {
    let cloud = try withTemporaryFolder { folder in
      try Data("0 0 0\n1e30 1 0\n".utf8).write(to: URL(fileURLWithPath: folder + "/a.txt"))
      return try PointCloud(folder + "/a.txt", PointColumns())
    }
    #expect(throws: ImageError.self) { try cloud.blocks(settings(8, size: 1, stride: 1)) }
  }

  @Test("of more points some are drawn once each, of fewer all and some again")
  func draws() throws {
    let block = PointBlock(members: (0..<40).map { UInt32(3 * $0) }, centre: [0, 0, 0], scale: 1)
    let few = PointDraw(PointSettings(count: 16)).members(of: block, number: 2)
    #expect(few.count == 16 && Set(few).count == 16 && Set(few).isSubset(of: block.members))
    let many = PointDraw(PointSettings(count: 64)).members(of: block, number: 2)
    #expect(many.count == 64 && Array(many.prefix(40)) == block.members)
    #expect(Set(many) == Set(block.members))
    #expect(few == PointDraw(PointSettings(count: 16)).members(of: block, number: 2))
    #expect(few != PointDraw(PointSettings(count: 16)).members(of: block, number: 3))
    #expect(few != PointDraw(PointSettings(count: 16, seed: 1)).members(of: block, number: 2))
  }

  @Test("predictions see every member, the last sample filled", arguments: [1, 7, 16, 39, 40, 41])
  func everyMember(count: Int) {
    let block = PointBlock(members: (0..<40).map { UInt32($0) }, centre: [0, 0, 0], scale: 1)
    let samples = PointDraw(PointSettings(count: count)).everyMember(of: block, number: 0)
    #expect(samples.allSatisfy { $0.count == count })
    #expect(samples.count == (39 + count) / count)
    #expect(Set(samples.joined().prefix(40)) == Set(block.members))
  }

  @Test("x and y are those from the middle of a block, z from the floor, places of the whole file")
  func values() throws {
    let cloud = try grid(width: 21, height: 6)
    let settings = settings(66, size: 1, stride: 1)
    let block = try cloud.blocks(settings)[1]
    var raster = Raster()
    PointDraw(settings).write(block.members, of: block, cloud, into: &raster)
    #expect(raster.size == Size(height: 1, width: 66) && raster.channels == 6)
    let first = Array(raster.reals.prefix(6))
    for (value, expected) in zip(first, [-0.5, -0.5, 0, 0.5, 0, 0] as [Float]) {
      #expect(abs(value - expected) < 1e-6)
    }
  }

  @Test("a whole shape lies within a sphere of radius 1 around its middle")
  func sphere() throws {
    let cloud = try grid(width: 5, height: 3)
    let settings = PointSettings(count: 15)
    let block = try cloud.blocks(settings)[0]
    var raster = Raster()
    PointDraw(settings).write(block.members, of: block, cloud, into: &raster)
    let values = raster.reals
    let radii = (0..<15).map { point in
      (0..<3).reduce(Float(0)) { $0 + values[3 * point + $1] * values[3 * point + $1] }.squareRoot()
    }
    #expect(abs((radii.max() ?? 0) - 1) < 1e-6)
    let file = PointSettings(count: 15, positions: .file)
    let whole = try cloud.blocks(file)[0]
    PointDraw(file).write(block.members, of: whole, cloud, into: &raster)
    #expect(raster.reals.prefix(6) == [0, 0, 1, 0.1, 0, 1])
  }
}
