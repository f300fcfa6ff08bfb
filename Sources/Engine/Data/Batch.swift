/// A batch that a ``Loader`` lends: valid until the loader is asked for the next one.
public struct Batch {
  /// `[N, C, H, W]`, normalised.
  public let images: UnsafeMutablePointer<Float>
  /// `[N, H, W]`, class ids; ``Labels/ignored`` where nothing is known.
  public let labels: UnsafeMutablePointer<UInt8>
  /// Samples it holds, up to N. The rest, in the last batch of an evaluation, are zeros with
  /// ignored labels.
  public let count: Int
  /// `nil` where no image can be a mixture.
  public var mixture: LabelMixture?
}
