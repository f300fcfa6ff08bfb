internal import Groundwork

/// How image files become pixels.
struct ImageDecoding: Sendable {
  /// The extent that a JPEG must still have when it is decoded; `nil` for its own.
  var least: Size?
  /// What values of more than 8 bits are cut off at; `nil` where they stay as they are.
  var clipping: DataConfiguration.ValueRange?
  /// Which pixels hold nothing; `nil` where all hold something.
  var noData: DataConfiguration.NoData?
}
