internal import CKernels
package import Groundwork

/// Some of the classes of another sample, pasted where they lie there (Ghiasi et al. 2021; Olsson et
/// al. 2021, ClassMix).
package struct CopyPaste: Augmentation {
  package static let name = "copy_paste"
  package static let about = "Pastes the pixels of some classes of another sample."
  package static let fields = [
    share.declaration, background.declaration, probability.declaration,
  ]
  package static let example = "copy_paste: {share: 0.5, probability: 0.5}"

  package static let share = Field.number(
    "share", default: 0.5, Bounds(above: 0), "Probability of each class of being pasted.")
  static let background = Field.boolean(
    "background", default: false, "Class 0 may be pasted too.")
  static let probability = Self.chance(0.5, "Probability of mixing a sample.")

  private let share: Double
  private let background: Bool
  private let probability: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    share = values[Self.share]
    guard share <= 1 else {
      throw ComponentError(field: "share", "must be at most 1: it is a probability")
    }
    background = values[Self.background]
    probability = values[Self.probability]
  }

  package var reading: LabelReading? { LabelReading([.classes], remedy: "use cutmix or mosaic") }

  package static var mixesSamples: Bool { true }

  package func partners(_ random: RandomStream) -> Int {
    var random = random
    return random.chance(probability) ? 1 : 0
  }

  /// Which classes are pasted where the other sample has them: 1 for those.
  package typealias Chosen = InlineArray<2048, UInt8>

  /// - Parameter classes: that the other sample may have, from 0 on.
  package func draw(_ random: inout RandomStream, classes: Int = 255) -> Chosen? {
    guard random.chance(probability) else { return nil }
    var chosen = Chosen(repeating: 0)
    // The draws of small ids do not depend on whether there are large ones.
    for id in 0..<max(classes, 255) {
      let isChosen = random.chance(share)
      if isChosen, id > 0 || background { chosen[id] = 1 }
    }
    return chosen
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    guard partners(random) > 0, !sample.partners.isEmpty else { return }
    sample.withPartner(0) { sample, partner in
      let highest = ck_highest_label(partner.labels, partner.labels.count)
      guard let chosen = draw(&random, classes: Int(highest) + 1) else { return }
      chosen.span.withUnsafeBufferPointer { chosen in
        ck_paste_classes(
          partner.image, partner.labels, &sample.image, &sample.labels, Int32(sample.channels),
          sample.size.area, chosen.baseAddress)
      }
    }
  }
}
