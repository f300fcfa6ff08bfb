import Testing

@testable import Experiments

struct PlacesOverrideTests {
  private let places = DataPlaces(
    folder: "/specs", root: "data", train: "t.txt", validation: "v.txt")

  private func applied(_ texts: String...) throws(Failure) -> DataPlaces {
    try PlacesOverride.applied(texts, to: places, folder: "/here")
  }

  @Test("the root starts where it is typed, lists start from the root")
  func paths() throws {
    #expect(try applied("data.root=moved").root == "/here/moved")
    #expect(try applied("data.root=/data", "data.train=all.txt").train == "all.txt")
    #expect(try applied() == places)
  }

  @Test(
    "nothing else can be set", arguments: ["seed=3", "data.size=[3, 4]", "data.root", "data.roi="])
  func refused(text: String) {
    let failure = #expect(throws: Failure.self) { try applied(text) }
    #expect(failure?.status == .usage)
  }
}
