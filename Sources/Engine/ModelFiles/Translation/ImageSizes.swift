package import Groundwork
package import Networks

/// A network built for several sizes of the image. What is the same in all of them does not depend on
/// the size.
package struct ImageSizes: Sendable {
  /// The first is the one that is translated; the only one where the size is fixed.
  let networks: [Network]
  /// By multiples of what the height and the width may differ from the first network's; `nil` where the
  /// size is fixed.
  package let step: Int?

  package init(fixed network: Network) { self.init([network], step: nil) }

  private init(_ networks: [Network], step: Int?) { (self.networks, self.step) = (networks, step) }

  /// The sets of sizes that a model may be for, the widest first; the network's own size alone is the
  /// last.
  ///
  /// - Parameters:
  ///   - multiple: what the template asks of a height and a width.
  ///   - build: builds the network for another size; `nil` where there is none.
  package static func candidates(
    _ network: Network, multiple: Int, build: (Size) -> Network?
  ) -> [ImageSizes] {
    let coarser = multiple * (multiple.isMultiple(of: Self.coarsest) ? 1 : Self.coarsest)
    let elastic = Set([multiple, coarser]).sorted().compactMap { step -> ImageSizes? in
      let others = Self.steps.compactMap { steps in
        build(
          Size(
            height: network.input.size.height + steps.height * step,
            width: network.input.size.width + steps.width * step))
      }
      guard others.count == Self.steps.count,
        others.allSatisfy({ $0.differsInExtentsAlone(from: network) })
      else { return nil }
      return ImageSizes([network] + others, step: step)
    }
    return elastic + [ImageSizes(fixed: network)]
  }

  /// Encoders halve an image five times; sizes that are this far apart round alike.
  private static let coarsest = 32
  /// Larger by so many steps, odd and even ones, so that what agrees by chance in one disagrees in another.
  private static let steps = [
    Size(height: 1, width: 2), Size(height: 2, width: 1), Size(height: 3, width: 7),
    Size(height: 6, width: 5), Size(height: 12, width: 17),
  ]
}

extension Network {
  /// Whether the two have the same nodes in the same order, apart from the extents of their maps.
  fileprivate func differsInExtentsAlone(from other: Network) -> Bool {
    nodes.count == other.nodes.count && parameters == other.parameters
      && zip(nodes, other.nodes).allSatisfy { own, its in
        own.name == its.name && own.inputs == its.inputs && own.outputs == its.outputs
          && own.operation.withoutExtents == its.operation.withoutExtents
      }
  }
}

extension Operation {
  /// The same with a map's extent of 1 wherever one was asked for.
  fileprivate var withoutExtents: Operation {
    switch self {
    case .resize(var resize):
      if case .extent(let extent) = resize.target { resize.target = .extent(extent.map { _ in 1 }) }
      return .resize(resize)
    case .crop(var crop):
      (crop.offset, crop.extent) = (crop.offset.map { _ in 1 }, crop.extent.map { _ in 1 })
      return .crop(crop)
    case .maxUnpool(var unpool):
      unpool.extent = unpool.extent.map { _ in 1 }
      return .maxUnpool(unpool)
    default: return self
    }
  }
}
