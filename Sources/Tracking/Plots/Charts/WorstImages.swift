/// Images with their truth, what was predicted, and where that is wrong.
package struct WorstImages: Chart {
  package let name = "images"
  package let about = "recorded previews of the best run: image, truth, prediction, what is wrong"
  package let suitsTerminals = false
  package let needsImages = true

  package init() {}

  package func figure(of input: ChartInput) -> Figure {
    let title = "What was predicted"
    guard let images = input.images, !images.rows.isEmpty else {
      return Figure(
        title: title,
        absence:
          "No previews are recorded of these runs: evaluation: {previews: 4} in a spec records them."
      )
    }
    let ticks = images.rows.enumerated().map { index, row in
      Tick(
        Double(index), TextExtent.shortened(row.name, to: 150, size: PanelMargins.tickSize),
        note: row.note.isEmpty ? nil : row.note)
    }
    let height = 128.0
    let marks = images.rows.enumerated().flatMap { row, strip -> [PlotMark] in
      strip.drawings.enumerated().map { column, drawing in
        .image(
          ImageMark(
            drawing.png, width: drawing.width, height: drawing.height,
            x: Double(column) - 0.5...Double(column) + 0.5,
            y: Double(row) - 0.5...Double(row) + 0.5,
            about: "\(strip.name): \(images.columns[column])"))
      }
    }
    let drawings = images.rows.flatMap(\.drawings)
    let widest = drawings.map { Double($0.width) / Double(max(1, $0.height)) }.max() ?? 1
    return Figure(
      title: title,
      description:
        "\(images.rows.count) images in rows, in columns: \(images.columns.joined(separator: ", ")).",
      caption: images.about,
      width: min(1000, 210 + height * min(max(widest, 0.7), 1.8) * Double(images.columns.count)),
      rows: [
        Figure.Row(
          height: height * Double(images.rows.count),
          [
            Panel(
              x: Axis("", .band(images.columns), isOpposite: true),
              y: Axis("", .band(images.rows.map(\.name)), ticks: ticks),
              marks: marks)
          ])
      ],
      legend: images.classes.map { .init($0.name, .patch(.colour($0.colour))) },
      table: FigureTable(
        columns: ["image", "note"],
        rows: images.rows.map { [.text($0.name), .text($0.note)] }))
  }
}
