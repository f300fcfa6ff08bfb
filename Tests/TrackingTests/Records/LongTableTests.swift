import Foundation
import Testing

@testable import Tracking

struct LongTableTests {
  private func decoded(_ json: Data, skips: Bool = false) throws -> ProvenanceRecord {
    let decoder = JSONDecoder()
    decoder.userInfo[.skipsLongTables] = skips
    return try decoder.decode(ProvenanceRecord.self, from: json)
  }

  @Test("a table is left out where nobody asks for it, and nothing else is")
  func skipped() throws {
    var record = Samples.provenance()
    record.algorithms = ["forward": "direct"]
    let json = try JSONEncoder().encode(record)
    #expect(try decoded(json) == record)
    record.algorithms = nil
    #expect(try decoded(json, skips: true) == record)
  }

  @Test("a record without the table has no key for it")
  func absent() throws {
    let json = try JSONEncoder().encode(Samples.provenance())
    #expect(!String(decoding: json, as: UTF8.self).contains("algorithms"))
    #expect(try decoded(json) == Samples.provenance())
  }
}
