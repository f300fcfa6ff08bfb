import Foundation
import Testing

@testable import Tracking

struct FolderListingTests {
  @Test("folders are told from files, and links to folders are folders")
  func kinds() throws {
    let folder = try TemporaryFolder()
    let manager = FileManager.default
    try manager.createDirectory(atPath: folder.path + "/a", withIntermediateDirectories: false)
    try Data().write(to: URL(fileURLWithPath: folder.path + "/b"))
    try manager.createSymbolicLink(atPath: folder.path + "/c", withDestinationPath: "a")
    try manager.createSymbolicLink(atPath: folder.path + "/d", withDestinationPath: "nothing")
    let listing = try #require(FolderListing(folder.path))
    #expect(listing.names.sorted() == ["a", "b", "c", "d"])
    #expect(listing.folders.sorted() == ["a", "c"])
    #expect(FolderListing(folder.path + "/c", followsLinks: true)?.names == [])
    #expect(FolderListing(folder.path + "/c", followsLinks: false) == nil)
    #expect(FolderListing(folder.path + "/b") == nil)
    #expect(FolderListing(folder.path + "/none") == nil)
  }
}
