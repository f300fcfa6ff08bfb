/// The detection evaluation of COCO (Lin et al., "Microsoft COCO: Common Objects in Context", ECCV 2014)
/// over the masks of objects: the same values as pycocotools' `COCOeval` with `iouType: segm`.
///
/// Each image's predictions of a class, the surest first, take the true object of the class that they
/// overlap most of those that are left. True objects outside of the range of areas, and the crowd, are
/// neither found nor missed. The predictions of all images are ranked together then.
struct COCOEvaluation {
  /// A range of the areas of objects in pixels, both ends included.
  struct Areas: Sendable, Equatable {
    let least: Double
    let most: Double

    static let all = Areas(least: 0, most: 1e10)
    static let small = Areas(least: 0, most: 32 * 32)
    static let medium = Areas(least: 32 * 32, most: 96 * 96)
    static let large = Areas(least: 96 * 96, most: 1e10)

    func contains(_ pixels: Int) -> Bool { Double(pixels) >= least && Double(pixels) <= most }
  }

  let thresholds: [Double]
  let areas: Areas
  /// Of one class in one image; the surest count.
  let maximumDetections: Int

  /// 0.50, 0.55, … 0.95, to the bit as `numpy.linspace` makes them.
  static let standardThresholds: [Double] = {
    let step: Double = (0.95 - 0.5) / 9
    let thresholds: [Double] = (0..<9).map { Double($0) * step + 0.5 }
    return thresholds + [0.95]
  }()
  /// 0, 0.01, … 1.
  private static let recalls = (0...100).map { Double($0) * 0.01 }

  /// Of one class in all images.
  struct Curves {
    /// By threshold: the mean over 101 recalls of the highest precision from there on.
    let precisions: [Double]
    /// By threshold: the share of the true objects that were found.
    let recalls: [Double]
  }

  /// - Returns: `nil` where there is no true object to find.
  func curves(of classID: Int, in images: [InstanceOverlaps]) -> Curves? {
    var ranked: [Detection] = []
    var truths = 0
    for image in images {
      let matches = Matches(image, classID: classID, self)
      truths += matches.truths
      ranked += matches.detections
    }
    guard truths > 0 else { return nil }
    let order = ranked.indices.sorted {
      ranked[$0].score != ranked[$1].score ? ranked[$0].score > ranked[$1].score : $0 < $1
    }
    var (precisions, recalls): ([Double], [Double]) = ([], [])
    for threshold in thresholds.indices {
      let (precision, recall) = Self.area(
        order.lazy.map { ranked[$0].states[threshold] }, truths: truths)
      precisions.append(precision)
      recalls.append(recall)
    }
    return Curves(precisions: precisions, recalls: recalls)
  }

  /// - Returns: the mean precision over 101 recalls, and the recall of all predictions.
  private static func area(
    _ states: some Sequence<Detection.State>, truths: Int
  ) -> (precision: Double, recall: Double) {
    var (hits, misses) = (0.0, 0.0)
    var points: [(recall: Double, precision: Double)] = []
    for state in states where state != .ignored {
      if state == .hit { hits += 1 } else { misses += 1 }
      points.append((hits / Double(truths), hits / (misses + hits + Double.ulpOfOne)))
    }
    for place in points.indices.dropLast().reversed() {
      points[place].precision = max(points[place].precision, points[place + 1].precision)
    }
    var (place, sum) = (0, 0.0)
    for recall in Self.recalls {
      while place < points.count, points[place].recall < recall { place += 1 }
      sum += place < points.count ? points[place].precision : 0
    }
    return (sum / Double(Self.recalls.count), points.last?.recall ?? 0)
  }

  fileprivate struct Detection {
    enum State { case hit, miss, ignored }
    let score: Double
    /// By threshold.
    let states: [State]
  }

  /// The predictions of one class in one image.
  private struct Matches {
    var detections: [Detection] = []
    /// True objects that are to be found.
    var truths = 0

    init(_ image: InstanceOverlaps, classID: Int, _ evaluation: COCOEvaluation) {
      let isWanted = image.truths.map { evaluation.areas.contains($0.pixels) }
      truths = zip(image.truths, isWanted).count { $0.classID == classID && $1 }
      let order = image.predictions.indices.filter { image.predictions[$0].classID == classID }
        .sorted {
          let (one, other) = (image.predictions[$0].score, image.predictions[$1].score)
          return one != other ? one > other : $0 < $1
        }.prefix(evaluation.maximumDetections)
      // By prediction what it overlaps: first the objects that are to be found.
      let candidates = order.map { index in
        let prediction = image.predictions[index]
        let overlaps = prediction.overlaps.map { overlap in
          let pixels = prediction.pixels + image.truths[overlap.truth].pixels - overlap.pixels
          return (truth: overlap.truth, iou: Double(overlap.pixels) / Double(pixels))
        }
        return overlaps.filter { isWanted[$0.truth] } + overlaps.filter { !isWanted[$0.truth] }
      }
      var states = Array(repeating: [Detection.State](), count: order.count)
      for threshold in evaluation.thresholds {
        var isTaken = Array(repeating: false, count: image.truths.count)
        for (place, index) in order.enumerated() {
          let prediction = image.predictions[index]
          var best = min(threshold, 1 - 1e-10)
          var found: Int?
          for (truth, iou) in candidates[place] where !isTaken[truth] {
            if let found, isWanted[found], !isWanted[truth] { break }
            if iou < best { continue }
            (best, found) = (iou, truth)
          }
          if let found {
            isTaken[found] = true
            states[place].append(isWanted[found] ? .hit : .ignored)
          } else {
            let crowd = Double(prediction.ignored) / Double(prediction.pixels)
            let isIgnored =
              crowd >= min(threshold, 1 - 1e-10) || !evaluation.areas.contains(prediction.pixels)
            states[place].append(isIgnored ? .ignored : .miss)
          }
        }
      }
      detections = zip(order, states).map {
        Detection(score: image.predictions[$0].score, states: $1)
      }
    }
  }
}
