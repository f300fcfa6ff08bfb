package import Groundwork

/// How the predictions of a network become the labels that it is trained on next.
///
/// Of an image with boxes (Khoreva et al., CVPR 2017): every pixel gets the class that is most probable among those
/// that its boxes allow, and a box that is left with too little of its class gets back what was given. Of an image
/// without boxes: what is labelled stays, and unlabelled pixels get the predicted class. In both a pixel stays
/// unlabelled where the probability of its class is below the threshold (Lee, "Pseudo-Label", 2013; the threshold
/// as in FixMatch, Sohn et al., 2020).
package struct RelabelRules: Sendable {
  /// The intersection over union of a box with the pixels of its class, below which it is given back.
  package var minimumIoU: Double
  /// 0 for every prediction.
  package var threshold: Double
  /// The steps of postprocessing that predictions go through.
  package var postprocessing: [any Postprocessing]

  package init(minimumIoU: Double, threshold: Double, postprocessing: [any Postprocessing]) {
    (self.minimumIoU, self.threshold) = (minimumIoU, threshold)
    self.postprocessing = postprocessing
  }

  /// An image, and what is known of it.
  package struct Known: Sendable {
    /// `[H, W]` as they were given.
    package var labels: [Label]
    /// In the image's own pixels; `nil` where nobody drew boxes.
    package var boxes: [LabelBox]?

    package init(labels: [Label], boxes: [LabelBox]?) {
      (self.labels, self.boxes) = (labels, boxes)
    }
  }

  /// - Parameters:
  ///   - predicted: the probabilities, `[K, H, W]`, with the image where a step of postprocessing looks at it.
  /// - Returns: `[H, W]`.
  package func labels(_ predicted: ImageProbabilities, of known: Known) -> [Label] {
    let constraint = known.boxes.map {
      BoxConstraint($0, size: predicted.size, classes: predicted.classes)
    }
    var predicted = predicted
    constraint?.apply(to: &predicted.values)
    postprocessing.refine(&predicted)
    constraint?.apply(to: &predicted.values)
    let found = predicted.mostProbable
    var labels = found.labels
    if !postprocessing.isEmpty {
      labels = postprocessing.applied(
        to: labels, size: predicted.size, Truth(classes: predicted.classes))
    }
    for place in labels.indices where Double(found.probabilities[place]) < threshold {
      labels[place] = Labels.ignoreIndex
    }
    if let constraint {
      constraint.restore(&labels, from: known.labels, below: minimumIoU)
    } else {
      for place in labels.indices where known.labels[place] != Labels.ignoreIndex {
        labels[place] = known.labels[place]
      }
    }
    return labels
  }
}

extension ImageProbabilities {
  /// The class of each pixel, of equal ones the first, and its probability.
  fileprivate var mostProbable: (labels: [Label], probabilities: [Float]) {
    var labels = [Label](repeating: 0, count: size.area)
    var best = Array(values[..<size.area])
    for label in 1..<max(1, classes) {
      for place in 0..<size.area where values[label * size.area + place] > best[place] {
        best[place] = values[label * size.area + place]
        labels[place] = Label(label)
      }
    }
    return (labels, best)
  }
}
