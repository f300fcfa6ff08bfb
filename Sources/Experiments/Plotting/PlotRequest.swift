internal import Tracking

/// A chart that was asked for, of runs that are recorded.
struct PlotRequest {
  let chart: any Chart
  let runs: [RunRecord]
  let store: FolderStore
  /// See ``ChartInput/baseline``.
  var baseline: Set<RunPlace> = []
  var classOrder = ClassOrder.spec
  var value: RunValue?
  var across: RunValue?
  var smoothing = 0.0
  /// How many images a chart of images shows.
  var images = 6

  var figure: Figure {
    get throws {
      var input = try ChartInput(runs, value: value, across: across)
      input.smoothing = smoothing
      (input.baseline, input.classOrder) = (baseline, classOrder)
      input.complete = { TrialSettings(completing: $0) }
      // Every run of a chart has the classes of the first, or is drawn in computed colours.
      if let run = runs.first(where: \.hasSettings), let spec = try? Trial(run.trial).spec {
        input.classColours = spec.data.plotColours
      }
      if chart.needsImages {
        input.images = try PreviewStrips.best(
          of: input.ranked, store: store, most: images)
      }
      return chart.figure(of: input)
    }
  }
}
