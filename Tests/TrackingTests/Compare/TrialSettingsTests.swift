import Testing

@testable import Tracking

struct TrialSettingsTests {
  private func settings(_ spec: String) -> TrialSettings {
    TrialSettings(SampleRuns.run(1, spec: spec).trial)
  }

  @Test("every setting has its path, sections in the order of a spec, components by name")
  func lines() {
    let spec = #"""
      {"data":{"size":[360,480],"roi":null},"losses":[{"dice":{"weight":0.5}},{"lovasz":{}}],
       "solver":{"base_lr":0.001,"nesterov":true,"type":"SGD"},"template":{"name":"unet"}}
      """#
    #expect(
      settings(spec).lines.map { "\($0.path) \($0.text)" } == [
        "data.roi none", "data.size [360, 480]", "template.name unet", "losses.dice.weight 0.5",
        "losses.lovasz no settings", "solver.base_lr 0.001", "solver.nesterov true",
        "solver.type SGD",
      ])
  }

  @Test("specs that differ only in what does not decide results are equal")
  func equality() {
    let first = #"{"about":"a","folder":"/c","seed":7,"training":{"epochs":1,"recompute":true}}"#
    let second = #"{"about":"b","folder":"/d","seed":8,"training":{"epochs":1,"recompute":false}}"#
    #expect(settings(first) == settings(second))
    #expect(settings(first) != settings(#"{"training":{"epochs":2}}"#))
  }

  @Test("specs that cannot be read equal only themselves")
  func unreadable() {
    #expect(settings("{") == settings("{"))
    #expect(settings("{") != settings("["))
  }

  @Test("the metrics that a spec asks for are known in its order")
  func metrics() {
    let trial = SampleRuns.run(
      1, spec: #"{"evaluation":{"metrics":[{"kappa":{}},{"f_beta":{"beta":2}}]}}"#
    ).trial
    #expect(TrialSettings(trial).metrics.map(\.name) == ["kappa", "f_beta"])
  }
}
