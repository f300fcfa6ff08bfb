internal import Datasets
internal import Groundwork
internal import Measurements

/// How kinds of images and their channels are said.
extension SetOverview.ImageKind {
  /// `red`, `green` and `blue`, `grey`, or numbers from 1 on; of several images a sample with theirs.
  func channelName(_ channel: Int, images: Int) -> String {
    let own =
      switch channels.count {
      case 1: "grey"
      case 3: ["red", "green", "blue"][channel]
      default: "\(channel + 1)"
      }
    return images > 1 ? "image \(image + 1) \(own)" : own
  }
}

extension ChannelValues {
  /// A value with as many digits as the channel's width deserves.
  func text(_ value: Double, depth: PixelDepth) -> String {
    guard value.isFinite else { return "–" }
    if depth != .real { return "\(Int(value.rounded()))" }
    let width = extent.map { $0.upperBound - $0.lowerBound } ?? 1
    return ValueFormat.decimals(value, width >= 100 ? 1 : width >= 1 ? 3 : 5)
  }

  /// How often values occur, over bins of one width.
  var bars: [Double] { histogram.counts.map(Double.init) }
}

extension SetOverview {
  /// `360×480`, or the least and the greatest with how many there are.
  var sizesText: String {
    guard let first = sizes.first else { return "" }
    guard sizes.count > 1 else { return "\(first.size)" }
    let areas = sizes.map(\.size).sorted { ($0.area, $0.height) < ($1.area, $1.height) }
    return "\(areas[0])…\(areas[areas.count - 1]) (\(sizes.count) sizes)"
  }

  /// How many images a sample has.
  var imagesOfASample: Int { samples.map(\.images.count).max() ?? 1 }

  var channelsText: String {
    let counts = Set(images.filter { $0.image == 0 }.map(\.channels.count)).sorted()
    let first = counts.map { "\($0)" }.joined(separator: " or ")
    let others = (1..<max(1, imagesOfASample)).compactMap { image in
      images.first { $0.image == image }.map { "\($0.channels.count)" }
    }
    return ([first] + others).joined(separator: " + ")
  }

  var depthText: String {
    Set(images.map(\.depth)).sorted().map(\.description).joined(separator: ", ")
  }
}
