@testable import Experiments
@testable import Groundwork
@testable import Networks
import Testing
@testable import Tracking

/// A network that is written layer by layer in a spec.
@Suite struct LayersSpecTests {
  private func spec(_ layers: String) -> String {
    """
    experiment: shapes
    data: {generated: {train: 8, validation: 2, size: [96, 128], classes: 4}}
    losses: dice
    solver: {type: SGD, base_lr: 0.01}
    training: {epochs: 3}
    template:
      layers:
    \(layers)
    """
  }

  private func plan(_ layers: String, _ overrides: [String] = []) throws(SpecErrors) -> TrialPlan {
    try ExperimentSpec.load(
      SourceText(name: "a.yaml", text: spec(layers)), folder: "/specs", overrides: overrides
    ).plan()
  }

  private func problems(_ layers: String) -> [String] {
    do throws(SpecErrors) {
      _ = try plan(layers)
      return []
    } catch {
      return error.diagnostics.map { problem in
        let place = problem.mark.place.replacing("a.yaml:", with: "")
        return "\(place) \(problem.message)" + (problem.remedy.map { " (\($0))" } ?? "")
      }
    }
  }

  private static let small = """
        - convolution: {outputs: 8, kernel: [3, 5], bias: false}
        - batch_norm
        - relu: {as: skip}
        - max_pool: 2
        - convolution: {outputs: 16}
        - relu
        - dropout: 0.1
        - resize: {like: skip}
        - concatenate: skip
        - convolution: {outputs: classes, kernel: 1}
    """

  @Test("a chain with a named skip becomes a network")
  func network() throws {
    let trial = try plan(Self.small).trials[0]
    let network = try trial.spec.template.template.network(
      input: NetworkInput(channels: 3, size: Size(height: 96, width: 128)), classes: 4)
    // 3·8·15, 2·8, 8·16·9 + 16, (16 + 8)·4 + 4.
    #expect(network.parameterCount == 360 + 16 + 1168 + 100)
  }

  @Test("the record spells every layer with its fields, and is read back as the same trial")
  func canonical() throws {
    let trial = try plan(Self.small).trials[0]
    let text = trial.record.resolvedSpec
    #expect(
      text.contains(
        #"{"convolution":{"bias":false,"dilation":[1,1],"groups":1,"initialization":"he_normal","#
          + #""kernel":[3,5],"outputs":8,"padding":"same","stride":[1,1]}},"#
          + #"{"batch_norm":{"epsilon":1e-05,"momentum":0.1}},{"relu":{"as":"skip"}},"#))
    #expect(text.contains(#"{"concatenate":{"with":["skip"]}}"#))
    #expect(text.contains(#"{"dropout":{"rate":0.1}}"#))
    let read = try ExperimentSpec(resolved: text)
    #expect(ResolvedSpec(read).text == text)
    #expect(read.template.template is LayeredTemplate)
  }

  @Test("what is written out is the same trial as what is left out")
  func identity() throws {
    let short = try plan("    - convolution: {outputs: classes}")
    let spelled = try plan(
      "    - convolution: {outputs: classes, kernel: [3, 3], stride: 1, padding: same}")
    #expect(short.trials[0].id == spelled.trials[0].id)
    let other = try plan("    - convolution: {outputs: classes, kernel: 5}")
    #expect(short.trials[0].id != other.trials[0].id)
  }

  @Test("every mistake of every layer is told at its place, at once")
  func mistakes() {
    let problems = problems(
      """
          - convolutoin: {outputs: 8}
          - convolution: {outputs: 0, kernal: 3}
          - relu: {as: skip}
          - batch_norm: {momentum: 2}
          - resize: {like: skpi}
          - concatenate: [skip, later]
          - relu: {as: later}
          - relu: {as: skip}
          - relu: {as: input, from: nowhere}
          - dropout: 1
          - resize: {like: skip, scale: 2}
      """)
    #expect(
      problems == [
        "8:7 unknown layer 'convolutoin' (did you mean 'convolution'?)",
        "9:30 template.layers.1.convolution.outputs must be from 1 to 16384, not 0",
        "9:33 unknown key 'kernal' in layer convolution (did you mean 'kernel'?)",
        "11:30 template.layers.3.batch_norm.momentum must be in [0, 1], not 2",
        "12:22 unknown value 'skpi' (did you mean 'skip'?)",
        "13:27 value 'later' is not there yet: layer 7 gives it "
          + "(a layer reads what stands before it)",
        "15:18 template.layers.7.relu.as names 'skip' a second time (use another name)",
        "16:18 template.layers.8.relu.as cannot be 'input', which is the image (use another name)",
        "16:31 unknown value 'nowhere' (one of input, skip, later)",
        "17:16 template.layers.9.dropout.rate must be in [0, 1), not 1",
        "18:7 template.layers.10.resize: like, scale and size exclude each other: leave all but one "
          + "out",
      ])
  }

  @Test("layers that do not fit are told where they stand, with both shapes")
  func misfits() {
    let problems = problems(
      """
          - convolution: {outputs: 8, as: skip}
          - max_pool
          - concatenate: [skip]
          - convolution: {outputs: 6, groups: 4, from: skip}
          - convolution: {outputs: 5, from: skip}
      """)
    #expect(
      problems
        == [
          "10:20 template layers: the chain has 8×48×64, and 'skip' is 8×96×128: put "
            + "resize: {like: skip} before it",
          "10:7 template layers: nothing reads what this layer gives: name it with as and join it, or "
            + "leave it out",
          "11:41 template layers: 4 groups divide 8 inputs and 6 outputs only where both are multiples "
            + "of 4: change outputs, or use another number of groups",
          "11:7 template layers: nothing reads what this layer gives: name it with as and join it, or "
            + "leave it out",
          "12:7 template layers: the last layer gives 5×96×128, but the logits of these images are "
            + "4×96×128: end with convolution: {outputs: classes, kernel: 1}",
        ].sorted(by: Self.reading))
  }

  /// By line, then by column.
  private static func reading(_ left: String, _ right: String) -> Bool {
    func place(_ text: String) -> (Int, Int) {
      let numbers = text.prefix { $0 != " " }.split(separator: ":").compactMap { Int($0) }
      return (numbers[0], numbers[1])
    }
    return place(left) < place(right)
  }

  @Test("a name and layers exclude each other, and one of them is due")
  func nameOrLayers() {
    func complaint(_ template: String) -> String {
      let text = spec("    - relu").replacing(
        "template:\n  layers:\n    - relu", with: "template: \(template)")
      do throws(SpecErrors) {
        _ = try ExperimentSpec.load(SourceText(name: "a.yaml", text: text), folder: "/").plan()
        return ""
      } catch { return error.description }
    }
    #expect(
      complaint("{name: unet, layers: [relu]}").contains("'layers' and 'name' exclude each other"))
    #expect(complaint("{depth: 3}").contains("missing key 'name'"))
    #expect(complaint("{layers: []}").contains("must hold at least one layer"))
    #expect(complaint("{layers: relu}").contains("must be a list"))
    #expect(complaint("{layers: [relu], depth: 3}").contains("unknown key 'depth'"))
  }

  @Test("layers are swept as a whole and overridden by their position")
  func sweep() throws {
    let swept = """
          - convolution: {outputs: classes}
      sweep:
        parameters:
          template.layers:
            - [convolution: {outputs: classes}]
            - [convolution: {outputs: 8}, relu, convolution: {outputs: classes, kernel: 1}]
      """
    let trials = try plan(swept.replacing("\n", with: "\n")).trials
    #expect(trials.count == 2 && trials[0].id != trials[1].id)
    #expect(trials.map { $0.record.hyperparameters[0].text }[1].contains("relu"))
    let wide = try plan(
      "    - convolution: {outputs: classes}", ["template.layers.0.convolution.kernel=5"])
    #expect(wide.trials[0].record.resolvedSpec.contains(#""kernel":[5,5]"#))
  }
}
