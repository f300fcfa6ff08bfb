internal import Foundation

/// The run whose checkpoint another began with or goes on from.
package struct RunOrigin: Sendable, Hashable {
  package let experiment: String
  package let id: String

  init(experiment: String, id: String) { (self.experiment, self.id) = (experiment, id) }

  /// - Parameter text: what a record keeps of a checkpoint: `camvid/0123456789abcdef@best`.
  init?(_ text: String) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, let slash = parts[0].lastIndex(of: "/") else { return nil }
    let id = parts[0][parts[0].index(after: slash)...]
    guard id.count == 16, id.allSatisfy({ $0.isHexDigit }) else { return nil }
    self.init(experiment: String(parts[0][..<slash]), id: String(id))
  }
}

extension TrialRecord {
  /// The runs whose weights the trial begins with; without them it can be neither begun anew nor
  /// reproduced.
  package var origins: [RunOrigin] {
    struct Spec: Decodable {
      struct Weights: Decodable { var from: String? }
      struct Training: Decodable {
        struct Continued: Decodable { var run: String? }
        var continues: Continued?
      }
      var weights: Weights?
      var training: Training?
    }
    let spec = try? JSONRecordDecoder().decode(Spec.self, from: resolvedSpec.utf8)
    return [spec?.weights?.from, spec?.training?.continues?.run]
      .compactMap { $0.flatMap(RunOrigin.init) }
  }
}
