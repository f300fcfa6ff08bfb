import Foundation
import Testing

/// `weights:` in a spec and `experiments weights`, by what a person sees.
@Suite("Pretrained weights")
struct PretrainedWeightsTests {
  private static let spec = """
    experiment: tuned
    data:
      generated: {train: 8, validation: 4, size: [32, 32], classes: 3, seed: 3}
    template: {name: unet, base_channels: 4, depth: 1, norm: none}
    weights: {from: first.safetensors, finetune: true, freeze: ["bottleneck*"]}
    losses: cross_entropy
    solver: {type: SGD, base_lr: 1e-2}
    training: {epochs: 1, batch_size: 4}
    limits: {threads: 1}

    """

  private func workplace() throws -> Workplace {
    let workplace = try Workplace()
    try Self.spec.write(
      to: workplace.folder.appending(path: "tuned.yaml"), atomically: true, encoding: .utf8)
    try write("first.safetensors", value: 0.125, workplace)
    return workplace
  }

  /// The two layers of the bottleneck, all values alike, and a layer that no network has.
  private func write(_ name: String, value: Float, _ workplace: Workplace) throws {
    let tensors = [
      ("bottleneck.convolution0.weight", [8, 4, 3, 3]),
      ("bottleneck.convolution1.weight", [8, 8, 3, 3]), ("classifier.weight", [2, 2]),
    ]
    var entries: [String] = [], data = Data()
    for (name, shape) in tensors {
      let begin = data.count
      for _ in 0..<shape.reduce(1, *) {
        withUnsafeBytes(of: value.bitPattern.littleEndian) { data.append(contentsOf: $0) }
      }
      entries.append(
        "\"\(name)\":{\"dtype\":\"F32\",\"shape\":\(shape),\"data_offsets\":[\(begin),\(data.count)]}"
      )
    }
    let header = Data("{\(entries.joined(separator: ","))}".utf8)
    var file = withUnsafeBytes(of: UInt64(header.count).littleEndian) { Data($0) }
    file.append(header)
    file.append(data)
    try file.write(to: workplace.folder.appending(path: name))
  }

  @Test("the report says what is taken, what begins anew and what is left out")
  func report() throws {
    let workplace = try workplace()
    let alone = try workplace.run("weights", "first.safetensors")
    #expect(alone.status == 0, "\(alone)")
    #expect(alone.output.contains("safetensors: 3 tensors, 868 values"))
    let matched = try workplace.run("weights", "first.safetensors", "tuned.yaml")
    #expect(matched.status == 0, "\(matched)")
    #expect(matched.output.contains("2 of 16 tensors of unet begin with the file's values"))
    #expect(matched.output.contains("1 tensor of the file left out: classifier.weight"))
    let checked = try workplace.run("check", "tuned.yaml")
    #expect(checked.output.contains("2 of 16 tensors from first.safetensors"), "\(checked)")
  }

  @Test("frozen layers keep the file's values to the last, and a reproduction is identical")
  func training() throws {
    let workplace = try workplace()
    let trained = try workplace.run("run", "tuned.yaml")
    #expect(trained.status == 0, "\(trained)")
    let again = try workplace.run("reproduce", "tuned/1")
    #expect(again.status == 0, "\(again)")
  }

  @Test("a file that was moved is the same trial, and one with another content is another")
  func identity() throws {
    let workplace = try workplace()
    func ids(_ set: String...) throws -> String {
      let planned = try workplace.start(["plan", "tuned.yaml", "--json"] + set).finish()
      #expect(planned.status == 0, "\(planned)")
      return planned.output.split(separator: "\n").filter { $0.contains("\"id\"") }
        .joined(separator: "\n")
    }
    let first = try ids()
    try write("moved.safetensors", value: 0.125, workplace)
    #expect(try ids("--set", "weights.from=moved.safetensors") == first)
    try write("other.safetensors", value: 0.25, workplace)
    #expect(try ids("--set", "weights.from=other.safetensors") != first)
  }

  @Test("a missing file, one that fits nothing and a pattern that fits nothing are placed errors")
  func mistakes() throws {
    let workplace = try workplace()
    func refused(_ set: String) throws -> String {
      let result = try workplace.run("check", "tuned.yaml", "--set", set)
      #expect(result.status == 65, "\(set): \(result)")
      return result.errors
    }
    #expect(try refused("weights.from=nowhere.h5").contains("weights.from"))
    #expect(
      try refused("weights.freeze=[encoder9*]").contains(
        "weights.freeze.0: no parameter of template unet fits 'encoder9*'"))
    #expect(try refused("weights.tune=true").contains("unknown key 'tune'"))
    #expect(try refused("template={name: enet}").contains("fits enet"))
  }
}
