/// Precision and recall of predictions that are taken in one after the other, the surest first.
package struct PrecisionRecallCurve {
  /// How the area under the curve is found.
  package enum Interpolation: String, CaseIterable {
    /// Under its envelope, exactly (PASCAL VOC from 2010 on).
    case allPoint = "all_point"
    /// The mean of the envelope at eleven recalls (PASCAL VOC until 2009).
    case voc11
    /// The mean of the envelope at 101 recalls (COCO).
    case coco101
    /// The score of the last point alone: hits / (hits + false + missed) (Data Science Bowl 2018).
    case dsb
  }

  /// True for each prediction that is right.
  let isHit: [Bool]
  /// How many things there are to be found; at least one, but for `dsb`.
  let truths: Int

  package func average(_ interpolation: Interpolation) -> Double {
    switch interpolation {
    case .allPoint: area
    case .voc11: mean(steps: 10)
    case .coco101: mean(steps: 100)
    case .dsb:
      // What is found, wrong or missed: predictions and truths, pairs counted once.
      Double(hits) / Double(isHit.count + truths - hits)
    }
  }

  private var hits: Int { isHit.count { $0 } }

  /// Precision at the first, second, … hit, raised to the best that any later one has.
  private var envelope: [Double] {
    var envelope: [Double] = []
    for (index, isHit) in isHit.enumerated() where isHit {
      envelope.append(Double(envelope.count + 1) / Double(index + 1))
    }
    for index in envelope.indices.dropLast().reversed() {
      envelope[index] = max(envelope[index], envelope[index + 1])
    }
    return envelope
  }

  /// Every hit is 1 / truths of the recall.
  private var area: Double { envelope.reduce(0) { $0 + $1 / Double(truths) } }

  /// The mean of the envelope at recalls 0, 1/steps, …, 1; 0 at those that are not reached.
  private func mean(steps: Int) -> Double {
    let envelope = envelope
    let sum = (0...steps).reduce(0.0) { sum, step in
      // The first hit with a recall of step / steps or above.
      let hit = max(0, (step * truths + steps - 1) / steps - 1)
      return hit < envelope.count ? sum + envelope[hit] : sum
    }
    return sum / Double(steps + 1)
  }
}
