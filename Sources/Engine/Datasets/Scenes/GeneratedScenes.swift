package import Groundwork

/// A data set that the program draws itself: textured background, overlapping shapes, noise, blur
/// and varying light.
package struct GeneratedScenes: Sendable, Hashable {
  /// Training and validation scenes.
  package var train: Int
  package var validation: Int
  package var size: Size
  /// 3…5, background included.
  package var classes: Int
  package var seed: UInt64

  package init(train: Int, validation: Int, size: Size, classes: Int, seed: UInt64) {
    self.train = train
    self.validation = validation
    self.size = size
    self.classes = classes
    self.seed = seed
  }
}
