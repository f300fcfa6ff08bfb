import Foundation
import Testing

@testable import Experiments

struct ResultsFolderTests {
  private func workplace(_ folders: String...) throws -> URL {
    let root = FileManager.default.temporaryDirectory
      .appendingPathComponent("results-\(UUID().uuidString)").resolvingSymlinksInPath()
    for folder in folders {
      try FileManager.default.createDirectory(
        at: root.appendingPathComponent(folder), withIntermediateDirectories: true)
    }
    return root
  }

  private func found(_ root: URL, in folder: String, _ environment: [String: String] = [:])
    -> ResultsFolder
  {
    ResultsFolder.find(
      nil, environment: environment, workingDirectory: root.appendingPathComponent(folder).path)
  }

  @Test("what is named goes first, then the environment")
  func named() {
    let environment = ["EXPERIMENTS_RESULTS": "/kept"]
    #expect(
      ResultsFolder.find("here", environment: environment, workingDirectory: "/").path == "here")
    #expect(
      ResultsFolder.find(nil, environment: environment, workingDirectory: "/").path == "/kept")
  }

  @Test("the nearest folder upward that holds records is found from any folder")
  func upward() throws {
    let root = try workplace("results/cells/trials", "a/b/results", "a/results/notes")
    defer { try? FileManager.default.removeItem(at: root) }
    let expected = ResultsFolder(path: root.appendingPathComponent("results").path, isFound: true)
    #expect(found(root, in: "a/b") == expected)
    #expect(found(root, in: "a") == expected)
    #expect(found(root, in: "") == ResultsFolder(path: "results", isFound: false))
  }

  @Test("without records anywhere it is the folder beside the user")
  func nothing() throws {
    let root = try workplace("a")
    defer { try? FileManager.default.removeItem(at: root) }
    #expect(found(root, in: "a") == ResultsFolder(path: "results", isFound: false))
  }
}
