import Foundation
import Testing

@testable import Tracking

@Suite("Files of a record")
struct RecordFileTests {
  private let folder: TemporaryFolder
  private var path: String { folder.path + "/file" }

  init() throws { folder = try TemporaryFolder() }

  private func complaint(_ limit: Int = RecordFile.textLimit) -> String {
    do {
      return try RecordFile.read(path, atMost: limit) == nil ? "nothing" : "bytes"
    } catch {
      return error.problem
    }
  }

  @Test("a file is read whole, and one that is not there is none")
  func bytes() throws {
    #expect(complaint() == "nothing")
    try Data([1, 2, 3]).write(to: URL(fileURLWithPath: path))
    #expect(try RecordFile.read(path) == Data([1, 2, 3]))
    #expect(try RecordFile.size(of: path) == 3)
  }

  @Test("a file of more bytes than it can have is refused before it is read")
  func tooLarge() throws {
    try Data().write(to: URL(fileURLWithPath: path))
    #expect(truncate(path, 1 << 40) == 0)
    #expect(complaint().hasPrefix("damaged: it has 1099511627776 bytes"))
  }

  @Test("a pipe keeps nobody waiting, and is named as one")
  func pipe() {
    #expect(mkfifo(path, 0o600) == 0)
    #expect(complaint() == "damaged: it is a pipe, not a file")
  }

  @Test("links are not followed, wherever they lead")
  func links() throws {
    for target in ["/etc/passwd", "/dev/zero", folder.path + "/nowhere"] {
      try? FileManager.default.removeItem(atPath: path)
      #expect(symlink(target, path) == 0)
      #expect(complaint() == "damaged: it is a symbolic link, not a file")
      #expect(RecordFile.exists(path) && !RecordFile.isFolder(path))
    }
  }

  @Test("what carries its own digest is read back, and any changed byte of it is noticed")
  func ownDigest() throws {
    let trial = Samples.trial()
    let bytes = RecordJSON.encode(trial)
    #expect(try RecordJSON.decode(TrialRecord.self, bytes, path: "spec.json") == trial)
    for index in bytes.indices {
      var changed = bytes
      changed[index] ^= 1 << UInt8(index % 8)
      #expect(throws: StoreError.self, "byte \(index)") {
        try RecordJSON.decode(TrialRecord.self, changed, path: "spec.json")
      }
    }
  }
}
