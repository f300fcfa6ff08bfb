internal import Foundation
internal import Synchronization

/// Has HDF5 files looked at in another process before this one opens them: libhdf5 trusts what it
/// reads, and a damaged file may end the process that reads it.
///
/// Where ``current`` is set, ``SegmentationData`` opens no volume before everything that its lists
/// name of it was read there, and only while the file is the one that was looked at.
public final class VolumeProbe: Sendable {
  /// Of the commands that read files of strangers; `nil` where a crash ends nothing but a worker.
  @TaskLocal public static var current: VolumeProbe?

  /// What lists name of a dataset.
  public struct Question: Sendable, Hashable, Codable {
    public let file: String
    let dataset: String
    /// Along the first axis, ascending; empty where the dataset is one picture.
    let slices: [Int]
  }

  private let ask: @Sendable ([Question]) -> [String?]
  private let known = Mutex<[Key: VolumeFinding]>([:])

  private struct Key: Hashable {
    let question: Question
    let stamp: FileStamp
  }

  /// - Parameter ask: looks at the files and says of each question what is wrong with the file, `nil`
  ///   where nothing is.
  public init(_ ask: @escaping @Sendable ([Question]) -> [String?]) { self.ask = ask }

  /// Reads what a question names, as this process would; what libhdf5 finds wrong is no matter here.
  ///
  /// - Parameter progress: called before every slice.
  public static func look(_ question: Question, progress: () -> Void) {
    var reader = VolumeReader()
    for index in question.slices.isEmpty ? [nil] : question.slices.map(Optional.some) {
      progress()
      try? reader.look(
        VolumeSlice(file: question.file, dataset: question.dataset, index: index))
    }
  }

  /// What is found of every file.
  fileprivate func findings(_ questions: [Question]) -> [String: VolumeFinding] {
    var findings: [String: VolumeFinding] = [:]
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

/// What a look at a volume found.
enum VolumeFinding: Sendable, Hashable {
  /// It can be read as long as the file is this one.
  case sound(FileStamp)
  /// What is wrong with the file.
  case unreadable(String)

  fileprivate func worse(than other: VolumeFinding?) -> VolumeFinding {
    if case .unreadable = other { return other ?? self }
    return self
  }
}

/// What tells a file from the one that it was: which file it is, how large, and when it was changed.
struct FileStamp: Sendable, Hashable {
  private let device: UInt64
  private let file: UInt64
  private let size: Int64
  private let changes: [Int]

  /// - Returns: `nil` where there is no regular file.
  init?(_ path: String) {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    (device, file, size) = (UInt64(status.st_dev), UInt64(status.st_ino), Int64(status.st_size))
    changes = [
      status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_ctim.tv_sec, status.st_ctim.tv_nsec,
    ]
  }
}

extension Catalogue {
  /// Without the samples whose volumes the current ``VolumeProbe`` finds unreadable, and what is wrong
  /// with each of these files.
  func probed() -> (sound: Catalogue, problems: [DataProblem]) {
    guard let probe = VolumeProbe.current else { return (self, []) }
    let samples = train + validation
    let slices = samples.flatMap(\.slices)
    guard !slices.isEmpty else { return (self, []) }
    let findings = probe.findings(Self.questions(slices))
    func sound(_ samples: [ListedSample]) -> [ListedSample] {
      samples.filter { $0.unreadableFiles(findings).isEmpty }.map { $0.knowing(findings) }
    }
    return (
      Catalogue(train: sound(train), validation: sound(validation)),
      Self.problems(samples, findings)
    )
  }

  /// One a file, at the first line that names it.
  private static func problems(
    _ samples: [ListedSample], _ findings: [String: VolumeFinding]
  ) -> [DataProblem] {
    var places: [String: [ListedSample]] = [:]
    for sample in samples {
      for file in sample.unreadableFiles(findings) { places[file, default: []].append(sample) }
    }
    return places.sorted { $0.key < $1.key }.compactMap { file, samples in
      guard case .unreadable(let reason) = findings[file], let first = samples.first else {
        return nil
      }
      let others = samples.count > 1 ? " (\(samples.count) samples are in it)" : ""
      return first.problem("\(file): \(reason)\(others)")
    }
  }

  private static func questions(_ slices: [VolumeSlice]) -> [VolumeProbe.Question] {
    var indices: [VolumeSlice: Set<Int>] = [:]
    for slice in slices {
      let dataset = VolumeSlice(file: slice.file, dataset: slice.dataset, index: nil)
      let index = slice.index.map { max(0, $0 + slice.offset) }
      indices[dataset, default: []].formUnion(index.map { [$0] } ?? [])
    }
    return indices.map { dataset, indices in
      VolumeProbe.Question(
        file: dataset.file, dataset: dataset.dataset, slices: indices.sorted())
    }.sorted { ($0.file, $0.dataset) < ($1.file, $1.dataset) }
  }
}

extension ListedSample {
  fileprivate var slices: [VolumeSlice] {
    (pictures + masks + [region].compactMap(\.self)).compactMap(\.slice)
  }

  fileprivate func unreadableFiles(_ findings: [String: VolumeFinding]) -> Set<String> {
    Set(slices.map(\.file).filter { if case .unreadable = findings[$0] { true } else { false } })
  }

  fileprivate func knowing(_ findings: [String: VolumeFinding]) -> ListedSample {
    var sample = self
    sample.pictures = pictures.map { $0.knowing(findings) }
    sample.masks = masks.map { $0.knowing(findings) }
    sample.region = region?.knowing(findings)
    return sample
  }
}

extension ListedFile {
  fileprivate func knowing(_ findings: [String: VolumeFinding]) -> ListedFile {
    guard var slice, let finding = findings[slice.file] else { return self }
    slice.finding = finding
    return ListedFile(name: name, path: path, slice: slice)
  }
}
