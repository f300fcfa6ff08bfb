import Testing

@testable import Tracking

struct DifferingSettingsTests {
  /// Column paths with their texts, row by row.
  private func columns(_ specs: [String], swept: [String] = [], written: String = "") -> [String] {
    let settings = specs.map { spec in
      var trial = SampleRuns.run(1, spec: spec).trial
      trial.writtenSpec = written
      return TrialSettings(trial)
    }
    return DifferingSettings(settings, swept: swept).columns.map { column in
      "\(column.path): \(column.cells.map(\.text).joined(separator: " | "))"
    }
  }

  @Test("a number that differs is shown under its whole path, as the spec writes it")
  func numbers() {
    let specs = [#"{"solver":{"base_lr":0.001}}"#, #"{"solver":{"base_lr":0.01}}"#]
    #expect(
      columns(specs, written: "solver: {base_lr: 1e-3} # 1e-2")
        == ["solver.base_lr: 1e-3 | 0.01"])
  }

  @Test("the settings of one loss are told apart by name, and equal ones are left out")
  func lossSettings() {
    let specs = ["none", "median_frequency"].map {
      #"{"losses":[{"cross_entropy":{"class_weights":"\#($0)","weight":1.0}},{"dice":{"weight":1}}]}"#
    }
    #expect(columns(specs) == ["losses.cross_entropy.class_weights: none | median_frequency"])
  }

  @Test("other losses are one column, each with the settings by which it differs from itself")
  func otherLosses() {
    let specs = [
      #"{"losses":[{"dice":{"smooth":1,"weight":1}}]}"#,
      #"{"losses":[{"dice":{"smooth":2,"weight":1}}]}"#,
      #"{"losses":[{"cross_entropy":{"weight":1}},{"dice":{"smooth":1,"weight":0.5}}]}"#,
    ]
    #expect(
      columns(specs) == [
        "losses: dice (smooth: 1, weight: 1) | dice (smooth: 2, weight: 1) | "
          + "cross_entropy + dice (smooth: 1, weight: 0.5)"
      ])
  }

  @Test("a component that a row lacks is shown with the settings that are not its defaults")
  func partialComponents() {
    let specs = [
      #"{"losses":[{"cross_entropy":{"weight":1}}]}"#,
      #"{"losses":[{"cross_entropy":{"weight":1}},{"dice":{"smooth":1,"weight":0.5}}]}"#,
    ]
    let rows = specs.map { spec in
      TrialSettings(SpecTexts(SampleRuns.run(1, spec: spec).trial), deviating: ["dice": ["weight"]])
    }
    let column = DifferingSettings(rows, swept: []).columns.first
    #expect(column?.cells.map(\.text) == ["cross_entropy", "cross_entropy + dice (weight: 0.5)"])
  }

  @Test("a schedule without a warmup says nothing of one")
  func noWarmup() {
    let specs = [#"{"fixed":{},"warmup":"none"}"#, #"{"poly":{"power":2},"warmup":"none"}"#].map {
      #"{"solver":{"schedule":\#($0)}}"#
    }
    #expect(columns(specs) == ["solver.schedule: fixed | poly"])
  }

  @Test("a setting that is true or false is a boolean for programs")
  func booleans() {
    let rows = ["true", "false"].map { flag in
      TrialSettings(SampleRuns.run(1, spec: #"{"solver":{"nesterov":\#(flag)}}"#).trial)
    }
    let column = DifferingSettings(rows, swept: []).columns.first
    #expect(column?.cells.map(\.value) == [.boolean(true), .boolean(false)])
  }

  @Test("a swept template says by what it differs, also where the trial keeps the spec's value")
  func template() {
    let specs = [
      #"{"template":{"depth":2,"name":"unet"}}"#, #"{"template":{"depth":3,"name":"unet"}}"#,
      #"{"template":{"name":"enet"}}"#,
    ]
    #expect(
      columns(specs, swept: ["template"]) == ["template: unet (depth: 2) | unet (depth: 3) | enet"])
    #expect(columns(Array(specs.prefix(2))) == ["template.depth: 2 | 3"])
  }

  @Test("settings that follow from another solver take no columns, those that differ do")
  func derived() {
    let specs = [
      #"{"solver":{"base_lr":1,"momentum":1,"type":"SGD"}}"#,
      #"{"solver":{"base_lr":1,"beta1":1,"type":"ADAM"}}"#,
      #"{"solver":{"base_lr":2,"momentum":1,"type":"SGD"}}"#,
    ]
    #expect(
      columns(specs) == ["solver.base_lr: 1 | 1 | 2", "solver.type: SGD | ADAM | SGD"])
    let momenta = specs + [#"{"solver":{"base_lr":1,"momentum":0,"type":"SGD"}}"#]
    #expect(columns(momenta).contains("solver.momentum: 1 | — | 1 | 0"))
  }

  @Test("schedules are told by name, and one schedule by its numbers")
  func schedule() {
    let step = #"{"solver":{"schedule":{"step":{"gamma":0.1},"warmup":"none"}}}"#
    let slow = #"{"solver":{"schedule":{"step":{"gamma":0.5},"warmup":"none"}}}"#
    let poly = #"{"solver":{"schedule":{"poly":{"power":0.9},"warmup":"none"}}}"#
    #expect(columns([step, slow]) == ["solver.schedule.step.gamma: 0.1 | 0.5"])
    #expect(
      columns([step, poly]) == ["solver.schedule: step | poly"])
  }

  @Test(
    "what does not change the training is no column",
    arguments: [
      (#"{"evaluation":{"metrics":[{"kappa":{}}],"worst_images":5}}"#, #"{"evaluation":{}}"#),
      (#"{"evaluation":{"every":"1 epoch"}}"#, #"{"evaluation":{"every":"2 epochs"}}"#),
      (#"{"checkpoints":{"every":"1 epoch"}}"#, #"{"checkpoints":{"every":"2 epochs"}}"#),
      (#"{"data":{"root":"a"},"seed":1}"#, #"{"data":{"root":"b"},"seed":2}"#),
      (#"{"about":"a","tags":["x"],"limits":{"threads":1}}"#, #"{"limits":{"threads":2}}"#),
      (#"{"training":{"recompute":true}}"#, #"{"training":{"recompute":false}}"#),
      (#"{"data":{"size":8}}"#, #"{"data":{"size":8.0}}"#),
    ])
  func meaningless(first: String, second: String) {
    let settings = [first, second].map { TrialSettings(SampleRuns.run(1, spec: $0).trial) }
    let paths = DifferingSettings(settings, swept: []).columns.map(\.path)
    #expect(paths.filter { $0 != "evaluation" && $0 != "training" }.isEmpty)
  }

  @Test("a setting that only one record has is shown for the other with its default")
  func completed() {
    let runs = [
      SampleRuns.run(1, spec: #"{"solver":{"base_lr":0.1,"clip_norm":1}}"#, meanIoU: [0.5]),
      SampleRuns.run(2, spec: #"{"solver":{"base_lr":0.1}}"#, meanIoU: [0.4]),
    ]
    let table = Comparison(runs) { settings in
      settings.texts == SpecTexts(runs[0].trial)
        ? settings
        : TrialSettings(
          settings.texts, resolvedSpec: #"{"solver":{"base_lr":0.1,"clip_norm":"none"}}"#)
    }
    let column = table.columns.firstIndex { $0.name == "solver.clip_norm" }
    #expect(column.map { column in table.rows.map { $0.cells[column].text } } == ["1", "none"])
  }

  @Test("settings that differ between experiments are shown too")
  func experiments() {
    let runs = [
      SampleRuns.run(
        1, of: "cells", [("solver.base_lr", "1e-2")], spec: #"{"solver":{"base_lr":0.01}}"#),
      SampleRuns.run(1, of: "roads", spec: #"{"solver":{"base_lr":0.5}}"#),
    ]
    let table = Comparison(runs)
    let column = table.columns.firstIndex { $0.name == "solver.base_lr" }
    #expect(column.map { column in table.rows.map { $0.cells[column].text } } == ["1e-2", "0.5"])
  }

  @Test("of components that some rows lack, the first row of each kind alone is completed")
  func completedOnce() {
    let specs = (0..<20).map { number in
      let loss = ["dice", "lovasz"][number % 2]
      return
        #"{"losses":[{"\#(loss)":{"smooth":1,"weight":1}}],"solver":{"base_lr":\#(number)}}"#
    }
    let rows = specs.map { TrialSettings(SampleRuns.run(1, spec: $0).trial) }
    var completed = 0
    let differing = DifferingSettings(rows, swept: []) { settings in
      completed += 1
      return TrialSettings(settings.texts, deviating: ["dice": ["smooth"]])
    }
    #expect(completed == 2 && !differing.hasUnevenComponents)
    let cells = differing.columns.first { $0.path == "losses" }?.cells.map(\.text)
    #expect(cells?.prefix(2) == ["dice (smooth: 1)", "lovasz"])
  }

  @Test("where one leaves a setting of a component out, every row is completed")
  func uneven() {
    let specs = [
      #"{"losses":[{"dice":{"smooth":1}}]}"#, #"{"losses":[{"dice":{"smooth":1,"weight":1}}]}"#,
      #"{"losses":[{"lovasz":{"weight":1}}]}"#,
    ]
    let rows = specs.map { TrialSettings(SampleRuns.run(1, spec: $0).trial) }
    #expect(DifferingSettings(rows, swept: []).hasUnevenComponents)
  }
}
