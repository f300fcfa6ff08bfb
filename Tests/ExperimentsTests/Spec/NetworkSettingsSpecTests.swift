@testable import Experiments
@testable import Groundwork
@testable import Networks
import Testing
@testable import Tracking
@testable import Training

/// Settings of the networks of several templates.
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
}
