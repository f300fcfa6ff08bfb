internal import Foundation
internal import Synchronization

/// Has HDF5 files looked at in another process before this one opens them: libhdf5 trusts what it
/// reads, and a damaged file may end the process that reads it.
///
/// Where ``current`` is set, ``SegmentationData`` opens no volume before everything that its lists
/// name of it was read there, and only while the file is the one that was looked at.
package final class VolumeProbe: Sendable {
  /// The probe that commands use before they read a file of a stranger. It is `nil` in
  /// workers, where a crash ends no more than one run.
  @TaskLocal package static var current: VolumeProbe?

  /// What lists name of a dataset.
  package struct Question: Sendable, Hashable, Codable {
    package let file: FilePath
    package let dataset: String
    /// What the axes of the dataset are, where the spec says so.
    package let axes: String?
    /// Along the axes that count slices, ascending; empty where the dataset is one image.
    package let slices: [Int]
  }

  private let ask: @Sendable ([Question]) -> [String?]
  private let known = Mutex<[Key: VolumeFinding]>([:])

  private struct Key: Hashable {
    let question: Question
    let stamp: FileStamp
  }

  /// - Parameter ask: looks at the files and says of each question what is wrong with the file, `nil`
  ///   where nothing is.
  package init(_ ask: @escaping @Sendable ([Question]) -> [String?]) { self.ask = ask }

  /// What is found of every file.
  func findings(_ questions: [Question]) -> [FilePath: VolumeFinding] {
    var findings: [FilePath: VolumeFinding] = [:]
    var open: [Key] = []
    for question in questions {
      guard let stamp = FileStamp(question.file) else { continue }
      let key = Key(question: question, stamp: stamp)
      guard let finding = known.withLock({ $0[key] }) else {
        open.append(key)
        continue
      }
      findings[question.file] = finding.worse(than: findings[question.file])
    }
    let answers = open.isEmpty ? [] : ask(open.map(\.question))
    for (key, answer) in zip(open, answers) {
      let finding = answer.map { VolumeFinding.unreadable($0) } ?? .sound(key.stamp)
      known.withLock { $0[key] = finding }
      findings[key.question.file] = finding.worse(than: findings[key.question.file])
    }
    return findings
  }
}
