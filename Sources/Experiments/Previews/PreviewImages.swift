internal import Groundwork
internal import Measurements
internal import Tasks
internal import Tracking
internal import Training

/// The previews of a run's record, ready to be drawn: an image a row, and for each what is shown in
/// columns.
struct PreviewImages {
  let rows: [Row]
  let columns: [Column]

  struct Row {
    let name: String
    let size: Size
    /// RGB, one for each column.
    let drawings: [Raster]
  }

  enum Column: Equatable {
    case image, truth
    case prediction(EvaluationPoint)
    /// Where the last prediction is not the truth.
    case difference

    var title: String {
      switch self {
      case .image: "image"
      case .truth: "truth"
      case .prediction(let point): "epoch \(point.epochText)"
      case .difference: "wrong at the end"
      }
    }
  }

  /// - Parameter evaluations: how many of them are shown at most, spread evenly, the last always.
  /// - Throws: ``Failure`` where what is recorded is no image.
  init(
    _ record: PreviewRecord, task: any SegmentationTask, palette: ClassPalette, evaluations: Int
  ) throws(Failure) {
    let last = record.evaluations.count - 1
    let count = min(evaluations, record.evaluations.count)
    let shown =
      count < 2
      ? (last >= 0 ? [last] : []) : (0..<count).map { $0 * last / (count - 1) }
    columns =
      [.image, .truth] + shown.map { .prediction(record.evaluations[$0].point) } + [.difference]
    var rows: [Row] = []
    for (number, image) in record.images.enumerated() {
      let photograph = try Self.raster(image.image).converted(toChannels: 3)
      let size = photograph.size
      let truth = try Self.labels(image.truth)
      func drawing(_ labels: [Label]) -> Raster {
        task.drawing(of: labels, size, palette, over: photograph)
      }
      var drawings = [photograph, drawing(truth)]
      var latest = truth
      for place in shown {
        latest = try Self.labels(record.evaluations[place].predictions[number])
        drawings.append(drawing(latest))
      }
      drawings.append(task.drawing(of: latest, against: truth, size, over: photograph))
      rows.append(Row(name: image.name, size: size, drawings: drawings))
    }
    self.rows = rows
  }

  private static func raster(_ bytes: [UInt8]) throws(Failure) -> Raster {
    do throws(ImageError) { return try ImageFile.image(bytes) } catch {
      throw Failure(.damagedStore, "error: a recorded preview \(error)")
    }
  }

  static func labels(_ bytes: [UInt8]) throws(Failure) -> [Label] {
    try raster(bytes).pixels.withUnsafeBytes { bytes in
      (0..<bytes.count / 2).map { bytes.loadUnaligned(fromByteOffset: 2 * $0, as: Label.self) }
    }
  }
}

extension PreviewImages {
  /// All in one image, white between them.
  var raster: Raster {
    let cell = Size(
      height: rows.map(\.size.height).max() ?? 1, width: rows.map(\.size.width).max() ?? 1)
    var sheet = ContactSheet(rows: rows.count, columns: columns.count, cell: cell)
    for (number, row) in rows.enumerated() {
      for (column, drawing) in row.drawings.enumerated() {
        sheet.place(drawing, row: number, column: column)
      }
    }
    return sheet.raster
  }

  /// For a terminal with 24-bit colours: image, truth and the last prediction of each, side by side.
  ///
  /// - Parameter width: the characters of a line.
  func text(width: Int, style: Style) -> String {
    let gap = "  "
    let cell = max(1, (width - 2 * gap.count) / 3)
    return rows.map { row in
      let shown = [row.drawings[0], row.drawings[1], row.drawings[row.drawings.count - 2]]
        .map { ImageBlocks.lines($0, width: cell) }
      let lines = shown[0].indices.map { line in
        shown.map { $0[line] }.joined(separator: gap)
      }
      return ([style.bold(row.name.printable), ""] + lines).joined(separator: "\n")
    }.joined(separator: "\n\n")
  }

  /// The same with what is what, and the colours of the classes below.
  func svg(classes: [String], palette: ClassPalette) throws(ImageError) -> String {
    let (gap, margin, heading, line) = (8.0, 12.0, 22.0, 18.0)
    let width = Double(rows.map(\.size.width).max() ?? 1)
    let legend = ClassLegend(classes: classes, palette: palette)
    let names = rows.reduce(0.0) { $0 + Double($1.size.height) + line + gap }
    let all = 2 * margin + Double(columns.count) * (width + gap) - gap
    let legendWidth = max(all, legend.width)
    var document = SVGText(
      width: legendWidth, height: 2 * margin + heading + names + legend.height)
    for (column, title) in columns.map(\.title).enumerated() {
      document.text(
        title, x: margin + Double(column) * (width + gap), y: margin + 13, size: 13, isBold: true)
    }
    var top = margin + heading
    for row in rows {
      document.text(row.name, x: margin, y: top + 12, size: 11)
      top += line
      for (column, drawing) in row.drawings.enumerated() {
        document.image(
          try ImageFile.png(drawing), x: margin + Double(column) * (width + gap), y: top,
          width: Double(row.size.width), height: Double(row.size.height))
      }
      top += Double(row.size.height) + gap
    }
    legend.draw(in: &document, top: top)
    return document.document
  }
}
