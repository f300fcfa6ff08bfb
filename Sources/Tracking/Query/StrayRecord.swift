/// A record that is no run of its experiment, most often a copy somebody made by hand.
package struct StrayRecord: Sendable, Hashable {
  package let experiment: String
  package let folder: String
  /// Why the record is no run of its experiment.
  package let reason: String
  /// What puts it right.
  package let remedy: String

  init(
    experiment: String, folder: String, reason: String,
    remedy: String = "move it out of the folder of the records"
  ) {
    (self.experiment, self.folder) = (experiment, folder)
    (self.reason, self.remedy) = (reason, remedy)
  }

  package var sentence: String { "\(folder) is not counted: \(reason); \(remedy)" }
}
