/// How many pixels of an image show each class.
struct LabelTally: Sendable, Hashable {
  /// `[K]`; where classes overlap a pixel counts for each that it is of.
  var pixels: [UInt64]
  /// Pixels that are ignored.
  var ignored: UInt64
  /// All pixels of the image.
  var all: UInt64

  var labelled: UInt64 { all - ignored }
}
