/// The augmentations of a training in their order, each with random draws of its own.
///
/// The draws of the k-th `mirror` are keyed by the name `mirror#k`, so that adding, removing or
/// moving other augmentations leaves them as they are.
public struct AugmentationPipeline: Sendable {
  private let stages: [(augmentation: any Augmentation, purpose: RandomStream.Purpose)]
  private let seed: UInt64

  public init(_ augmentations: [any Augmentation], seed: UInt64) {
    var occurrences: [String: Int] = [:]
    stages = augmentations.map { augmentation in
      let name = type(of: augmentation).name
      let occurrence = occurrences[name, default: 0]
      occurrences[name] = occurrence + 1
      return (augmentation, RandomStream.Purpose("\(name)#\(occurrence)"))
    }
    self.seed = seed
  }

  /// Whether samples stay as they are.
  var isEmpty: Bool { stages.isEmpty }

  /// The size of what comes out, where images of `size` go in.
  public func outputSize(for size: Size) throws(ComponentError) -> Size {
    var size = size
    for stage in stages { size = try stage.augmentation.outputSize(for: size) }
    return size
  }

  /// - Parameters:
  ///   - number: the sample's place in its list file: the key of its draws.
  ///   - occurrence: how often the epoch had the sample before, each time with other draws.
  func apply(to sample: inout Sample, epoch: Int, number: Int, occurrence: Int = 0) {
    for stage in stages {
      var random = RandomStream(
        seed: seed, purpose: stage.purpose.occurring(occurrence), epoch: epoch, sample: number)
      stage.augmentation.apply(to: &sample, random: &random)
    }
  }
}
