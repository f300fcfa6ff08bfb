@testable import Experiments
import Groundwork
import Testing

@Suite struct StarterSpecTests {
  private func spec(_ sizes: [Size: Int], images: Int = 100) -> StarterSpec {
    var spec = StarterSpec(
      name: "cells", origin: "a test", train: .init(path: "train.txt", about: "100 images"),
      trainingCount: images, classes: .init(path: "classes.csv", about: "2 classes"))
    spec.sizes = sizes
    return spec
  }

  @Test("the size is that of the images, or a smaller one of about their shape")
  func sizes() {
    #expect(spec([Size(height: 96, width: 128): 3]).size == Size(height: 96, width: 128))
    #expect(spec([Size(height: 1080, width: 1920): 3]).size == Size(height: 160, width: 256))
    #expect(spec([Size(height: 9, width: 9): 1]).size == Size(height: 32, width: 32))
    #expect(
      spec([Size(height: 64, width: 64): 5, Size(height: 4000, width: 4000): 4]).size
        == Size(height: 64, width: 64))
    #expect(spec([:]).size == Size(height: 256, width: 256))
  }

  @Test("a batch is no larger than what trains, and two images are one for each")
  func fewImages() {
    #expect(spec([:], images: 2).batchSize == 1)
    #expect(spec([:], images: 2).text.contains("validation: 0.5"))
    #expect(spec([:], images: 3).text.contains("validation: 0.2"))
    #expect(spec([:], images: 5000).epochs == 10)
  }

  @Test(
    "paths and names are quoted where YAML would read something else",
    arguments: [
      ("train.txt", "train.txt"), ("a b.txt", "\"a b.txt\""), ("12", "\"12\""),
      ("größe: 1", "\"größe: 1\""),
      (".", "."), ("a\"b\\", "\"a\\\"b\\\\\""),
    ])
  func quoted(_ text: String, _ written: String) { #expect(StarterSpec.quoted(text) == written) }
}
