import Measurements

/// The name that a metric of another tracker gets as a series, so that the same thing measured elsewhere
/// stands in the same column.
///
/// Only what says the same in other words is changed: on which data it was measured, and how words are
/// spelled. `val/mIoU`, `val_mIoU`, `mIoU/val` and `validation.mean_iou` are `validation.mean_iou`; what is
/// defined otherwise keeps its own name.
struct SeriesName: Hashable {
  /// `validation.mean_iou`
  let name: String

  init(_ metric: String) {
    let words = metric.split { "/.".contains($0) }.map { Self.word($0) }.filter { !$0.isEmpty }
    var parts = words.isEmpty ? ["value"] : words
    // Neptune's users file everything that is measured under one word.
    if parts.count > 1, parts[0].lowercased() == "metrics" { parts.removeFirst() }
    if parts.count > 1, let scope = Self.scopes[parts[0].lowercased()] {
      parts[0] = scope
    } else if parts.count > 1, let scope = Self.scopes[parts[parts.count - 1].lowercased()] {
      parts = [scope] + parts.dropLast()
    } else if let (scope, rest) = Self.splitPrefix(parts[0]) {
      parts = [scope, rest] + parts.dropFirst()
    }
    // Keras says in every name that a value is of an epoch.
    if parts.count > 1, Self.scopes[parts[0]] != nil, parts[1].hasPrefix("epoch_") {
      parts[1] = String(parts[1].dropFirst("epoch_".count))
    }
    let last = parts.count - 1
    parts[last] = Self.spelled(parts[last])
    if parts == [Self.training, "learning_rate"] { parts = ["learning_rate"] }
    if Self.reserved.contains(parts[0]), parts.count == 1 || parts[0] != "step" {
      parts[0] += "_"
    }
    name = parts.joined(separator: ".")
  }

  /// Whether greater is better: known of words that every tracker uses alike.
  static func higherIsBetter(_ name: String) -> Bool? {
    let words = Set(
      name.lowercased().split { !$0.isLetter && !$0.isNumber }.map(String.init))
    if !words.isDisjoint(with: ["loss", "error", "mse", "mae", "rmse", "entropy"]) { return false }
    if !words.isDisjoint(with: ["accuracy", "acc", "iou", "dice", "jaccard", "f1"]) { return true }
    return nil
  }

  // MARK: - Words

  private static let training = "training"
  private static let scopes = [
    "train": training, "training": training, "val": SeriesDescription.validation,
    "valid": SeriesDescription.validation, "validation": SeriesDescription.validation,
    "eval": SeriesDescription.validation, "test": "test",
  ]

  /// Names that the record of a run keeps for itself.
  private static let reserved: Set = [
    "step", "epoch", "attempt", "series_names", "axes", "tensors", "images",
  ]

  /// `val_loss` is `loss` of the validation data.
  private static func splitPrefix(_ word: String) -> (scope: String, rest: String)? {
    guard let end = word.firstIndex(where: { "_- ".contains($0) }),
      let scope = scopes[word[..<end].lowercased()]
    else { return nil }
    let rest = word[word.index(after: end)...]
    return rest.isEmpty ? nil : (scope, String(rest))
  }

  /// Letters, digits, `_` and `-`; every other sign is a `_`.
  private static func word(_ text: Substring) -> String {
    let signs = text.map { $0.isLetter || $0.isNumber || "_-".contains($0) ? $0 : "_" }
    var word = String(signs)
    while word.hasPrefix("_") { word.removeFirst() }
    while word.hasSuffix("_") { word.removeLast() }
    return word
  }

  /// The usual spelling of a word that is spelled in many ways.
  private static func spelled(_ word: String) -> String {
    let letters = word.lowercased().filter { $0.isLetter || $0.isNumber }
    return spellings[letters] ?? word
  }

  private static let spellings = [
    "loss": "loss", "miou": "mean_iou", "meaniou": "mean_iou", "iou": "iou", "dice": "dice",
    "meandice": "mean_dice", "mdice": "mean_dice", "acc": "accuracy", "accuracy": "accuracy",
    "pixelaccuracy": "pixel_accuracy", "pixelacc": "pixel_accuracy",
    "learningrate": "learning_rate", "lr": "learning_rate", "jaccard": "jaccard", "f1": "f1",
    "crossentropy": "cross_entropy",
  ]
}

extension SeriesName {
  /// Names for all metrics, no two alike and none a part of another's path, as a record has to have them.
  ///
  /// - Parameter renamed: the names of some, as a person wants them.
  static func names(of metrics: [String], renamed: [String: String]) -> [String: String] {
    var names: [String: String] = [:]
    var taken = TakenNames()
    // What a person names comes first, then what is shorter: others give way.
    let wanted = metrics.map { metric in (metric, renamed[metric] ?? SeriesName(metric).name) }
    let ordered = wanted.sorted { left, right in
      let ranks = (renamed[left.0] == nil ? 1 : 0, renamed[right.0] == nil ? 1 : 0)
      return (ranks.0, left.1.count, left.0) < (ranks.1, right.1.count, right.0)
    }
    for (metric, name) in ordered { names[metric] = taken.take(name) }
    return names
  }
}

/// Names of series that are given, with the groups that they lie in.
private struct TakenNames {
  private var names: Set<String> = []
  private var groups: Set<String> = []

  /// The name, or the nearest that is free: `loss_car` for `loss.car` where `loss` is a series.
  mutating func take(_ wanted: String) -> String {
    var parts: [String] = []
    for part in wanted.split(separator: ".") {
      if names.contains(parts.joined(separator: ".")) {
        parts[parts.count - 1] += "_\(part)"
      } else {
        parts.append(String(part))
      }
    }
    let stem = parts.joined(separator: ".")
    var (name, number) = (stem, 1)
    while names.contains(name) || groups.contains(name) {
      number += 1
      name = "\(stem)_\(number)"
    }
    names.insert(name)
    for length in 1..<max(1, parts.count) {
      groups.insert(parts.prefix(length).joined(separator: "."))
    }
    return name
  }
}
