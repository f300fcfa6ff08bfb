internal import Foundation

extension TrialRecord {
  /// The first thing that makes the other train or judge otherwise, in words, or `nil`.
  func difference(from other: TrialRecord) -> String? {
    if experiment != other.experiment { return "the experiment" }
    if seed != other.seed { return "the seed" }
    if objective != other.objective { return "the objective" }
    if !Self.trainAlike(resolvedSpec, other.resolvedSpec) { return "the resolved spec" }
    return nil
  }

  /// Keys of a resolved spec that describe or bound a training without changing its outcome.
  static let namesAndLimits: Set = ["experiment", "about", "tags", "limits", "folder"]

  private static func trainAlike(_ spec: String, _ other: String) -> Bool {
    if spec == other { return true }
    guard let first = decisive(spec), let second = decisive(other) else { return false }
    return first.isEqual(second)
  }

  private static func decisive(_ spec: String) -> NSDictionary? {
    let object = try? JSONSerialization.jsonObject(with: Data(spec.utf8))
    guard let entries = object as? [String: Any] else { return nil }
    return NSDictionary(dictionary: entries.filter { !namesAndLimits.contains($0.key) })
  }
}
