@testable import Experiments
import Testing
@testable import Tracking

/// Templates with an edge head and the losses that look at it, with the components that the program
/// ships.
@Suite struct EdgeHeadSpecTests {
  private func trial(template: String, losses: String) throws(SpecErrors) -> Trial {
    let text = """
      experiment: shapes
      data: {generated: {train: 8, validation: 2, size: [96, 128], classes: 4}}
      template: \(template)
      losses: \(losses)
      solver: {type: SGD, base_lr: 0.01}
      training: {epochs: 3}
      """
    return try ExperimentSpec.load(SourceText(name: "a.yaml", text: text), folder: "/specs")
      .plan().trials[0]
  }

  private func complaint(template: String, losses: String) -> String {
    do throws(SpecErrors) {
      _ = try trial(template: template, losses: losses)
      return ""
    } catch {
      return error.description
    }
  }

  @Test(
    "losses of edges go with templates that have an edge head", arguments: ["unet", "enet"])
  func together(template: String) {
    #expect(
      complaint(
        template: "{name: \(template), edge_head: true}",
        losses: "[cross_entropy, edge: {radius: 3}, edge_attention, dual_task]") == "")
  }

  @Test("a loss of edges without an edge head is reported where it stands")
  func noHead() {
    #expect(
      complaint(template: "unet", losses: "[cross_entropy, edge, {edge_attention: {weight: 2}}]")
        == """
        a.yaml:4:25: error[E0407]: loss edge: the network has no head edges to look at: add edge_head: true to the template
            4 | losses: [cross_entropy, edge, {edge_attention: {weight: 2}}]
              |                         ^^^^
        a.yaml:4:32: error[E0407]: loss edge_attention: the network has no head edges to look at: add edge_head: true to the template
            4 | losses: [cross_entropy, edge, {edge_attention: {weight: 2}}]
              |                                ^^^^^^^^^^^^^^
        2 errors; nothing was run
        """)
  }

  @Test(
    "a head that no loss trains is reported where it is asked for",
    arguments: ["cross_entropy", "[cross_entropy, edge_attention, dual_task]"])
  func noLoss(losses: String) {
    #expect(
      complaint(template: "{name: enet, edge_head: true}", losses: losses) == """
        a.yaml:3:11: error[E0409]: no loss trains head edges of template enet
            3 | template: {name: enet, edge_head: true}
              |           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ add edge to losses, or leave the head out of the template
        1 error; nothing was run
        """)
  }

  @Test("a template that cannot be says that alone")
  func wrongSize() {
    let complaint = complaint(
      template: "{name: unet, depth: 7, edge_head: true}", losses: "[edge]")
    #expect(complaint.contains("not divisible by 128") && complaint.contains("1 error;"))
  }

  @Test("one without the head keeps its identity", arguments: ["unet", "enet"])
  func identity(template: String) throws {
    let plain = try trial(template: template, losses: "cross_entropy")
    let written = try trial(
      template: "{name: \(template), edge_head: false}", losses: "cross_entropy")
    #expect(written.id == plain.id)
    #expect(!plain.record.resolvedSpec.contains("edge_head"))
    let headed = try trial(
      template: "{name: \(template), edge_head: true}", losses: "[cross_entropy, edge]")
    #expect(headed.record.resolvedSpec.contains(#""edge_head":true"#))
  }
}
