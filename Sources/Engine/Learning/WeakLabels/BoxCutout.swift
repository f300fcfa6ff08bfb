package import Groundwork

/// Masks of boxes whose edges follow those of the image: a dense CRF decides inside of each box, between a core that
/// is sure to be of the object and what lies around the box, which is sure not to be (`Bbox-Seg` of Papandreou,
/// Chen, Murphy & Yuille, "Weakly- and Semi-Supervised Learning of a Deep Convolutional Network for Semantic Image
/// Segmentation", ICCV 2015).
package struct BoxCutout: Sendable {
  /// The share of a box's area around its center that is sure to be of the object; the paper has 0.2.
  package var core: Double
  /// The intersection over union of a box with what is cut out of it, below which all of the box is the object.
  package var minimumIoU: Double
  private let crf: DenseCRF

  package init(core: Double = 0.2, minimumIoU: Double = 0.5, crf: DenseCRF) {
    (self.core, self.minimumIoU, self.crf) = (core, minimumIoU, crf)
  }

  /// - Parameter image: as people see it, 1 or 3 channels of 8 bits.
  /// - Returns: `[H, W]`.
  package func labels(of boxes: [LabelBox], in image: Raster, classes: Int, threads: Int) -> [Label]
  {
    let constraint = BoxConstraint(boxes, size: image.size, classes: classes)
    let prior = ImageProbabilities(
      values: constraint.prior(core: core), size: image.size, classesExclude: true, image: image,
      threads: threads)
    let rules = RelabelRules(minimumIoU: minimumIoU, threshold: 0, postprocessing: [crf])
    let whole = BoxMask(boxes, size: image.size)
    var labels = rules.labels(
      prior, of: RelabelRules.Known(labels: whole.labels(), boxes: boxes))
    let fronts = whole.fronts
    for (index, box) in boxes.enumerated() {
      for place in whole.places(of: box.inner(core)) where fronts[place] == Int32(index + 1) {
        labels[place] = box.label
      }
    }
    return labels
  }
}
