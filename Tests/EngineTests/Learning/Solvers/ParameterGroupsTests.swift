@testable import Groundwork
@testable import Learning
import Testing

@Suite("Parameter groups")
struct ParameterGroupsTests {
  @Test(
    "a star stands for any characters, and the whole name must fit",
    arguments: [
      ("head.bias", "head.bias", true), ("head.bias", "head.weight", false),
      ("*", "head.bias", true), ("*", "", true), ("head*", "head.bias", true),
      ("head*", "head", true), ("head*", "ahead", false), ("*.bias", "head.bias", true),
      ("*.bias", "head.bias2", false), ("en*0*.scale", "encoder0.norm1.scale", true),
      ("en*0*.scale", "encoder1.norm1.scale", false), ("a*a", "a", false), ("a*a", "aa", true),
      ("a*b*b", "ab", false), ("*a*b*", "xbxaxbx", true), ("*a*b*", "xbxax", false),
      ("", "a", false), ("**", "a", true), ("a.b", "axb", false),
    ])
  func patterns(pattern: String, name: String, fits: Bool) {
    #expect(NamePattern(pattern).fits(name) == fits)
  }

  @Test("multipliers of all groups that fit are multiplied")
  func multiplied() {
    let groups = ParameterGroups(groups: [
      .init(pattern: NamePattern("encoder*"), rateMultiplier: 0.1),
      .init(pattern: NamePattern("*.bias"), rateMultiplier: 2, decayMultiplier: 0.5),
    ])
    func multipliers(_ name: String) -> [Double] {
      let tensor = groups.tensor(name: name, shape: [4, 2], offset: 16)
      #expect(tensor.offset == 16 && tensor.count == 8)
      return [tensor.rateMultiplier, tensor.decayMultiplier]
    }
    #expect(multipliers("encoder0.weight") == [0.1, 1])
    #expect(multipliers("encoder0.bias") == [0.2, 0.5])
    #expect(multipliers("head.bias") == [2, 0.5])
    #expect(multipliers("head.weight") == [1, 1])
  }

  @Test("norms and biases are the parameters of one dimension")
  func oneDimension() {
    let groups = ParameterGroups(decaysNormsAndBiases: false)
    #expect(groups.tensor(name: "a.bias", shape: [8], offset: 0).decayMultiplier == 0)
    for shape in [[8, 3], [8, 3, 3, 3]] {
      #expect(groups.tensor(name: "a.weight", shape: shape, offset: 0).decayMultiplier == 1)
    }
    #expect(groups.tensor(name: "a.bias", shape: [8], offset: 0).rateMultiplier == 1)
    #expect(ParameterGroups().tensor(name: "a.bias", shape: [8], offset: 0).decayMultiplier == 1)
  }
}
