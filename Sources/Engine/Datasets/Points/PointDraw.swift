package import Groundwork

/// Which points of a block a sample shows, and how they become the channels of an image.
package struct PointDraw: Sendable {
  private let settings: PointSettings

  package init(_ settings: PointSettings) { self.settings = settings }

  /// As many members as a sample has: of more some, each once, and of fewer all, and some of them again.
  ///
  /// The draws follow from the seed of the settings and from the block's number in its file alone.
  package func members(of block: PointBlock, number: Int) -> [UInt32] {
    var random = stream(number)
    var all = block.members
    guard all.count >= settings.count else {
      let missing = settings.count - all.count
      let again = (0..<missing).map { _ in all[random.below(block.members.count)] }
      return all + again
    }
    for place in 0..<settings.count {
      all.swapAt(place, place + random.below(all.count - place))
    }
    return Array(all.prefix(settings.count))
  }

  /// All members in samples of one size, each once, and at the end some again to fill the last.
  package func everyMember(of block: PointBlock, number: Int) -> [[UInt32]] {
    var random = stream(number)
    var all = block.members
    for place in all.indices.dropLast() {
      all.swapAt(place, place + random.below(all.count - place))
    }
    while !all.count.isMultiple(of: settings.count) {
      all.append(all[random.below(block.members.count)])
    }
    return stride(from: 0, to: all.count, by: settings.count).map {
      Array(all[$0..<$0 + settings.count])
    }
  }

  private func stream(_ number: Int) -> RandomStream {
    RandomStream(seed: UInt64(settings.seed), purpose: .points, sample: number)
  }

  /// Writes the values of points as an image of height 1.
  ///
  /// - Parameter raster: takes `[1, N, C]` in single precision.
  package func write(
    _ members: [UInt32], of block: PointBlock, _ cloud: PointCloud, into raster: inout Raster
  ) {
    let channels = settings.channels
    raster.reshape(
      Size(height: 1, width: members.count), channels: channels, depth: .real)
    let attributes = cloud.attributes.count / cloud.count
    let hasPlaces = settings.blocks != nil && settings.hasPlaces
    raster.withSamples(of: Float.self) { values in
      for (place, member) in members.enumerated() {
        let point = Int(member)
        let target = values + place * channels
        for axis in 0..<3 {
          let offset = cloud.positions[axis * cloud.count + point]
          target[axis] = Float((Double(offset) - block.centre[axis]) / block.scale)
          if hasPlaces {
            let extent = cloud.extent[axis]
            target[3 + attributes + axis] = extent > 0 ? offset / extent : 0
          }
        }
        for attribute in 0..<attributes {
          target[3 + attribute] = cloud.attributes[attribute * cloud.count + point]
        }
      }
    }
  }
}

extension RandomStream.Purpose {
  /// Which points of a file a sample shows.
  fileprivate static let points = Self("points")
}
