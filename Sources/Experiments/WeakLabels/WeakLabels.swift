import ArgumentParser
internal import Groundwork
internal import Learning

/// What is kept of full masks, or drawn of boxes, and how.
struct WeakLabels {
  /// What is kept.
  enum Kept: String, CaseIterable, ExpressibleByArgument {
    case boxes, scribbles, points
  }

  /// What the pixels of boxes become.
  enum Fill: String, CaseIterable, ExpressibleByArgument {
    case box, inner, crf
  }

  var kept: Kept
  var fill = Fill.box
  /// The share of a box's area around its center that is sure to be of the object.
  var inner = 0.2
  /// The width of strokes and points, in pixels.
  var width = 3
  /// The share of the way through an object that a stroke is drawn along.
  var share = 0.5
  var seed: UInt64 = 0
  /// What decides inside of boxes.
  var crf: DenseCRF
  var threads: Int

  /// The labels of one image.
  struct Drawn {
    /// `[H, W]`.
    var labels: [Label]
    /// `nil` unless boxes are kept.
    var boxes: [LabelBox]?
    /// How many objects of classes but 0 there are.
    var objects: Int
  }

  /// - Parameters:
  ///   - labels: `[H, W]` of the full mask.
  ///   - ids: `[H, W]`, which tell objects apart; `nil` where nothing does.
  ///   - given: boxes that somebody drew, in place of those around the objects of the mask.
  ///   - image: as people see it, which the CRF looks at.
  ///   - number: of the image, which its draws follow from.
  func draw(
    _ labels: [Label], ids: [Label]?, given: [LabelBox]?, image: Raster, number: Int, classes: Int
  ) -> Drawn {
    let size = image.size
    if kept == .boxes {
      let boxes = given ?? ObjectsOfMask(labels, ids: ids, size: size).boxes
      let drawn =
        switch fill {
        case .box: BoxMask(boxes, size: size).labels()
        case .inner: BoxMask(boxes, size: size).labels(inner: inner)
        case .crf:
          BoxCutout(core: inner, crf: crf)
            .labels(of: boxes, in: image, classes: classes, threads: threads)
        }
      return Drawn(labels: drawn, boxes: boxes, objects: boxes.count)
    }
    let mask = ObjectsOfMask(labels, ids: ids, size: size)
    let scribbles = Scribbles(
      kept == .points ? .points : .strokes(share: share), width: width, seed: seed)
    return Drawn(
      labels: scribbles.labels(of: mask, sample: number), boxes: nil,
      objects: mask.objects.count { $0.label > 0 })
  }
}
