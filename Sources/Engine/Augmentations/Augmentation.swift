/// The augmentations that a spec can name.
extension Registry {
  public static let augmentations = Registry(
    kind: "augmentation",
    [
      Mirror.self,
      Rotate.self,
      RandomCrop.self,
    ])
}

/// A random change of a training sample; image and labels change together.
public protocol Augmentation: Component {
  /// The size of what comes out, where `size` goes in.
  /// - Throws: ``ComponentError`` where it cannot be applied to images of this size.
  func outputSize(for size: Size) throws(ComponentError) -> Size
  /// The draws are the stream's alone, and the stream is this sample's, epoch's and
  /// augmentation's own: the result does not depend on what else is drawn.
  func apply(to sample: inout Sample, random: inout RandomStream)
}

/// A training sample before normalisation.
public struct Sample: Sendable {
  public var size: Size
  public var channels: Int
  /// `[C, H, W]`, 0…255.
  public var image: [Float]
  /// `[H, W]`, class ids; ``Labels/ignored`` where nothing is known.
  public var labels: [UInt8]
  /// What pixels from outside the image are filled with, for each channel: the data set's mean.
  public var fill: [Float]

  public init(size: Size, channels: Int, image: [Float], labels: [UInt8], fill: [Float]) {
    self.size = size
    self.channels = channels
    self.image = image
    self.labels = labels
    self.fill = fill
  }
}
