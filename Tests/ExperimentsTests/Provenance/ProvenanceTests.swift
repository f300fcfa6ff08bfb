@testable import Datasets
@testable import Experiments
import Foundation
import Testing

struct ProvenanceTests {
  @Test("the processor is named in the words of x86-64 and of arm64")
  func processors() {
    #expect(
      System.processor(in: "vendor_id\t: AuthenticAMD\nmodel name\t: AMD EPYC 9R45\n")
        == "AMD EPYC 9R45")
    #expect(
      System.processor(in: "processor\t: 0\nModel\t\t: Raspberry Pi 5\n") == "Raspberry Pi 5")
    #expect(System.processor(in: "") == "unknown")
  }

  @Test("this machine says what it is")
  func machine() {
    let system = System.current
    #expect(system.kernel.hasPrefix("Linux "))
    #expect(!system.libc.isEmpty)
    #expect(!system.host.isEmpty)
  }

  @Test("the running program's digest is 64 hexadecimal digits")
  func digest() throws {
    let digest = try Provenance.executableDigest()
    #expect(digest.count == 64)
    #expect(digest.allSatisfy { $0.isHexDigit })
  }

  @Test("a commit is read from the files of a repository, and nothing that it names is run")
  func commit() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: folder) }
    func write(_ text: String, _ name: String) throws {
      let file = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }
    let commits = ["a", "b", "c"].map { String(repeating: $0, count: 40) }
    func current(_ name: String = "specs") -> String? {
      GitCommit.current(in: folder.appendingPathComponent(name).path)
    }
    try write("x", "specs/spec.yaml")
    try write("ref: refs/heads/main\n", ".git/HEAD")
    try write("[core]\n\tfsmonitor = touch \(folder.path)/run\n", ".git/config")
    #expect(current() == nil)
    try write("# pack-refs\n\(commits[0]) refs/heads/main\n", ".git/packed-refs")
    #expect(current() == commits[0])
    try write(commits[1] + "\n", ".git/refs/heads/main")
    #expect(current() == commits[1])
    try write(commits[2], ".git/HEAD")
    #expect(current() == commits[2])

    try write("gitdir: ../.git/worktrees/tree\n", "tree/.git")
    try write("ref: refs/heads/main\n", ".git/worktrees/tree/HEAD")
    try write("../..\n", ".git/worktrees/tree/commondir")
    #expect(current("tree") == commits[1])

    for head in ["ref: ../../secret\n", "ref: /etc/passwd\n", "words\n", "ref: HEAD\n"] {
      try write(head, ".git/HEAD")
      #expect(current() == nil, "\(head)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/run"))
  }

  @Test("a folder outside any repository has no commit")
  func noRepository() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(GitCommit.current(in: folder.path) == nil)
  }
}
