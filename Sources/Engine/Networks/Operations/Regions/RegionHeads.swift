/// The heads of networks that find objects in regions, behind the objects that they draw: names.
package enum RegionHeads {
  /// 1 × anchors: the logit of "this is an object".
  package static let objectness = "objectness"
  /// 4 × anchors: where the object is, relative to the anchor.
  package static let anchorDeltas = "anchor_deltas"
  /// A table of ``RegionColumns/anchorTargets``.
  package static let anchorTargets = "anchor_targets"
  /// K × regions: before any softmax.
  package static let classLogits = "class_logits"
  /// 4K × regions: where the object is, relative to the region, if it is of each class.
  package static let boxDeltas = "box_deltas"
  /// A table of ``RegionColumns/regionTargets``.
  package static let regionTargets = "region_targets"
  /// K × regions × side × side: before any sigmoid.
  package static let maskLogits = "mask_logits"
  /// 1 × regions × side × side.
  package static let maskTargets = "mask_targets"
  /// A table of ``RegionColumns/detections``.
  package static let detections = "detections"
}
