internal import Groundwork
internal import Tasks
internal import Tracking
internal import Training

/// The previews of a run as a chart shows them: image, truth, the last prediction, and where it is wrong, the
/// worst image first.
struct PreviewStrips {
  private let record: PreviewRecord
  private let run: RunRecord
  private let spec: ExperimentSpec
  private let most: Int

  /// - Returns: `nil` where the run has none.
  init?(_ run: RunRecord, store: FolderStore, most: Int) throws {
    guard let record = try store.previews(of: run), !record.evaluations.isEmpty else { return nil }
    self.record = record
    self.run = run
    self.most = most
    spec = try Trial(run.trial).spec
  }

  /// The strips of the best of the runs that has previews.
  static func best(of runs: [RunRecord], store: FolderStore, most: Int) throws -> ImageStrips? {
    for run in runs {
      if let strips = try PreviewStrips(run, store: store, most: most) { return try strips.strips }
    }
    return nil
  }

  var strips: ImageStrips {
    get throws {
      let images = try PreviewImages(
        record, task: spec.task, palette: spec.data.palette, evaluations: 1)
      let last = record.evaluations.count - 1
      let wrong = try record.images.indices.map { number in
        try Self.wrongShare(
          record.images[number].truth, record.evaluations[last].predictions[number])
      }
      // Of images without a truth nothing is wrong.
      let order = wrong.indices.filter { !images.rows[$0].drawings.contains { $0 == nil } }
        .sorted { (wrong[$1], $0) < (wrong[$0], $1) }.prefix(most)
      let names = spec.data.classNames
      return ImageStrips(
        columns: images.columns.map(\.title),
        rows: try order.map { number in
          let row = images.rows[number]
          return ImageStrips.Row(
            name: row.name, note: "\(Units.decimals(100 * wrong[number], 1)) % wrong",
            drawings: try row.drawings.compactMap(\.self).map { drawing in
              ImageStrips.Drawing(
                png: try ImageFile.png(drawing), width: drawing.size.width,
                height: drawing.size.height)
            })
        },
        about: "\(run.name) at epoch \(record.evaluations[last].point.epochText): "
          + "the \(order.count) of \(record.images.count) recorded images with the most wrong pixels, the worst "
          + "first. Wrong pixels are orange; nothing is known where it is dark.",
        classes: names.enumerated().map { id, name in
          (name, PlotColour(spec.data.palette.colour(of: Label(id))))
        })
    }
  }

  /// Of the pixels whose truth is known those that were predicted otherwise.
  private static func wrongShare(_ truth: [UInt8], _ prediction: [UInt8]) throws -> Double {
    let (truth, prediction) = (
      try PreviewImages.labels(truth), try PreviewImages.labels(prediction)
    )
    var (known, wrong) = (0, 0)
    for (actual, predicted) in zip(truth, prediction) where actual != .max {
      known += 1
      if actual != predicted { wrong += 1 }
    }
    return known == 0 ? 0 : Double(wrong) / Double(known)
  }
}

extension DataSection {
  /// The colours of the spec's classes, as drawings of its masks have them.
  var plotColours: [String: PlotColour] {
    Dictionary(
      classNames.enumerated().map { id, name in
        (name, PlotColour(palette.colour(of: Label(id))))
      }
    ) { first, _ in first }
  }
}

extension PlotColour {
  init(_ colour: RGB) {
    let parts = colour.components
    self.init(parts[0], parts[1], parts[2])
  }
}
