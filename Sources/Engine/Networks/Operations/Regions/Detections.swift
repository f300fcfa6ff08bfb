package import Groundwork

/// What is found: the regions as the deltas of their classes move them, cut to the image, with the classes and
/// scores that the softmax gives, without those that overlap a surer one of the same class; the surest first.
///
/// In training instead the first regions, which those of objects are. Inputs: regions, their targets, class
/// logits K × rows × 1 × 1, and deltas 4K × rows × 1 × 1. Output: a table of ``RegionColumns/detections``.
package struct Detections: Sendable, Hashable {
  package var image: Size
  package var coding: BoxCoding
  /// Of the score.
  package var threshold: Float
  package var suppressionOverlap: Float
  /// How many are kept in a prediction.
  package var most: Int
  /// How many regions of objects there are in training at most.
  package var mostTrained: Int
  /// A region is of its surest class alone, as Matterport has it, rather than of each that is sure enough.
  package var isOfOneClass: Bool
  /// Smaller boxes are left out: their sides in pixels.
  package static let leastSide: Float = 0.01

  /// As ``Proposals/isTraining``.
  package var isTraining = true

  /// D.
  package var rows: Int { max(1, isTraining ? mostTrained : most) }
}

extension Detections: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    precondition(inputs.count == 4 && inputs[3].channels == 4 * inputs[2].channels)
    return [FeatureShape(RegionColumns.detections, rows, 1)]
  }

  package var isPlain: Bool { true }
  package var hasGradient: Bool { false }
}

/// What the masks of regions of objects should be, for training: the share of each bin that the object covers,
/// 1 × rows × side × side. Inputs: detections and the targets of regions.
package struct MaskTargets: Sendable, Hashable {
  package var image: Size
  package var side: Int
  /// Shares become 0 or 1, as Matterport has it.
  package var isBinary: Bool
}

extension MaskTargets: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    [FeatureShape(1, SpatialExtent(depth: inputs[0].height, height: side, width: side))]
  }

  package var isPlain: Bool { true }
  package var hasGradient: Bool { false }
}

/// The objects of an image on it, for prediction: each mask enlarged to its box, the surest objects on top.
/// Inputs: detections and mask logits, K × rows × side × side. Output: 3 × H × W, of each pixel the class, the
/// id and the score of its object, as ``InstancePlanes`` has them; 0 where there is none, and in training.
package struct ObjectDrawing: Sendable, Hashable {
  package var image: Size
  /// Of the probability of a pixel.
  package var threshold: Float = 0.5
}

extension ObjectDrawing: OperationDefinition {
  package func outputs(for inputs: [FeatureShape]) -> [FeatureShape] {
    [FeatureShape(InstancePlanes.count, SpatialExtent(image))]
  }

  package var isPlain: Bool { true }
  package var hasGradient: Bool { false }
}
