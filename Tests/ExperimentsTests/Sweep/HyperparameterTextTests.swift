import Testing

@testable import Experiments

@Suite("How tables show hyperparameters")
struct HyperparameterTextTests {
  private func texts(_ list: String) throws -> [String] {
    let root = try YAMLParser.parse(SourceText(name: "a.yaml", text: list))
    return try HyperparameterText.texts(of: #require(root.elements))
  }

  @Test(
    "short where that tells the values apart",
    arguments: [
      ("[1e-3, 0.10, 5]", ["1e-3", "0.10", "5"]),
      (
        "[[cross_entropy], [cross_entropy, {dice: {weight: 2}}]]",
        ["cross_entropy", "cross_entropy + dice"]
      ),
      ("[unet, {name: enet, depth: 3}]", ["unet", "enet"]),
      ("[{poly: {power: 0.9}}, fixed]", ["poly", "fixed"]),
      ("[[360, 480], [180, 240]]", ["[360, 480]", "[180, 240]"]),
      ("[[], [mirror]]", ["[]", "mirror"]),
      ("[null, true, 'no']", ["none", "true", "no"]),
      (
        "[{name: unet, depth: 3}, {name: unet, depth: 4}]",
        ["unet (depth: 3)", "unet (depth: 4)"]
      ),
      ("[[dice], [{dice: {weight: 2}}]]", ["dice", "dice (weight: 2)"]),
      ("[{name: unet, depth: 3}, {name: unet, depth: 3}]", ["unet", "unet"]),
      (
        "[[dice], [dice, {boundary: {weight: 3}}], [{dice: {weight: 2, squared: true}}]]",
        ["dice", "dice + boundary", "dice (weight: 2, squared: true)"]
      ),
      ("[{mean: [0.5], std: [1]}, dataset]", ["{mean: [0.5], std: [1]}", "dataset"]),
    ])
  func short(list: String, expected: [String]) throws {
    #expect(try texts(list) == expected)
  }
}
