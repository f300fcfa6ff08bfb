package import Datasets
package import Groundwork

/// What the plans of a training depend on besides its configuration.
package struct DataShape: Sendable, Hashable {
  /// The extent of the training samples before augmentation.
  package var trainingExtent: SpatialExtent
  package var validationExtent: SpatialExtent
  /// The largest height and width of the validation images that are put together of patches of
  /// `validationExtent`; `nil` where none are.
  package var stitchedSize: Size?
  package var channels: Int
  package var classes: Int

  package init(
    trainingExtent: SpatialExtent, validationExtent: SpatialExtent, stitchedSize: Size? = nil,
    channels: Int, classes: Int
  ) {
    self.trainingExtent = trainingExtent
    self.validationExtent = validationExtent
    self.stitchedSize = stitchedSize
    self.channels = channels
    self.classes = classes
  }

  /// Of images.
  package init(
    trainingSize: Size, validationSize: Size, stitchedSize: Size? = nil, channels: Int, classes: Int
  ) {
    self.init(
      trainingExtent: SpatialExtent(trainingSize), validationExtent: SpatialExtent(validationSize),
      stitchedSize: stitchedSize, channels: channels, classes: classes)
  }

  package init(_ data: SegmentationData) {
    self.init(
      trainingExtent: data.train.extent, validationExtent: data.validation.extent,
      stitchedSize: data.validation.stitchedSize, channels: data.train.channels,
      classes: data.classes.count)
  }
}
