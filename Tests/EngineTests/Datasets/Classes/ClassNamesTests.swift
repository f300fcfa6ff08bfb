@testable import Datasets
@testable import Execution
import Foundation
@testable import Tasks
import Testing

@Suite struct ClassNamesTests {
  private func read(_ text: String) throws -> [String] {
    try withTemporaryFolder { folder in
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/classes.txt"))
      return try ClassNames.read("classes.txt", root: folder)
    }
  }

  @Test func `names come in the order of their ids`() throws {
    #expect(try read("sky\n\n# far\n  traffic sign \r\nroad\n") == ["sky", "traffic sign", "road"])
  }

  @Test func `a name given twice is an error at its second line`() {
    let error = #expect(throws: DataError.self) { try read("sky\nroad\n\nsky\n") }
    #expect(error?.problems.map(\.line) == [4])
    #expect(error?.problems.first?.message == "class 'sky' has both id 0 and id 2")
  }

  @Test func `2 to 2048 classes are possible, and 1 where each is asked for by itself`() {
    let names = { (count: Int) in (0..<count).map { "class \($0)" } }
    #expect(throws: Never.self) { try ClassNames.check(names(2)) }
    #expect(throws: Never.self) { try ClassNames.check(names(2048)) }
    #expect(throws: DataError.self) { try ClassNames.check(names(2049)) }
    #expect(throws: Never.self) {
      try ClassNames.check(names(1), bounds: MultilabelTask().reading.classBounds)
    }
    let error = #expect(throws: DataError.self) {
      try ClassNames.check(names(1), bounds: SemanticTask().reading.classBounds)
    }
    #expect(error?.problems.first?.message.contains("add background as the first class") == true)
    #expect(throws: DataError.self) {
      try ClassNames.check([], bounds: MultilabelTask().reading.classBounds)
    }
  }
}
