@testable import Experiments
@testable import Groundwork
@testable import Networks
import Testing
@testable import Tracking
@testable import Training

/// Settings of the network of any template: the auxiliary head's weight, how weights begin, and frozen
/// batch norms.
@Suite struct NetworkSettingsSpecTests {
  private func plan(
    template: String, training: String = "{epochs: 3}", weights: String? = nil
  ) throws(SpecErrors) -> TrialPlan {
    let digest = String(repeating: "b", count: 64)
    let text = """
      experiment: shapes
      data: {generated: {train: 8, validation: 2, size: [96, 128], classes: 4}}
      template: \(template)
      losses: cross_entropy
      solver: {type: SGD, base_lr: 0.01}
      training: \(training)
      \(weights.map { "weights: {from: \($0), sha256: \(digest)}" } ?? "")
      """
    return try ExperimentSpec.load(SourceText(name: "a.yaml", text: text), folder: "/specs").plan()
  }

  private func complaint(template: String, training: String = "{epochs: 3}") -> String {
    do throws(SpecErrors) {
      _ = try plan(template: template, training: training)
      return ""
    } catch {
      return error.description
    }
  }

  // MARK: - Auxiliary head

  @Test(
    "auxiliary is a number or {weight: number}, which are the same",
    arguments: ["pspnet_50", "pspnet_101", "pspnet_vgg16", "deeplabv3", "fastfcn"])
  func auxiliary(template: String) throws {
    let short = try plan(template: "{name: \(template), auxiliary: 0.4}").trials[0]
    let long = try plan(template: "{name: \(template), auxiliary: {weight: 0.4}}").trials[0]
    #expect(short.spec.template.auxiliaryWeight == 0.4)
    #expect(long.record.resolvedSpec == short.record.resolvedSpec)
    #expect(short.record.resolvedSpec.contains(#""auxiliary":0.4"#))
  }

  @Test("a wrong long form is reported at its place")
  func wrongAuxiliary() {
    #expect(
      complaint(template: "{name: deeplabv3, auxiliary: {weight: 2}}")
        .contains("template.auxiliary.weight must be in [0, 1]"))
    #expect(
      complaint(template: "{name: deeplabv3, auxiliary: {wait: 0.4}}")
        .contains("unknown key 'wait' in template.auxiliary"))
    #expect(
      complaint(template: "{name: deeplabv3, auxiliary: {}}")
        .contains("missing key 'weight' in template.auxiliary"))
  }

  // MARK: - Initialization

  @Test("an initialization is taken by every template, and is another trial")
  func initialization() throws {
    let plain = try plan(template: "unet").trials[0]
    let changed = try plan(template: "{name: unet, initialization: orthogonal}").trials[0]
    #expect(changed.id != plain.id)
    #expect(!plain.record.resolvedSpec.contains("initialization"))
    let configuration = changed.trainingConfiguration(threads: 1)
    #expect(configuration.settings.initialization == .orthogonal)
    let network = try configuration.network(
      channels: 3, size: Size(height: 96, width: 128), classes: 4)
    let weight = try #require(network.parameters.first { $0.shape.count == 4 })
    guard case .orthogonal = weight.initializer else {
      Issue.record("\(weight.name) begins as \(weight.initializer)")
      return
    }
    let again = try ExperimentSpec(resolved: changed.record.resolvedSpec)
    #expect(again.template.initialization == "orthogonal")
  }

  @Test("an unknown initialization, and one for written layers, are refused with the remedy")
  func wrongInitialization() {
    #expect(
      complaint(template: "{name: unet, initialization: he_norml}")
        .contains("did you mean 'he_normal'?"))
    #expect(
      complaint(
        template: "{layers: [{convolution: {outputs: classes}}], initialization: he_normal}"
      ).contains("write it in the settings of each layer"))
  }

  // MARK: - Frozen batch norms

  @Test("true freezes all batch norms, a list those that it names; both decide the result")
  func frozenNorms() throws {
    func trial(_ frozen: String) throws -> Trial {
      try plan(
        template: "unet", training: "{epochs: 3, frozen_batch_norm: \(frozen)}", weights: "a.pth"
      ).trials[0]
    }
    let all = try trial("true")
    #expect(all.spec.training.frozenNorms == [NamePattern("*")])
    #expect(try trial("[\"*\"]").id == all.id)
    #expect(try trial("[encoder*]").id != all.id)
    #expect(try trial("false").id != all.id)
    let again = try ExperimentSpec(resolved: all.record.resolvedSpec)
    #expect(again.training.frozenNorms == all.spec.training.frozenNorms)
  }

  @Test("a pattern that fits no batch norm, and a network without one, are errors")
  func wrongNorms() {
    #expect(
      complaint(template: "unet", training: "{epochs: 3, frozen_batch_norm: [encodr*]}")
        .contains("no batch norm of template unet fits 'encodr*'"))
    #expect(
      complaint(
        template: "{name: unet, norm: group}", training: "{epochs: 3, frozen_batch_norm: true}"
      ).contains("leave it out: the network has none"))
    #expect(
      complaint(template: "unet", training: "{epochs: 3, frozen_batch_norm: 3}")
        .contains("training.frozen_batch_norm must be true or false"))
  }

  @Test("frozen batch norms of a network without weights are warned of")
  func pointless() throws {
    let training = "{epochs: 3, frozen_batch_norm: true}"
    let found = try plan(template: "unet", training: training).warnings[0]
    #expect(found.count == 1 && found[0].message.contains("normalize nothing"))
    #expect(try plan(template: "unet", training: training, weights: "a.pth").warnings[0].isEmpty)
  }
}
