import Foundation
import Testing

/// `experiments network`, and networks that a spec writes itself, by what a person sees.
@Suite struct NetworkTests {
  private static let written = """
    experiment: written
    data:
      generated: {train: 8, validation: 4, size: [32, 32], classes: 3, seed: 3}
    template:
      layers:
        - convolution: {outputs: 8, bias: false}
        - batch_norm
        - relu: {as: skip}
        - max_pool
        - convolution: {outputs: 8}
        - relu
        - resize: {like: skip}
        - concatenate: [skip]
        - dropout: 0.1
        - convolution: {outputs: classes, kernel: 1}
    losses: cross_entropy
    solver: {type: ADAM, base_lr: 1e-2}
    training: {epochs: 1, batch_size: 4}
    limits: {threads: 1}

    """

  private func workplace() throws -> Workplace {
    let workplace = try Workplace()
    try Self.written.write(
      to: workplace.folder.appending(path: "written.yaml"), atomically: true, encoding: .utf8)
    return workplace
  }

  @Test("a written network is shown, trained and compared like any other")
  func written() throws {
    let workplace = try workplace()
    let shown = try workplace.run("network", "written.yaml")
    #expect(shown.status == 0, "\(shown)")
    #expect(shown.output.contains("layers: images of 3×32×32, 3 channels of logits, batches of 4"))
    // 3·8·9, 2·8, 8·8·9 + 8, 16·3 + 3.
    #expect(shown.output.contains("867"))
    #expect(shown.output.contains("to train"))
    let trained = try workplace.run(
      "run", "written.yaml", "--set",
      "sweep.parameters={template.layers.0.convolution.outputs: [4, 8]}")
    #expect(trained.status == 0, "\(trained)")
    let compared = try workplace.run("compare", "written", "--format", "csv")
    #expect(compared.status == 0, "\(compared)")
    #expect(compared.output.contains("template.layers.convolution.outputs"))
  }

  @Test("networks are drawn and laid side by side")
  func drawn() throws {
    let workplace = try workplace()
    let drawn = try workplace.run("network", "written.yaml", "--svg", "network.svg")
    #expect(drawn.status == 0, "\(drawn)")
    let svg = try String(
      contentsOf: workplace.folder.appending(path: "network.svg"), encoding: .utf8)
    #expect(svg.hasPrefix("<svg ") && svg.contains(">skip</text>"))
    let differing = try workplace.run(
      "network", "written.yaml", "--set", "template.layers.4.convolution.kernel=5", "--diff",
      "written.yaml")
    #expect(differing.status == 0, "\(differing)")
    #expect(differing.output.contains("≠  convolution2"))
  }

  @Test("options that contradict each other are a usage error")
  func usage() throws {
    let workplace = try workplace()
    for arguments in [
      [], ["--depth", "0"], ["--operations", "--depth", "2"], ["--classes", "4"],
      ["--size", "32"], ["--batch", "0"], ["--diff", "written.yaml", "--svg", "a.svg"],
    ] {
      let spec = arguments.isEmpty ? [] : ["written.yaml"]
      let transcript = try workplace.start(["network"] + spec + arguments, environment: [:])
        .finish()
      #expect(transcript.status == 64, "\(transcript)")
    }
    let unwritable = try workplace.run("network", "written.yaml", "--svg", "missing/a.svg")
    #expect(unwritable.status == 74, "\(unwritable)")
  }
}
