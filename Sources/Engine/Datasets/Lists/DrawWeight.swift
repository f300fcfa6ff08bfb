/// How often a sample is drawn, as its list and its source say it.
package struct DrawWeight: Sendable, Hashable {
  /// Against the other samples of its source.
  let weight: Double
  let share: DrawnShare?

  package init(weight: Double = 1, share: DrawnShare? = nil) {
    (self.weight, self.share) = (weight, share)
  }

  init(_ sample: ListedSample) { self.init(weight: sample.weight, share: sample.share) }

  /// What a fingerprint holds of it: nothing where the sample is drawn as all others.
  var text: String {
    (weight == 1 ? "" : " weight=\(weight)")
      + (share.map { " source=\($0.source) share=\($0.share)" } ?? "")
  }
}
