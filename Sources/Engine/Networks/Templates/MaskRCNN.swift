package import Groundwork

/// Mask R-CNN (He, Gkioxari, Dollár & Girshick, ICCV 2017) on a feature pyramid, in torchvision's form and
/// words: regions that may be objects are chosen in the middle of the network, and each is looked at for its
/// class, its box and its mask.
///
/// `convention: matterport` takes the choices of Matterport's Mask_RCNN where the two differ: anchors that are
/// not rounded, a wider proposal network, coded boxes divided by deviations, proposals of all levels suppressed
/// together, the nearest level for each region, one class a region, norms in the heads, binary mask targets, and
/// other numbers. What it leaves to torchvision: one logit of an object in place of a softmax over two, and
/// points inside of the bins in place of `crop_and_resize`'s.
///
/// On ResNet-50 it has 44,454,513 parameters at 91 classes; torchvision counts 53,120 of these, which are its frozen
/// norms', as buffers.
package struct MaskRCNN: Template {
  package static let name = "mask_rcnn"
  package static let about =
    "Objects found in two stages (He et al. 2017): their boxes, classes and masks; for task instances with "
    + "decode: detections."
  package static let findsObjects = true
  package static let example =
    "task: {instances: {decode: detections}}\ntemplate: {name: mask_rcnn, encoder: resnet50}\n"
    + "losses: [objectness, rpn_box_reg, classifier, box_reg, mask]"
  package static let fields = MaskRCNNSettings.fields

  private let settings: MaskRCNNSettings

  package init(_ values: FieldValues) throws(ComponentError) {
    settings = try MaskRCNNSettings(values)
  }

  /// The coarsest level but one, which the last level halves.
  package var sizeMultiple: Int { 32 }

  private typealias Feature = NetworkBuilder.Feature

  /// - Parameter classes: the background and the classes of objects.
  package func network(
    input: NetworkInput, classes: Int
  ) throws(ComponentError) -> Network {
    try checkSize(input, atLeast: 2 * Encoders.smallestSide)
    var net = NetworkBuilder(name: Self.name, input: input, initialization: .he)
    let image = input.size

    let stages = Array(settings.encoder.features(&net, outputStride: 32).stages.dropFirst())
    let pyramid = net.featurePyramid("backbone.fpn", stages, channels: settings.pyramidChannels)

    let anchors = settings.anchors(pyramid.map { net.shape(of: $0).extent.size }, of: image)
    let (objectness, anchorDeltas) = net.regionProposalHead(
      "rpn.head", pyramid,
      channels: settings.isMatterport ? 2 * settings.pyramidChannels : settings.pyramidChannels,
      anchorsPerPlace: anchors.ratios.count)
    let anchorTargets = net.regions(
      "rpn.targets",
      .anchorTargets(
        AnchorTargets(
          anchors: anchors, coding: settings.anchorCoding, sampling: settings.anchorSampling)),
      [net.input])[0]
    let proposed = net.regions(
      "rpn.proposals", .propose(settings.proposals(anchors, image)), [objectness, anchorDeltas])
    let (regions, regionTargets) = (proposed[0], proposed[1])

    let levels = Array(pyramid.dropLast())
    func aligned(_ name: String, _ regions: Feature, side: Int, _ net: inout NetworkBuilder)
      -> Feature
    {
      let alignment = RegionAlignment(
        image: image, side: side, levels: levels.count, isRounded: settings.isMatterport)
      return net.regions(name, .align(alignment), levels + [regions])[0]
    }
    let (classLogits, boxDeltas) = net.boxHead(
      "roi_heads", aligned("roi_heads.box_roi_pool", regions, side: 7, &net),
      channels: settings.denseChannels, classes: classes, isNormalized: settings.isMatterport)
    let detections = net.regions(
      "roi_heads.detections", .detect(settings.detections(image)),
      [regions, regionTargets, classLogits, boxDeltas])[0]

    let maskLogits = net.maskHead(
      "roi_heads", aligned("roi_heads.mask_roi_pool", detections, side: 14, &net),
      channels: settings.pyramidChannels, classes: classes, isNormalized: settings.isMatterport)
    let maskTargets = net.regions(
      "roi_heads.mask_targets",
      .maskTargets(MaskTargets(image: image, side: 28, isBinary: settings.isMatterport)),
      [detections, regionTargets])[0]
    let drawn = net.regions(
      "objects", .draw(ObjectDrawing(image: image)), [detections, maskLogits])[0]

    return net.build(
      logits: drawn,
      others: [
        (RegionHeads.objectness, objectness), (RegionHeads.anchorDeltas, anchorDeltas),
        (RegionHeads.classLogits, classLogits), (RegionHeads.boxDeltas, boxDeltas),
        (RegionHeads.maskLogits, maskLogits), (RegionHeads.anchorTargets, anchorTargets),
        (RegionHeads.regionTargets, regionTargets), (RegionHeads.maskTargets, maskTargets),
        (RegionHeads.detections, detections),
      ])
  }
}
