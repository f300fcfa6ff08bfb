internal import CKernels
internal import Groundwork
internal import Networks

/// Which true box each of some boxes is of.
struct BoxMatching {
  /// For each box the number of the true box; `nil` without any.
  let matches: [Int?]
  /// For each box: 1 for one of an object, 0 for background, −1 for what is neither.
  let labels: [Int]

  /// - Parameter keepsBest: the boxes that overlap a true box most are of an object too, however little that is
  ///   (Ren et al. 2015); each is of the object that it overlaps most itself.
  init(_ boxes: [Box], _ truth: [Box], _ sampling: ExampleSampling, keepsBest: Bool) {
    guard !truth.isEmpty else {
      matches = boxes.map { _ in nil }
      labels = boxes.map { _ in 0 }
      return
    }
    var matches = [Int32](repeating: -1, count: boxes.count)
    var overlaps = [Float](repeating: 0, count: boxes.count)
    var best = [Float](repeating: 0, count: truth.count)
    var isBest = [UInt8](repeating: 0, count: boxes.count)
    boxes.withCoordinates { boxes in
      truth.withCoordinates { truth in
        let (count, truths) = (Int32(overlaps.count), Int32(best.count))
        ck_box_matches(boxes, count, truth, truths, &matches, &overlaps, &best)
        if keepsBest { ck_box_low_matches(boxes, count, truth, truths, best, &isBest) }
      }
    }
    self.matches = matches.map { $0 < 0 ? nil : Int($0) }
    labels = overlaps.indices.map { index in
      if isBest[index] != 0 || overlaps[index] >= sampling.foregroundOverlap { return 1 }
      return overlaps[index] < sampling.backgroundOverlap ? 0 : -1
    }
  }
}

extension ExampleSampling {
  /// Which boxes are trained on, those of objects first: of both kinds some by chance where there are too many.
  ///
  /// - Parameter labels: as ``BoxMatching/labels``.
  func sample(
    _ labels: [Int], _ stream: inout RandomStream
  ) -> (positives: [Int], negatives: [Int]) {
    let positives = Self.choose(
      min(mostPositives, labels.count), of: labels.indices.filter { labels[$0] == 1 }, &stream)
    let negatives = Self.choose(
      count - positives.count, of: labels.indices.filter { labels[$0] == 0 }, &stream)
    return (positives, negatives)
  }

  /// The first steps of the shuffle of Fisher and Yates; in ascending order.
  private static func choose(
    _ count: Int, of candidates: [Int], _ stream: inout RandomStream
  ) -> [Int] {
    guard candidates.count > count else { return candidates }
    var candidates = candidates
    for place in 0..<count {
      candidates.swapAt(place, place + stream.below(candidates.count - place))
    }
    return candidates.prefix(count).sorted()
  }
}

/// The objects of the truth of an image.
struct TrueObjects {
  /// From the first to behind the last pixel.
  private(set) var boxes: [Box] = []
  private(set) var classes: [Int] = []
  private(set) var ids: [Label] = []

  /// - Parameter planes: `[3, H, W]`, as ``InstancePlanes`` has them.
  init(_ planes: UnsafePointer<Label>, _ size: Size) {
    let labels = planes + InstancePlanes.ids * size.area
    var places = [Int32](repeating: -1, count: Int(Label.max) + 1)
    for row in 0..<size.height {
      for column in 0..<size.width {
        let pixel = row * size.width + column
        let id = labels[pixel]
        guard id != 0, id != Labels.ignoreIndex else { continue }
        let box = Box(Float(column), Float(row), Float(column + 1), Float(row + 1))
        let place = Int(places[Int(id)])
        guard place >= 0 else {
          places[Int(id)] = Int32(boxes.count)
          boxes.append(box)
          classes.append(Int(planes[InstancePlanes.classes * size.area + pixel]))
          ids.append(id)
          continue
        }
        let known = boxes[place]
        boxes[place] = Box(
          lowHalf: pointwiseMin(known.lowHalf, box.lowHalf),
          highHalf: pointwiseMax(known.highHalf, box.highHalf))
      }
    }
  }
}
