/// The operations of networks that find objects in two stages (Ren, He, Girshick & Sun, "Faster R-CNN",
/// NeurIPS 2015; He, Gkioxari, Dollár & Girshick, "Mask R-CNN", ICCV 2017): they choose regions of the
/// image in the middle of a network and look at each.
///
/// How many regions there are differs from image to image, so that tables of them, C × rows × 1 and always
/// plain `f32`, have a fixed number of rows, and a column that says which rows hold something. Maps of
/// regions are C × rows × H × W: the regions lie along the depth, so that whatever computes volumes computes
/// them.
package enum RegionOperation: Sendable, Hashable {
  case pack(LevelMosaic)
  case join(LevelRows)
  case anchorTargets(AnchorTargets)
  case propose(Proposals)
  case align(RegionAlignment)
  case detect(Detections)
  case maskTargets(MaskTargets)
  case draw(ObjectDrawing)

  var definition: any OperationDefinition {
    switch self {
    case .pack(let mosaic): mosaic
    case .join(let rows): rows
    case .anchorTargets(let targets): targets
    case .propose(let proposals): proposals
    case .align(let alignment): alignment
    case .detect(let detections): detections
    case .maskTargets(let targets): targets
    case .draw(let drawing): drawing
    }
  }

  /// The same with room for what is looked at in predictions, rather than for what is trained on.
  var forPrediction: RegionOperation {
    switch self {
    case .propose(var proposals):
      proposals.isTraining = false
      return .propose(proposals)
    case .detect(var detections):
      detections.isTraining = false
      return .detect(detections)
    default: return self
    }
  }

  /// What it computes, in a few words.
  package var words: String {
    switch self {
    case .pack(let mosaic): "levels side by side, \(mosaic.extent.height)×\(mosaic.extent.width)"
    case .join: "rows of all anchors"
    case .anchorTargets(let targets): "anchor targets, \(targets.sampling.count) an image"
    case .propose(let proposals): "proposals, \(proposals.rows) rows"
    case .align(let alignment): "region align \(alignment.side)×\(alignment.side)"
    case .detect(let detections): "detections, \(detections.rows) rows"
    case .maskTargets(let targets): "mask targets \(targets.side)×\(targets.side)"
    case .draw: "objects drawn"
    }
  }
}

/// The columns of the tables of regions.
package enum RegionColumns {
  /// Of proposals: x1, y1, x2 and y2 in pixels of the image, and 1 where there is a region, else 0.
  package static let regions = 5
  /// Of detections: these five, the class and the score, 0…1.
  package static let detections = 7
  /// Of the targets of anchors: 1 for one that is to be an object, 0 for background and −1 for one that is
  /// not trained on, and the coded box of the object.
  package static let anchorTargets = 5
  /// Of the targets of regions: the class, 0 for background and −1 where there is none; the coded box; and
  /// the id of the object.
  package static let regionTargets = 6
}
