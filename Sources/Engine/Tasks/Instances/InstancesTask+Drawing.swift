package import Groundwork
package import Learning

extension InstancesTask {
  /// A colour for each id, of sixteen that are far apart and then others; neighbours seldom share one.
  package func tint(_ labels: [Label], area: Int, _ palette: ClassPalette) -> LabelTint {
    let ids = labels[InstancePlanes.ids * area..<(InstancePlanes.ids + 1) * area]
    return Self.palette.tint(
      classes: ids.map { id in
        id == 0 || id == Labels.ignoreIndex ? id : 1 + (id - 1) % Self.colours
      })
  }

  /// Lines run where ids differ.
  package func outlined(_ labels: [Label], area: Int) -> [Label] {
    Array(labels[InstancePlanes.ids * area..<(InstancePlanes.ids + 1) * area])
  }

  /// Wrong are the pixels of true and of predicted objects that have no partner of an IoU above 0.5, and those
  /// that only one of two partners has.
  package func isWrong(_ predicted: [Label], against truth: [Label], area: Int) -> [Bool] {
    let overlaps = InstanceOverlaps(predictions: predicted, labels: truth, area: area)
    // Objects are numbered in the order of their first pixels.
    var partners = [Int?](repeating: nil, count: overlaps.predictions.count)
    for pair in overlaps.pairs(above: 0.5) { partners[pair.prediction] = pair.truth }
    var (truths, predictions): ([Label: Int], [Label: Int]) = ([:], [:])
    return (0..<area).map { pixel in
      let place = InstancePlanes.ids * area + pixel
      let (trueID, predictedID) = (truth[place], predicted[place])
      if trueID > 0, trueID != Labels.ignoreIndex, truths[trueID] == nil {
        truths[trueID] = truths.count
      }
      if predictedID > 0, predictions[predictedID] == nil {
        predictions[predictedID] = predictions.count
      }
      if trueID == Labels.ignoreIndex { return false }
      if trueID == 0 { return predictedID != 0 }
      guard let object = predictions[predictedID] else { return true }
      return partners[object] != truths[trueID]
    }
  }

  package func objects(
    in labels: [Label], size: Size, isOutlined: Bool
  ) -> [ImageObject] {
    ImageObject.all(instances: labels, size: size, isOutlined: isOutlined)
  }

  package func classLabels(_ labels: [Label], area: Int) -> [Label] {
    Array(labels[InstancePlanes.classes * area..<(InstancePlanes.classes + 1) * area])
  }

  package func objectIDs(_ labels: [Label], area: Int) -> [Label]? {
    Array(labels[InstancePlanes.ids * area..<(InstancePlanes.ids + 1) * area])
  }

  /// So many differ from that of the background.
  private static let colours: Label = 250
  private static let palette = ClassPalette(classes: ["background"])
}
