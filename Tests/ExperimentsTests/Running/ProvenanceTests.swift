import Foundation
import Testing

@testable import Experiments

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

  @Test("a folder outside any repository has no commit")
  func noRepository() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    #expect(GitCommit.current(in: folder.path) == nil)
  }
}
