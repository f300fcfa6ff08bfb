internal import Foundation
internal import Groundwork
internal import Tracking

/// A contact sheet: images beside themselves under their masks, with the colors of the classes; below
/// them those that may be mistakes.
struct OverviewSheet {
  private let shown: ShownSamples

  enum Format: String {
    case png, pdf, svg

    init?(_ file: String) {
      self.init(rawValue: (file as NSString).pathExtension.lowercased())
    }
  }

  init(_ shown: ShownSamples) { self.shown = shown }

  private static let (columns, gap, margin, line) = (4, 14.0, 16.0, 15.0)
  private static let side = Double(ShownSamples.side)

  /// - Returns: what is on it.
  func write(to file: String) throws -> String {
    let diagram = try diagram
    switch Format(file) {
    case .svg, nil: try FileBytes.write(Array(diagram.svg.utf8), to: file)
    case .png:
      let bytes = try CairoWriter(.png(scale: 1)).bytes(of: diagram.drawing, title: diagram.title)
      try FileBytes.write(Array(bytes), to: file)
    case .pdf:
      let bytes = try CairoWriter(.pdf).bytes(of: diagram.drawing, title: diagram.title)
      try FileBytes.write(Array(bytes), to: file)
    }
    return shown.summary
  }

  private struct Block {
    let title: String
    let samples: [ShownSamples.Shown]
  }

  private var blocks: [Block] {
    [Block(title: "\(shown.data.title)  \(shown.data.sizesText)", samples: shown.chosen)]
      + shown.suspicious.map { Block(title: $0.finding.title, samples: $0.samples) }
  }

  /// Pixels of a cell: the image, and beside it the same under its mask.
  private var cell: (width: Double, height: Double) {
    let all = blocks.flatMap(\.samples)
    let width = all.map { Double($0.image.size.width) }.max() ?? Self.side
    let height = all.map { Double($0.image.size.height) }.max() ?? Self.side
    let hasMasks = all.contains { $0.overlay != nil }
    return (hasMasks ? 2 * width + 4 : width, height + 2 * Self.line)
  }

  private var diagram: Diagram {
    get throws {
      let (cell, blocks) = (cell, blocks.filter { !$0.samples.isEmpty })
      let data = shown.data
      let hasMasks = !data.overview.classes.isEmpty
      let legend = ClassLegend(
        classes: data.overview.classes.map(\.name), palette: data.palette,
        isNumbered: data.overview.knowsClasses,
        hasIgnored: data.overview.sets.contains { $0.ignoredPixels > 0 })
      let columns = max(1, min(Self.columns, blocks.map(\.samples.count).max() ?? 1))
      let grid = Double(columns) * (cell.width + Self.gap) - Self.gap
      let rows = blocks.reduce(0) { $0 + ($1.samples.count + columns - 1) / columns }
      let width = 2 * Self.margin + grid + (hasMasks ? Self.gap + legend.width : 0)
      let height =
        2 * Self.margin + Double(rows) * (cell.height + Self.gap) + Double(blocks.count) * 34
      var diagram = Diagram(
        width: width, height: max(height, 2 * Self.margin + legend.height),
        title: "Samples of \(data.title)")
      if hasMasks {
        legend.draw(in: &diagram, left: Self.margin + grid + Self.gap, top: Self.margin + 26)
      }
      var top = Self.margin
      for block in blocks {
        diagram.text(
          Self.shortened(block.title, to: grid, size: 15), x: Self.margin, y: top + 15, size: 15,
          isBold: true)
        top += 34
        for (number, sample) in block.samples.enumerated() {
          let left = Self.margin + Double(number % columns) * (cell.width + Self.gap)
          if number > 0, number % columns == 0 { top += cell.height + Self.gap }
          try draw(sample, in: &diagram, left: left, top: top, cell.width)
        }
        top += cell.height + Self.gap
      }
      return diagram
    }
  }

  private func draw(
    _ sample: ShownSamples.Shown, in diagram: inout Diagram, left: Double, top: Double,
    _ width: Double
  ) throws {
    let name = "\(sample.set)  \(sample.name)"
    diagram.text(
      Self.shortened(name, to: width, size: 11), x: left, y: top + 10, size: 11, isBold: true)
    diagram.text(
      Self.listed(sample.classes, to: width, size: 10), x: left, y: top + Self.line + 9, size: 10)
    var x = left
    for (raster, what) in [(sample.image, "image"), (sample.overlay, "its mask")] {
      guard let raster else { continue }
      let size = raster.size
      diagram.image(
        try ImageFile.png(raster), x: x, y: top + 2 * Self.line, width: Double(size.width),
        height: Double(size.height), about: "\(sample.name): \(what)")
      x += Double(size.width) + 4
    }
  }

  /// As many of the names as there is room for.
  private static func listed(_ names: [String], to room: Double, size: Double) -> String {
    var text = ""
    for (number, name) in names.enumerated() {
      let next = number == 0 ? name.printable : "\(text), \(name.printable)"
      let isLast = number == names.count - 1
      guard Diagram.width(isLast ? next : next + ", …", size: size) <= room else {
        return number == 0 ? shortened(name, to: room, size: size) : text + ", …"
      }
      text = next
    }
    return text
  }

  /// The middle of a long text is left out.
  private static func shortened(_ text: String, to room: Double, size: Double) -> String {
    TextWidth.shortened(text.printable, to: max(4, Int(room / Diagram.width("n", size: size))))
  }
}
