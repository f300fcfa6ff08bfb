internal import Groundwork

/// Pixels by class, and the ratios that follow. Letters as in the literature: t hits, G truth,
/// R prediction, n all. A pixel of several classes counts for each of them, and once in n.
///
/// Every ratio of a class is NaN where G and R are 0, when there is nothing to be right or wrong about.
/// Where only one of them is 0, none of the class is right: precision, recall, IoU, Dice and F are 0,
/// as scikit-learn and torchmetrics have it.
package struct ClassCounts {
  /// `[K]`, t: pixels of a class that were taken for it.
  let hits: [Double]
  /// `[K]`, G: pixels of a class.
  package let truth: [Double]
  /// `[K]`, R: pixels taken for a class.
  package let prediction: [Double]
  /// n.
  package let total: Double
  private let kind: ConfusionMatrix.Kind

  init(_ confusion: ConfusionMatrix) {
    let classes = 0..<confusion.classes
    kind = confusion.kind
    if kind == .multilabel {
      let counts = classes.map { confusion.counts[(4 * $0)..<(4 * $0 + 4)].map { Double($0) } }
      hits = counts.map { $0[3] }
      truth = counts.map { $0[2] + $0[3] }
      prediction = counts.map { $0[1] + $0[3] }
      total = counts.first?.reduce(0, +) ?? 0
      return
    }
    truth = classes.map { row in classes.reduce(0.0) { $0 + Double(confusion[row, $1]) } }
    prediction = classes.map { column in
      classes.reduce(0.0) { $0 + Double(confusion[$1, column]) }
    }
    hits = classes.map { Double(confusion[$0, $0]) }
    total = truth.reduce(0, +)
  }

  private var classes: Range<Int> { hits.indices }

  // MARK: - By class

  /// t / G; 0 for a class that is predicted only.
  var recall: [Double] { classes.map { isAbsent($0) ? .nan : hits[$0] / max(truth[$0], 1) } }
  /// t / G; NaN for every class that does not occur.
  var accuracyOfClasses: [Double] { classes.map { hits[$0] / truth[$0] } }
  /// t / R; 0 for a class that occurs and is never predicted.
  package var precision: [Double] {
    classes.map { isAbsent($0) ? .nan : hits[$0] / max(prediction[$0], 1) }
  }
  /// t / (G + R − t)
  var iou: [Double] { classes.map { hits[$0] / (truth[$0] + prediction[$0] - hits[$0]) } }
  /// 2t / (G + R)
  var dice: [Double] { classes.map { 2 * hits[$0] / (truth[$0] + prediction[$0]) } }
  /// (1 + β²) t / (β² G + R)
  func fMeasure(beta: Double) -> [Double] {
    let square = beta * beta
    return classes.map { (1 + square) * hits[$0] / (square * truth[$0] + prediction[$0]) }
  }
  /// (n − G − R + t) / (n − G); NaN too where every pixel is of the class.
  var specificity: [Double] {
    classes.map {
      isAbsent($0)
        ? .nan : (total - truth[$0] - prediction[$0] + hits[$0]) / (total - truth[$0])
    }
  }

  /// Tells whether the class neither occurs nor is predicted.
  private func isAbsent(_ label: Int) -> Bool { truth[label] == 0 && prediction[label] == 0 }

  // MARK: - Of all pixels

  /// The share of pixels that are right, Σ t / n. For multilabel counts it is
  /// Σ (n − G − R + 2t) / (K n), the share of all answers, one for each class and pixel, that are
  /// right. This is 1 − the Hamming loss (Schapire & Singer 2000).
  var accuracy: Double {
    guard kind == .multilabel else { return hits.reduce(0, +) / total }
    let right = classes.reduce(0) { $0 + total - truth[$1] - prediction[$1] + 2 * hits[$1] }
    return right / (Double(classes.count) * total)
  }

  /// Σ (G / Σ G) · IoU: the IoU of the classes weighted by how often each occurs (Long et al. 2015).
  var frequencyWeightedIoU: Double {
    let (iou, labels) = (iou, truth.reduce(0, +))
    return labels == 0
      ? .nan : classes.reduce(0) { truth[$1] == 0 ? $0 : $0 + truth[$1] / labels * iou[$1] }
  }

  /// (p_o − p_e) / (1 − p_e) with p_o = Σ t / n and p_e = Σ G·R / n² (Cohen 1960); 1 where only one
  /// class is there to be agreed on, and it is.
  var kappa: Double {
    let expected = agreement / (total * total)
    if expected == 1 { return accuracy == 1 ? 1 : .nan }
    return (accuracy - expected) / (1 - expected)
  }

  /// (n Σ t − Σ G·R) / √((n² − Σ R²) (n² − Σ G²)), the R_K of Gorodkin (2004); 0 where all pixels
  /// are of one class, or are taken for one.
  var correlation: Double {
    guard total > 0 else { return .nan }
    func spread(_ counts: [Double]) -> Double {
      total * total - counts.reduce(0) { $0 + $1 * $1 }
    }
    let scale = (spread(prediction) * spread(truth)).squareRoot()
    return scale == 0 ? 0 : (hits.reduce(0, +) * total - agreement) / scale
  }

  /// Σ G·R
  private var agreement: Double { classes.reduce(0) { $0 + truth[$1] * prediction[$1] } }
}
