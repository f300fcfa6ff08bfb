import Testing

@testable import Tracking

@Suite("Whether runs may be ranked among each other")
struct FairnessGuardsTests {
  private func guards(_ specs: [String], validation: [String] = []) -> FairnessGuards {
    let runs = specs.enumerated().map { index, spec in
      SampleRuns.run(
        index + 1, spec: spec, meanIoU: [0.5],
        validation: validation.isEmpty ? nil : validation[index]
      ).compared
    }
    return FairnessGuards(runs, metric: "validation.mean_iou", shown: [])
  }

  @Test("other validation data, ignored labels or rules for absent classes are refused")
  func refusals() {
    #expect(guards(["{}", "{}"]).refusals.isEmpty)
    #expect(guards(["{}", "{}"], validation: ["a", "b"]).refusals.count == 1)
    let ignored = guards([#"{"data":{"ignore":[255]}}"#, #"{"data":{"ignore":[0]}}"#])
    #expect(ignored.refusals.first?.hasPrefix("the ignored labels of these runs differ") == true)
    let absent = guards([#"{"evaluation":{"absent_classes":"zero"}}"#, "{}"])
    #expect(absent.refusals.count == 1)
  }

  @Test("values of several definitions of a metric are refused as what ranks, and noted beside it")
  func versions() {
    let runs = [1, 2, 2].enumerated().map { index, version in
      SampleRuns.run(index + 1, meanIoU: [0.5], version: version).compared
    }
    let ranked = FairnessGuards(runs, metric: "validation.mean_iou", shown: [])
    #expect(
      ranked.refusals == [
        "mean_iou was measured by several of its definitions (version 2: 2 runs; version 1: 1 run), so its values "
          + "cannot be compared: evaluate measures those of older records anew"
      ])
    let beside = FairnessGuards(runs, metric: "validation.mean_dice", shown: [])
    #expect(beside.refusals.isEmpty && beside.notes == ranked.refusals)
  }

  @Test("an objective that is high in some runs and low in others is refused")
  func directions() {
    let runs = [true, false].enumerated().map { index, maximize in
      SampleRuns.run(
        index + 1, objective: Objective(metric: "validation.loss", maximize: maximize),
        meanIoU: [0.5]
      ).compared
    }
    let guards = FairnessGuards(runs, metric: "validation.loss", shown: [])
    #expect(
      guards.refusals == ["validation.loss is to be high in some of these runs and low in others"])
  }

  @Test("budgets, batch sizes and the like are noted with how many runs have which")
  func notes() {
    let found = guards([
      #"{"training":{"epochs":10,"batch_size":4}}"#, #"{"training":{"epochs":20,"batch_size":4}}"#,
      #"{"training":{"epochs":10,"batch_size":8}}"#,
    ])
    #expect(found.refusals.isEmpty)
    #expect(
      found.notes == [
        "the budget of epochs differs: 10: 2 runs; 20: 1 run",
        "the batch size differs: 4: 2 runs; 8: 1 run",
      ])
    let runs = [4, 8].enumerated().map {
      SampleRuns.run($0 + 1, spec: #"{"training":{"batch_size":\#($1)}}"#, meanIoU: [0.5]).compared
    }
    let shown = FairnessGuards(
      runs, metric: "validation.mean_iou", shown: ["training.batch_size"])
    #expect(shown.notes.isEmpty, "a column says it already")
  }
}
