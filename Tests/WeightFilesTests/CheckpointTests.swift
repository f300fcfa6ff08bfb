import Testing

@testable import WeightFiles

@Suite("Checkpoints as weights")
struct CheckpointTests {
  @Test("the network's tensors are listed with their roles, the solver's are left out")
  func roles() throws {
    let names = ["c.weight", "c.bias", "n.scale", "n.shift", "p.slope"]
    let parameters: [Checkpoint.Tensor] = names.map { ("parameters", $0, [1, 2], [2]) }
    let others: [Checkpoint.Tensor] = [
      ("statistics", "n.mean", [3, 4], [2]), ("statistics", "n.variance", [5, 6], [2]),
      ("solver/momentum", "c.weight", [7, 8], [2]), ("trained/parameters", "c.bias", [9], [1]),
    ]
    let file = try WeightFile(Checkpoint.file(parameters + others))
    #expect(file.format == .checkpoint && file.prefix.isEmpty)
    #expect(
      Set(zip(file.names, file.roles).map { "\($0) \($1)" })
        == [
          "c.weight weight", "c.bias bias", "n.scale scale", "n.shift shift", "p.slope slope",
          "n.mean mean", "n.variance variance",
        ])
    #expect(Set(file.layers) == ["c", "n", "p"])
    #expect(try file.values("n.variance") == [5, 6])
  }

  @Test("shapes and values are those that were kept, of groups of any size")
  func values() throws {
    let tensors: [Checkpoint.Tensor] = (0..<600).map { number in
      let values = (0..<6).map { Float(number * 6 + $0) }
      return ("parameters", "block\(number).conv.weight", values, [3, 2, 1, 1])
    }
    let file = try WeightFile(try Checkpoint.file(tensors))
    #expect(file.tensors.count == 600)
    for tensor in tensors {
      #expect(file.tensor(tensor.name).shape == [3, 2, 1, 1])
      #expect(try file.values(tensor.name) == tensor.values)
    }
  }

  @Test("another layout, and a checkpoint without a network, are refused with a reason")
  func refusals() throws {
    let newer = try Checkpoint.file([("parameters", "a.bias", [1], [1])], version: 3)
    #expect(refusal(newer)?.contains("layout 3, and this program reads layout 2") == true)
    let empty = try Checkpoint.file([("solver/momentum", "a.bias", [1], [1])])
    #expect(refusal(empty)?.contains("without a tensor") == true)
  }
}
