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
  /// Changes values in place, or draws them anew with ``Sample/redraw(as:_:)``; either way without
  /// new memory, as it is called for every sample of every epoch.
  ///
  /// The draws are the stream's alone, and the stream is this sample's, epoch's and
  /// augmentation's own: the result does not depend on what else is drawn.
  func apply(to sample: inout Sample, random: inout RandomStream)
}
