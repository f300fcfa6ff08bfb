@testable import Experiments
@testable import Groundwork
@testable import Networks
import Testing
@testable import Tracking

/// `head` in the losses of a spec.
@Suite struct LossHeadSpecTests {
  /// The shipped components and a template with two heads that tell the classes.
  private static let catalog = ComponentCatalog(
    templates: Registry(kind: "template", [TwoClassHeads.self, UNet.self]) { $0 }, losses: .losses,
    solvers: .solvers, schedules: .schedules, augmentations: .augmentations)

  private func trial(losses: String, template: String = "two_heads") throws(SpecErrors) -> Trial {
    try ExperimentSpec.load(
      SourceText(
        name: "a.yaml",
        text: """
          experiment: shapes
          data: {generated: {train: 8, validation: 2, size: [96, 128], classes: 4}}
          template: \(template)
          losses: \(losses)
          solver: {type: SGD, base_lr: 0.01}
          training: {epochs: 3}
          """), folder: "/specs", catalog: Self.catalog
    ).plan().trials[0]
  }

  private func complaint(losses: String, template: String = "two_heads") -> String {
    do throws(SpecErrors) {
      _ = try trial(losses: losses, template: template)
      return ""
    } catch {
      return error.description
    }
  }

  @Test("one loss looks at two heads, with a weight at each")
  func twice() throws {
    let trial = try trial(
      losses: "[cross_entropy, {cross_entropy: {head: auxiliary, weight: 0.4}}]")
    let losses = trial.spec.trainingConfiguration(threads: 1).losses
    #expect(losses.map(\.head.name) == ["logits", "auxiliary"])
    #expect(losses.map(\.name) == ["cross_entropy", "cross_entropy.auxiliary"])
    let read = try ExperimentSpec(resolved: trial.record.resolvedSpec, catalog: Self.catalog)
    #expect(read.losses.terms.map { $0.head } == [nil, "auxiliary"])
  }

  @Test("the head that a loss looks at anyway is no part of the record")
  func standard() throws {
    let plain = try trial(losses: "[cross_entropy]", template: "unet")
    let written = try trial(losses: "[{cross_entropy: {head: logits}}]", template: "unet")
    #expect(written.id == plain.id)
    #expect(written.record.resolvedSpec == plain.record.resolvedSpec)
    #expect(!plain.record.resolvedSpec.contains("head\":\"logits"))
  }

  @Test("a head that the network lacks is an error that lists those it has")
  func unknown() {
    #expect(
      complaint(losses: "[{cross_entropy: {head: auxiliary}}, {dice: {head: auxilary}}]") == """
        a.yaml:4:60: error[E0407]: loss dice: the network has no head 'auxilary' to look at (it has logits, auxiliary)
            4 | losses: [{cross_entropy: {head: auxiliary}}, {dice: {head: auxilary}}]
              |                                                            ^^^^^^^^
        1 error; nothing was run
        """)
  }

  @Test("a head that no loss trains is reported")
  func untrained() {
    #expect(
      complaint(losses: "cross_entropy").contains(
        "no loss trains head auxiliary of template two_heads"))
  }

  @Test("the same loss at one head is written once")
  func repeated() {
    #expect(
      complaint(
        losses: "[{dice: {head: auxiliary}}, {dice: {head: auxiliary, weight: 2}}]"
      ).contains("loss 'dice' is written twice"))
  }
}

private struct TwoClassHeads: Template {
  static let name = "two_heads"
  static let about = "Tells the classes twice."
  static let fields: [FieldDeclaration] = []
  static let example = "template: two_heads"

  init(_ values: FieldValues) {}
  let sizeMultiple = 1

  func network(input: NetworkInput, classes: Int) -> Network {
    var net = NetworkBuilder(name: Self.name, input: input)
    let kernel = Size(square: 1)
    let logits = net.convolution("head", net.input, outputs: classes, kernel: kernel)
    let auxiliary = net.convolution("auxiliary", net.input, outputs: classes, kernel: kernel)
    return net.build(logits: logits, others: [("auxiliary", auxiliary)])
  }
}
