import Archives
import Foundation
import Testing

@testable import Tracking

/// Packed files that were made by someone who wants more than to be unpacked.
@Suite("Hostile packed files")
struct HostilePackTests {
  private let sample: VerifiedStore
  private let target: FolderStore
  private let place: String

  init() throws {
    sample = try VerifiedStore()
    target = FolderStore(
      root: sample.folder.path + "/target", operations: SystemFiles(waitsForDisk: false))
    place = "\(Samples.experiment)/trials/\(Samples.id.prefix(2))/\(Samples.id)"
  }

  private func entries() throws -> [(name: String, data: Data)] {
    let run = try sample.run()
    let folder = RunFolder(root: sample.store.root, experiment: run.experiment, id: run.id)
    return try folder.recordedFiles(try folder.state()).map { name in
      ("\(place)/\(name)", try folder.read(name) ?? Data())
    }
  }

  private func manifest(_ change: (inout PackManifest) -> Void = { _ in }) throws -> PackManifest {
    let files = try entries().map {
      (String($0.name.dropFirst(place.count + 1)), FileDigest($0.data))
    }
    var manifest = PackManifest(runs: [
      PackManifest.Run(
        experiment: Samples.experiment, id: Samples.id,
        files: Dictionary(uniqueKeysWithValues: files))
    ])
    change(&manifest)
    return manifest
  }

  private func unpack(
    _ entries: [(name: String, data: Data)], _ manifest: PackManifest
  ) throws {
    let all = [(PackManifest.entry, RecordJSON.encode(manifest))] + entries
    let path = sample.folder.path + "/hostile.zip"
    try ZipWriter.data(of: all).write(to: URL(fileURLWithPath: path))
    _ = try PackedRuns(file: path).unpack(into: target) { _ in nil }
  }

  private func refusal(
    _ entries: [(name: String, data: Data)], _ manifest: PackManifest
  ) -> String {
    let error = #expect(throws: PackRefused.self) { try unpack(entries, manifest) }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: target.root)) ?? []
    #expect(names == [])
    let text = error?.description ?? ""
    #expect(!text.unicodeScalars.contains { $0.isUnprintable && $0 != "\n" }, "\(text)")
    return text
  }

  @Test("what these tests make is unpacked as long as nobody changes it")
  func sound() throws {
    try unpack(entries(), manifest())
    #expect(try target.run(Samples.id, experiment: Samples.experiment)?.status == .finished)
  }

  @Test("names of files that lead elsewhere, or that no run has, are refused")
  func names() throws {
    let (entries, manifest) = (try entries(), try manifest())
    let data = Data("owned".utf8)
    for name in [
      "../../../../owned", "/etc/owned", "checkpoints/../../owned", "lock", "end-request",
      "attempts/1/../../owned", "attempts/1/log.txt/../x", "attempts/01/log.txt", "tests/1.json",
      "notes\u{1B}[2J.txt", "checkpoints/step-0000010.h5\u{0}", "", ".", "checkpoints",
      "tests/0001-0123456789abcdeg.h5", "previews-0123456789ABCDEF.h5", "state.json/",
    ] {
      var manifest = manifest
      manifest.runs[0].files[name] = FileDigest(data)
      let text = refusal(entries + [("\(place)/\(name)", data)], manifest)
      #expect(text.contains("which no run has"), "\(text)")
    }
  }

  @Test("experiments and ids that are no part of a path are refused")
  func places() throws {
    let (entries, manifest) = (try entries(), try manifest())
    for (experiment, id) in [
      ("..", Samples.id), (".trash", Samples.id), ("a/b", Samples.id), ("", Samples.id),
      ("a\u{202E}b", Samples.id), (String(repeating: "a", count: 256), Samples.id),
      ("a", "../../../../../"), ("a", "0123456789ABCDEF"), ("a", ""),
    ] {
      var manifest = manifest
      (manifest.runs[0].experiment, manifest.runs[0].id) = (experiment, id)
      let text = refusal(entries, manifest)
      #expect(text.contains("it has a"), "\(text)")
    }
  }

  @Test("a run that is put under another experiment or id than it is of is refused")
  func misplaced() throws {
    let place = "other/trials/\(Samples.id.prefix(2))/\(Samples.id)"
    let moved = try entries().map {
      ($0.name.replacingOccurrences(of: self.place, with: place), $0.data)
    }
    let text = refusal(moved, try manifest { $0.runs[0].experiment = "other" })
    #expect(text.contains("it is a run of quickstart"), "\(text)")
  }

  @Test("entries beside the manifest, missing ones, and other bytes or sizes are refused")
  func contents() throws {
    let entries = try entries()
    let extra = entries + [("\(place)/mine.txt", Data())]
    #expect(refusal(extra, try manifest()).contains("not in its manifest"))
    #expect(refusal(Array(entries.dropLast()), try manifest()).contains("is missing"))
    var other = entries
    other[0].data[0] ^= 1
    #expect(refusal(other, try manifest()).contains("SHA-256"))
    let name = String(entries[0].name.dropFirst(place.count + 1))
    let claimed = try manifest { $0.runs[0].files[name]?.bytes = 1 << 50 }
    #expect(refusal(entries, claimed).contains("bytes, not"))
    let negative = try manifest { $0.runs[0].files[name]?.bytes = -1 }
    #expect(refusal(entries, negative).contains("has -1 bytes"))
  }

  @Test("a run twice, no run, and a run without a spec are refused")
  func runs() throws {
    #expect(refusal(try entries(), try manifest { $0.runs.append($0.runs[0]) }).contains("twice"))
    #expect(refusal([], try manifest { $0.runs = [] }).contains("0 runs"))
    #expect(
      refusal([], try manifest { $0.runs[0].files["spec.json"] = nil }).contains("no spec"))
  }

  @Test("a record that is not sound is refused though every digest of the file is right")
  func unsound() throws {
    var entries = try entries()
    let index = try #require(entries.firstIndex { $0.name.hasSuffix("metrics.h5") })
    entries[index].data[100] ^= 1
    let data = entries[index].data
    let text = refusal(entries, try manifest { $0.runs[0].files["metrics.h5"] = FileDigest(data) })
    #expect(text.contains("is not sound: metrics.h5"), "\(text)")
  }

  @Test("what is compressed is refused, so that nothing grows")
  func compressed() throws {
    var bytes = ZipWriter.data(of: [(PackManifest.entry, RecordJSON.encode(try manifest()))])
    // The method of the only entry of the directory, 10 bytes behind its signature.
    let start = try #require(bytes.range(of: Data([0x50, 0x4B, 0x01, 0x02]))).lowerBound
    bytes[start + 10] = 8
    let path = sample.folder.path + "/compressed.zip"
    try bytes.write(to: URL(fileURLWithPath: path))
    let error = #expect(throws: PackRefused.self) { try PackedRuns(file: path) }
    #expect(error?.description.contains("is compressed") == true)
  }

  @Test("pipes, folders and devices are no packed files, and hold nobody up")
  func special() throws {
    let path = sample.folder.path + "/special"
    #expect(mkfifo(path, 0o600) == 0)
    for path in [path, sample.folder.path, "/dev/zero", path + ".missing"] {
      #expect(throws: PackRefused.self) { try PackedRuns(file: path) }
    }
  }
}
