@testable import Experiments
import Foundation
import Testing
@testable import Tracking

@Suite struct PreviewTests {
  private static let spec = SmallSpecs.lists + "augmentation: [mirror, elastic, distort, mosaic]\n"

  @Test func `an image for each sample, the same every time, and nothing else`() throws {
    let workplace = try Workplace()
    try workplace.writeData()
    try workplace.write(Self.spec, to: "a.yaml")
    let first = try workplace.run("preview", "a.yaml", "--count", "2", "--draws", "3")
    #expect(first.status == 0, "\(first)")
    #expect(
      first.output == """
        previews/lists/1.png  images/0.png, epochs 1…3
        previews/lists/2.png  images/1.png, epochs 1…3

        """)
    let again = try workplace.run(
      "preview", "a.yaml", "--count", "2", "--draws", "3", "--output", "again")
    #expect(again.status == 0, "\(again)")
    let later = try workplace.run(
      "preview", "a.yaml", "--count", "1", "--draws", "3", "--output", "later", "--epoch", "7")
    #expect(later.output == "later/1.png  images/0.png, epochs 7…9\n")
    func bytes(_ name: String) throws -> Data {
      try Data(contentsOf: workplace.folder.appendingPathComponent(name))
    }
    #expect(try bytes("previews/lists/1.png") == bytes("again/1.png"))
    #expect(try bytes("later/1.png") != bytes("again/1.png"))
    #expect(!workplace.exists("results"))
  }

  @Test func `wrong numbers and wrong data are said`() throws {
    let workplace = try Workplace()
    try workplace.write(Self.spec, to: "a.yaml")
    let usage = try workplace.run("preview", "a.yaml", "--count", "0")
    #expect(usage.status == 64 && usage.errors.contains("--count must be at least 1"))
    let longer = try workplace.run("preview", "a.yaml", "--set", "training.epochs=+2")
    #expect(
      longer.status == 64 && longer.errors.contains("goes on from finished runs"), "\(longer)")
    let data = try workplace.run("preview", "a.yaml")
    #expect(data.status == 65 && data.errors.contains("train.txt"))
    try workplace.writeData()
    let fit = try workplace.run(
      "preview", "a.yaml", "--set", "augmentation=[{crop_size: {side: 40}}]")
    #expect(fit.status == 65 && fit.errors.contains("40 is larger than the images of 32×32"))
  }
}
