internal import Foundation

/// What trials share that differ in nothing but the seed.
///
/// The number of the point is not enough: after an edit of the spec the same number stands for
/// another training, and figures of the two must not be averaged.
struct PointIdentity: Hashable {
  private let experiment: String
  private let point: Int
  private let spec: Data

  init(_ run: RunRecord) {
    experiment = run.experiment
    point = run.trial.point
    spec = Self.withoutSeed(run.trial.resolvedSpec)
  }

  /// The resolved spec without the keys that may differ between seeds of a point: the seed, and
  /// what does not decide results.
  private static func withoutSeed(_ resolvedSpec: String) -> Data {
    let text = Data(resolvedSpec.utf8)
    guard
      var spec = try? JSONSerialization.jsonObject(with: text) as? [String: Any],
      JSONSerialization.isValidJSONObject(spec)
    else { return text }
    for key in ["seed", "about", "tags", "limits", "folder"] { spec[key] = nil }
    return (try? JSONSerialization.data(withJSONObject: spec, options: .sortedKeys)) ?? text
  }
}
