package import Groundwork

/// The augmentations of a training in their order, each with random draws of its own.
///
/// The draws of the k-th `mirror` are keyed by the name `mirror#k`, so that adding, removing or
/// moving other augmentations leaves them as they are.
package struct AugmentationPipeline: Sendable {
  private let stages: [Stage]
  private let seed: UInt64

  private struct Stage: Sendable {
    let augmentation: any Augmentation
    let purpose: RandomStream.Purpose
    /// The purpose of the draws that choose other samples.
    let partnerPurpose: RandomStream.Purpose
  }

  /// No augmentation.
  package static let none = AugmentationPipeline()

  private init() { (stages, seed) = ([], 0) }

  /// - Parameter reading: how the labels of the samples were read.
  /// - Throws: ``ComponentError`` where one of them would read labels as something else, or comes
  ///   after one that mixes them.
  package init(
    _ augmentations: [any Augmentation], seed: UInt64, reading: any TruthReading = ClassMasks()
  ) throws(ComponentError) {
    if let (_, error) = Self.problem(in: augmentations, reading) { throw error }
    var occurrences: [String: Int] = [:]
    stages = augmentations.map { augmentation in
      let name = type(of: augmentation).name
      let occurrence = occurrences[name, default: 0]
      occurrences[name] = occurrence + 1
      let purpose = RandomStream.Purpose("\(name)#\(occurrence)")
      return Stage(
        augmentation: augmentation, purpose: purpose, partnerPurpose: purpose.part("partner"))
    }
    self.seed = seed
  }

  /// The first augmentation that cannot be applied to such labels, or would have to be the last, and
  /// why; `nil` where there is none.
  package static func problem(
    in augmentations: [any Augmentation], _ reading: any TruthReading
  ) -> (index: Int, error: ComponentError)? {
    for (index, augmentation) in augmentations.enumerated() {
      do throws(ComponentError) {
        try reading.check(augmentation)
      } catch {
        return (index, error)
      }
    }
    guard let index = augmentations.dropLast().firstIndex(where: \.mixesLabels) else { return nil }
    let (mixing, next) = (type(of: augmentations[index]).name, augmentations[index + 1])
    return (
      index,
      ComponentError(
        "\(type(of: next).name) comes after it, but would have to change two planes of labels: "
          + (augmentations[(index + 1)...].contains(where: \.mixesLabels)
            ? "write \(mixing) once, at the end" : "write \(mixing) last"))
    )
  }

  /// True where samples stay as they are.
  package var isEmpty: Bool { stages.isEmpty }

  /// True where samples may come out with two planes of labels.
  package var mixesLabels: Bool { stages.last?.augmentation.mixesLabels ?? false }

  /// The size of what comes out, where images of `size` go in.
  package func outputSize(for size: Size) throws(ComponentError) -> Size {
    var size = size
    for stage in stages { size = try stage.augmentation.outputSize(for: size) }
    return size
  }

  /// The extent of what comes out, where samples of `extent` go in.
  package func outputExtent(for extent: SpatialExtent) throws(ComponentError) -> SpatialExtent {
    var extent = extent
    for stage in stages { extent = try stage.augmentation.outputExtent(for: extent) }
    return extent
  }

  /// - Parameters:
  ///   - number: the sample's place in its list file: the key of its draws.
  ///   - occurrence: how often the epoch had the sample before, each time with other draws.
  ///   - others: the data set that other samples are taken from.
  /// - Throws: ``DataError`` where one of them cannot be read.
  package func apply<Others: SampleSource & ~Copyable>(
    to sample: inout Sample, epoch: Int, number: Int, occurrence: Int = 0, others: inout Others
  ) throws(DataError) {
    try apply(
      stages[...], to: &sample, Draw(epoch: epoch, number: number, occurrence: occurrence),
      others: &others)
  }

  /// What a sample's draws are a function of, besides the seed and what they are for.
  private struct Draw {
    let epoch: Int
    let number: Int
    var occurrence = 0

    func stream(seed: UInt64, for purpose: RandomStream.Purpose) -> RandomStream {
      RandomStream(
        seed: seed, purpose: purpose.occurring(occurrence), epoch: epoch, sample: number)
    }
  }

  private func apply<Others: SampleSource & ~Copyable>(
    _ stages: ArraySlice<Stage>, to sample: inout Sample, _ draw: Draw, others: inout Others
  ) throws(DataError) {
    for (index, stage) in zip(stages.indices, stages) {
      var random = draw.stream(seed: seed, for: stage.purpose)
      let partners = others.count > 0 ? stage.augmentation.partners(random) : 0
      if partners > 0 {
        var choice = draw.stream(seed: seed, for: stage.partnerPurpose)
        try sample.withPartners(partners) { (lent: inout [Sample]) throws(DataError) in
          for place in 0..<partners {
            let other = others.other(than: draw.number, &choice)
            try others.read(other, into: &lent[place])
            try apply(
              stages[..<index], to: &lent[place],
              Draw(epoch: draw.epoch, number: others.number(of: other)), others: &others)
          }
        }
      }
      if sample.depth > 1 {
        stage.augmentation.apply(toVolume: &sample, random: &random)
      } else {
        stage.augmentation.applyToEachImage(of: &sample, random: &random)
      }
    }
  }
}

/// Where augmentations that mix samples get the others from.
package protocol SampleSource: ~Copyable {
  var count: Int { get }
  /// The sample's place in its list file.
  func number(of index: Int) -> Int
  mutating func read(_ index: Int, into sample: inout Sample) throws(DataError)
}

extension SampleSource where Self: ~Copyable {
  /// Each of the others with the same probability; the sample itself where there is no other.
  package func other(than number: Int, _ random: inout RandomStream) -> Int {
    while true {
      let index = random.below(count)
      if count == 1 || self.number(of: index) != number { return index }
    }
  }
}
