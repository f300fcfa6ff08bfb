/// A data set that the program draws itself: textured background, overlapping shapes, noise, blur
/// and varying light.
public struct GeneratedScenes: Sendable, Hashable {
  /// Training and validation scenes.
  public var train: Int
  public var validation: Int
  public var size: Size
  /// 3…5, background included.
  public var classes: Int
  public var seed: UInt64

  public init(train: Int, validation: Int, size: Size, classes: Int, seed: UInt64) {
    self.train = train
    self.validation = validation
    self.size = size
    self.classes = classes
    self.seed = seed
  }
}
