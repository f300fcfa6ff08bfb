import Testing

@testable import Tracking

@Suite("The folder above a path")
struct ParentFolderTests {
  @Test(
    arguments: [
      ("r", "."), ("results", "."), ("r/", "."), ("a/r", "a"), ("a/b/r/", "a/b"), ("/r", "/"),
      ("/", "/"), ("./r", "."), ("", "."),
    ])
  func isWhatLiesBeforeTheLastName(path: String, folder: String) {
    #expect(parentFolder(of: path) == folder)
  }
}
