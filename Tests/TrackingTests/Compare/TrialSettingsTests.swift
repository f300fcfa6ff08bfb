import Testing

@testable import Tracking

struct TrialSettingsTests {
  private func settings(_ spec: String) -> TrialSettings {
    TrialSettings(SampleRuns.run(1, spec: spec).trial)
  }

  @Test("every value has its path, and a list of scalars is one value")
  func paths() {
    let spec = #"""
      {"data":{"size":[360,480],"roi":null},"losses":[{"dice":{"weight":0.5}},{"lovasz":{}}],
       "solver":{"base_lr":0.001,"nesterov":true,"type":"SGD"}}
      """#
    #expect(
      settings(spec).values == [
        "data.size": "[360, 480]", "data.roi": "none", "losses[0].dice.weight": "0.5",
        "losses[1].lovasz": "{}", "solver.base_lr": "0.001", "solver.nesterov": "true",
        "solver.type": "SGD",
      ])
  }

  @Test("the seed and what does not change the outcome are left out")
  func ignored() {
    let spec = #"{"about":"a","experiment":"b","folder":"/c","limits":{},"seed":7,"tags":["d"]}"#
    #expect(settings(spec).values.isEmpty)
  }

  @Test("specs that cannot be read equal only themselves")
  func unreadable() {
    #expect(settings("{") == settings("{"))
    #expect(settings("{") != settings("["))
  }

  @Test("paths differ that have another value or are absent")
  func differences() {
    let all = [#"{"a":1,"b":2,"c":3}"#, #"{"a":1,"b":4}"#].map(settings)
    #expect(TrialSettings.differences(all) == ["b", "c"])
    #expect(TrialSettings.differences([all[0]]).isEmpty)
  }
}
