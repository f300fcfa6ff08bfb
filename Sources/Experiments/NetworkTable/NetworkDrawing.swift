internal import Networks

/// A network as boxes and arrows, from the image at the top to the heads at the bottom: what stands where
/// is decided here, and `NetworkDrawing+SVG` writes it down.
struct NetworkDrawing {
  let title: String
  let boxes: [Box]
  /// Arrows from a box to the next.
  let flows: [Flow]
  /// Arrows that pass boxes, to their right.
  let skips: [Skip]
  let heads: [Head]

  struct Box {
    let name: String
    /// The operations, in words.
    let operation: String
    let parameters: Int
    let kind: Kind
    var top = 0.0
    var height = 0.0
    var bottom: Double { top + height }
  }

  enum Kind: CaseIterable {
    case image
    case keeps
    case reduces
    case enlarges
    case head
  }

  struct Flow {
    /// The box that it leaves; the next one is where it goes.
    let source: Int
    let shapes: [String]
  }

  struct Skip {
    let source: Int
    let target: Int
    let shapes: [String]
    /// True where these are positions of maxima.
    let isPositions: Bool
    /// How far to the right it passes, from 0.
    var lane = 0
    var start = 0.0
    var end = 0.0
  }

  struct Head {
    let box: Int
    /// Its name and shape.
    let text: String
    var height = 0.0
  }

  init(_ blocks: NetworkBlocks) {
    let network = blocks.network
    let graph = BlockGraph(blocks)
    title =
      "\(network.name): \(Units.count(network.parameterCount)) parameters, "
      + "\(Units.flops(network.flops)) FLOPs an image"
    var boxes = graph.boxes
    flows = graph.edges.filter { $0.target == $0.source + 1 && !$0.isPositions }
      .map { Flow(source: $0.source, shapes: $0.shapes) }
    var skips = graph.edges.filter { $0.target > $0.source + 1 || $0.isPositions }.map {
      Skip(
        source: $0.source, target: $0.target, shapes: $0.shapes, isPositions: $0.isPositions)
    }
    var heads = graph.heads
    Self.place(&boxes, &skips, &heads)
    Self.chooseLanes(&skips)
    (self.boxes, self.skips, self.heads) = (boxes, skips, heads)
  }
}

// MARK: - Places

extension NetworkDrawing {
  static let top = 56.0
  /// Between two boxes there is room for an arrow and the shape beside it.
  static let gap = 34.0
  /// From one arrow that meets the side of a box to the next, with a shape between them.
  static let port = 18.0
  static let leastHeight = 46.0

  /// Boxes one below the other, each as high as the arrows need that meet its sides.
  private static func place(_ boxes: inout [Box], _ skips: inout [Skip], _ heads: inout [Head]) {
    var y = top
    for index in boxes.indices {
      let arriving = skips.indices.filter { skips[$0].target == index }
      let leaving = skips.indices.filter { skips[$0].source == index }
      let named = heads.indices.filter { heads[$0].box == index }
      let ports = max(arriving.count + leaving.count, named.count)
      boxes[index].top = y
      boxes[index].height = max(leastHeight, Double(ports) * port + 12)
      for (place, skip) in arriving.enumerated() {
        skips[skip].end = y + port * (Double(place) + 0.8)
      }
      for (place, skip) in leaving.enumerated() {
        skips[skip].start = y + port * (Double(arriving.count + place) + 0.8)
      }
      for (place, head) in named.enumerated() {
        heads[head].height = y + port * (Double(place) + 0.8)
      }
      y = boxes[index].bottom + gap
    }
  }

  /// Short arrows pass near the boxes and long ones around them; no two share a lane at one height.
  private static func chooseLanes(_ skips: inout [Skip]) {
    var lanes: [[ClosedRange<Double>]] = []
    let shortestFirst = skips.indices.sorted {
      (skips[$0].end - skips[$0].start, $0) < (skips[$1].end - skips[$1].start, $1)
    }
    for index in shortestFirst {
      let span = (skips[index].start - 4)...(skips[index].end + 4)
      let free = lanes.firstIndex { lane in lane.allSatisfy { !$0.overlaps(span) } }
      let lane = free ?? lanes.count
      if free == nil { lanes.append([]) }
      lanes[lane].append(span)
      skips[index].lane = lane
    }
  }
}
