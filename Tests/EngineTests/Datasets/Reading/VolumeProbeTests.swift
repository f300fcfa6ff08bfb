@testable import Datasets
import Foundation
import Synchronization
import Testing

/// Volumes are looked at elsewhere before they are opened here.
@Suite final class VolumeProbeTests {
  private let folder: String
  private let configuration: DataConfiguration

  init() throws {
    folder = FileManager.default.temporaryDirectory.path + "/probe-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let fixture = try Fixture.url("hdf5/stored.h5").path
    for name in ["a.h5", "b.h5"] {
      try FileManager.default.copyItem(atPath: fixture, toPath: "\(folder)/\(name)")
    }
    let list = """
      a.h5:/gzip[0:3] a.h5:/contiguous[0:3]
      b.h5:/gzip[2:5] b.h5:/contiguous[1:4]
      missing.png missing.png
      """
    try Data(list.utf8).write(to: URL(fileURLWithPath: folder + "/list.txt"))
    configuration = DataConfiguration(
      root: folder,
      source: .lists(
        train: SampleSources(file: folder + "/list.txt"), validation: .fraction(0.3)),
      classes: (0..<250).map { "class \($0)" }, ignore: [], geometry: .original, channels: 1,
      normalization: .none)
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

  private func problems() -> [String] {
    do throws(DataError) {
      _ = try DataInspector().inspect(configuration, seed: 1)
      return []
    } catch {
      return error.problems.map(\.message)
    }
  }

  @Test("a file that a look finds unreadable is told once, is not opened, and hides no other error")
  func unreadable() throws {
    let asked = Mutex<[VolumeProbe.Question]>([])
    let probe = VolumeProbe { questions in
      asked.withLock { $0 += questions }
      return questions.map { $0.file.text.hasSuffix("a.h5") ? "crashes" : nil }
    }
    let found = VolumeProbe.$current.withValue(probe) { problems() }
    let file = folder + "/a.h5"
    #expect(found.count { $0.hasPrefix(file) } == 1)
    #expect(found.contains("\(file): crashes (3 samples are in it)"))
    #expect(found.contains { $0.contains("missing.png: does not exist") })
    #expect(!found.contains { $0.contains("b.h5") })
    let questions = asked.withLock { $0 }
    #expect(questions.count == 4)
    #expect(questions.first { $0.file.text == file }?.slices == [0, 1, 2])
    for question in questions { VolumeProbe.look(question) {} }
  }

  @Test("a file is looked at once as long as it stays the same")
  func once() throws {
    let count = Mutex(0)
    let probe = VolumeProbe { questions in
      count.withLock { $0 += questions.count }
      return questions.map { _ in nil }
    }
    try VolumeProbe.$current.withValue(probe) {
      _ = (problems(), problems())
      #expect(count.withLock { $0 } == 4)
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: 1)], ofItemAtPath: folder + "/b.h5")
      _ = problems()
      #expect(count.withLock { $0 } == 6)
    }
  }

  @Test("a file that was changed since somebody looked at it is not opened")
  func changed() throws {
    let file = folder + "/a.h5"
    let probe = VolumeProbe { questions in
      // Whoever changes it does so behind the look.
      try? Data(repeating: 1, count: 100).write(to: URL(fileURLWithPath: file))
      return questions.map { _ in nil }
    }
    let found = VolumeProbe.$current.withValue(probe) { problems() }
    #expect(found.contains { $0.contains("has changed since the data was checked") })
  }
}
