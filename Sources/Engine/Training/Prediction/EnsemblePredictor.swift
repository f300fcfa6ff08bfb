internal import Execution
internal import Groundwork
internal import Learning
internal import Networks

/// Several networks that see the same images: the mean of the probabilities that each predicts, added up
/// in their order.
///
/// The logarithms of these means are the logits. What looks at single logits, or at another head that all
/// have, is given the means of what the head holds.
///
/// Letters: N batch, C channels, K classes, H height, W width.
final class EnsemblePredictor: BatchPredictor {
  let input: TensorLayout
  let headLayouts: [HeadLayout]
  let threads: Int
  private let members: [Member]
  /// For each member: which of its heads each of the ensemble's is.
  private let places: [[Int]]
  private let probabilities: PredictionMean
  /// `nil` where nothing looks at single logits.
  private let logits: PredictionMean?
  /// The means of each head but the first.
  private let others: [PredictionMean]
  /// The images as another member was shown its own, `[N, C, H, W]`.
  private let renormalized: HostBuffer

  struct Member {
    let predictor: any BatchPredictor
    /// `nil` where the member was shown images as the first was.
    let renormalization: Renormalization?

    init(_ predictor: any BatchPredictor, renormalization: Renormalization?) {
      (self.predictor, self.renormalization) = (predictor, renormalization)
    }
  }

  /// - Precondition: there are members, and their images and logits are of one shape.
  init(_ members: [Member], averagesLogits: Bool, threads: Int) {
    let first = members[0].predictor
    precondition(
      members.allSatisfy {
        $0.predictor.input.shape == first.input.shape
          && $0.predictor.logitsLayout.shape == first.logitsLayout.shape
      })
    (self.members, self.threads) = (members, threads)
    input = first.input
    let shared = first.headLayouts.dropFirst().filter { head in
      members.allSatisfy { member in
        member.predictor.headLayouts.dropFirst().contains {
          $0.name == head.name && $0.layout.shape == head.layout.shape
        }
      }
    }
    let heads = [first.headLayouts[0]] + shared
    headLayouts = heads.map { HeadLayout(name: $0.name, layout: TensorLayout($0.layout.shape)) }
    places = members.map { member in
      [0]
        + shared.compactMap { head in
          member.predictor.headLayouts.firstIndex { $0.name == head.name }
        }
    }
    func mean(_ quantity: PredictionMean.Quantity, of head: HeadLayout) -> PredictionMean {
      PredictionMean(quantity, shape: head.layout.shape, threads: threads)
    }
    probabilities = mean(.probabilities, of: heads[0])
    logits = averagesLogits ? mean(.logits, of: heads[0]) : nil
    others = shared.map { mean(.logits, of: $0) }
    let rescales = members.contains { $0.renormalization != nil }
    renormalized = HostBuffer(floats: rescales ? first.input.shape.count : 0)
  }

  func predict(_ images: UnsafePointer<Float>) -> PredictedBatch {
    let means = [probabilities, logits].compactMap(\.self) + others
    for mean in means { mean.begin() }
    for (member, places) in zip(members, places) {
      let predicted = member.predictor.predict(seen(by: member, images))
      let layouts = member.predictor.headLayouts
      probabilities.add(predicted.logits, layouts[0].layout)
      logits?.add(predicted.singleLogits, layouts[0].layout)
      for (mean, place) in zip(others, places.dropFirst()) {
        mean.add(predicted.heads[place], layouts[place].layout)
      }
    }
    for mean in means { mean.takeMean(of: members.count) }
    return PredictedBatch(
      heads: [probabilities.values] + others.map(\.values),
      singleLogits: logits?.values ?? probabilities.values)
  }

  private func seen(by member: Member, _ images: UnsafePointer<Float>) -> UnsafePointer<Float> {
    guard let renormalization = member.renormalization else { return images }
    renormalization.apply(to: images, input.shape, into: renormalized.floats)
    return UnsafePointer(renormalized.floats)
  }
}
