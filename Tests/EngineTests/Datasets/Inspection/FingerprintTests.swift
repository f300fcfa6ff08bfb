@testable import Datasets
import Digest
import Foundation
@testable import Groundwork
import Testing

@Suite struct FingerprintTests {
  @Test func `it is what sha256sum would say of the files' digests`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder)
      let data = try dataset.load()
      func digest(_ name: String) throws -> String {
        SHA256.hex(of: try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name)))
      }
      let lines = try ["v0", "v1"].map {
        "\(try digest("\($0).png")) \(try digest("\($0)-mask.png"))\n"
      }
      #expect(data.fingerprints.map(\.name) == ["train", "validation"])
      #expect(data.fingerprints.map(\.samples) == [3, 2])
      #expect(data.fingerprints[1].sha256 == SHA256.hex(of: lines.joined()))
    }
  }

  @Test func `it follows content and order, not the place`() throws {
    func fingerprint(_ change: (SmallDataset) throws -> Void) throws -> String {
      try withTemporaryFolder { folder in
        let dataset = try SmallDataset(folder)
        try change(dataset)
        return try dataset.load().fingerprints[0].sha256
      }
    }
    let plain = try fingerprint { _ in }
    #expect(try fingerprint { _ in } == plain)
    #expect(try fingerprint { try $0.writeList("train.txt", ["t1", "t0", "t2"]) } != plain)
    let size = Size(height: 4, width: 6)
    let ids = [UInt8](repeating: 1, count: 24)
    #expect(try fingerprint { try $0.writeMask("t2", size: size, ids: ids) } != plain)
  }

  @Test func `what is seen beside a slice is known apart from what is judged`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      func fingerprints(_ before: Int, _ after: Int) throws -> [Fingerprint] {
        dataset.configuration.stack = ImageStack(
          images: [1], slices: .init(before: before, after: after))
        return try DataInspector().inspect(dataset.configuration, seed: 1).fingerprints
      }
      let alone = try fingerprints(0, 0)
      let seen = try fingerprints(1, 1)
      #expect(
        seen.map(\.name) == ["train", "train neighbours", "validation", "validation neighbours"])
      #expect([seen[0], seen[2]] == alone)
      #expect(try fingerprints(1, 0)[1] != seen[1])
      #expect(try dataset.load().fingerprints == fingerprints(1, 0))
    }
  }
}
