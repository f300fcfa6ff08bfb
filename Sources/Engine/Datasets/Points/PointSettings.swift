package import Groundwork

/// How files of points become samples: which columns are taken, how many points a sample has, and whether it is
/// a whole file or a block of one.
///
/// A sample of N points is an image of height 1 and width N: its channels are the three positions, then the
/// normals, the colors, the other features, and for blocks the position within the whole file. Labels are N too.
package struct PointSettings: Sendable, Hashable {
  /// N.
  package var count: Int
  package var columns: PointColumns
  /// `nil`: every file is one sample.
  package var blocks: PointBlocks?
  /// What positions become where a file is one sample.
  package var positions: Positions
  /// True where the points of blocks have their place within the file, 0…1 along each axis, as three further
  /// channels.
  package var hasPlaces: Bool
  /// Of the draws that choose the points of a sample; the same for every trial.
  package var seed: Int

  package enum Positions: String, Sendable, Hashable, CaseIterable {
    /// Less their mean, and divided by the greatest distance from it.
    case unitSphere = "unit_sphere"
    /// Less their mean.
    case centered
    /// As the file has them.
    case file
  }

  package init(
    count: Int, columns: PointColumns = PointColumns(), blocks: PointBlocks? = nil,
    positions: Positions = .unitSphere, hasPlaces: Bool = true, seed: Int = 0
  ) {
    (self.count, self.columns, self.blocks) = (count, columns, blocks)
    (self.positions, self.hasPlaces, self.seed) = (positions, hasPlaces, seed)
  }

  /// That a sample may have.
  package static let counts = 1...1 << 20

  /// C, of a network's input.
  package var channels: Int { columns.channels + (blocks != nil && hasPlaces ? 3 : 0) }

  /// What decides what is read, in words.
  var words: String { "\(self)" }
}

/// Which columns of a file are what.
package struct PointColumns: Sendable, Hashable {
  /// x, y and z.
  package var position: [PointColumn]
  /// Three, or none.
  package var normals: [PointColumn] = []
  /// Of 0…255, which become 0…1.
  package var colors: [PointColumn] = []
  /// Taken as they are.
  package var features: [PointColumn] = []
  /// `nil`: the labels are in a file of their own.
  package var label: PointColumn?

  package init(
    position: [PointColumn] = [.number(0), .number(1), .number(2)], normals: [PointColumn] = [],
    colors: [PointColumn] = [], features: [PointColumn] = [], label: PointColumn? = nil
  ) {
    (self.position, self.normals, self.colors) = (position, normals, colors)
    (self.features, self.label) = (features, label)
  }

  /// Those whose values a network sees, in the order of its channels.
  var seen: [PointColumn] { position + normals + colors + features }
  package var channels: Int { seen.count }
}

/// A column by its number, from 0, or by its name in the file's header.
package enum PointColumn: Sendable, Hashable, CustomStringConvertible {
  case number(Int)
  case name(String)

  package var description: String {
    switch self {
    case .number(let number): "\(number)"
    case .name(let name): "'\(name)'"
    }
  }
}

/// Square columns of space that a file is cut into, as for S3DIS (Qi et al. 2017): a block is bounded in x and y.
package struct PointBlocks: Sendable, Hashable {
  /// The side, in the unit of the positions.
  package var size: Double
  /// From one block to the next along x and y.
  package var stride: Double
  /// Blocks of fewer points are left out.
  package var least: Int

  package init(size: Double, stride: Double, least: Int = 100) {
    (self.size, self.stride, self.least) = (size, stride, least)
  }

  /// A point lies in at most the square of so many blocks.
  package static let mostStridesOfSize = 10.0
}
