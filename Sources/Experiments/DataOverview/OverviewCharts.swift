internal import Datasets
internal import Measurements
internal import Tracking

/// The charts of an overview: what channels hold, and how pixels are shared among classes.
struct OverviewCharts {
  let overview: DataOverview
  /// Pixels of a chart.
  static let width = 1030.0

  // MARK: - Values

  /// A panel for each set: how often values occur in each channel of its most common kind of image.
  var values: Figure {
    let title = "How often values occur"
    let sets = overview.sets.compactMap { set in
      set.images.first.map { (name: set.name, kind: $0, images: set.imagesOfASample) }
    }
    guard !sets.isEmpty else { return Figure(title: title, absence: "No image could be read.") }
    let panels = sets.map { set in
      let curves = set.kind.channels.enumerated().map { number, channel in
        Self.curve(channel, set.kind, number)
      }
      let extents = set.kind.channels.compactMap(\.extent)
      let (low, high) = (
        extents.map(\.lowerBound).min() ?? 0, extents.map(\.upperBound).max() ?? 1
      )
      let most = curves.flatMap { $0.points.map(\.y) }.max() ?? 1
      return Panel(
        set.name, x: Axis("value, \(set.kind.depth.description)", .linear(over: [low, high])),
        y: Axis("% of pixels", .linear(0...most * 1.08), hasGrid: true),
        marks: curves.map { .line($0) })
    }
    let first = sets[0]
    return Figure(
      title: title,
      description: "For each set the share of its pixels that has each value, channel by channel.",
      caption: "Values as the files store them, in bins "
        + Self.number(first.kind.channels.first?.histogram.width ?? 1)
        + " wide, each channel by itself.",
      width: Self.width,
      rows: [Figure.Row(height: 190, panels)],
      legend: first.kind.channels.indices.map { channel in
        .init(
          first.kind.channelName(channel, images: first.images),
          .line(Stroke(Self.ink(first.kind, channel))))
      },
      table: valueTable)
  }

  private static func curve(
    _ channel: ChannelValues, _ kind: SetOverview.ImageKind, _ number: Int
  ) -> LineMark {
    let sum = max(1, Double(channel.moments.count))
    let points = channel.histogram.counts.enumerated().map { bin, count in
      let range = channel.histogram.range(ofBin: bin)
      return PlotPoint((range.lowerBound + range.upperBound) / 2, 100 * Double(count) / sum)
    }
    return LineMark(points, Stroke(ink(kind, number)), course: .steps)
  }

  /// Red, green and blue are shown as themselves.
  private static func ink(_ kind: SetOverview.ImageKind, _ channel: Int) -> Ink {
    switch kind.channels.count {
    case 1: .bar
    case 3: .series([1, 2, 0][channel])
    default: .series(channel)
    }
  }

  private var valueTable: FigureTable {
    FigureTable(
      columns: [
        "set", "images", "depth", "channel", "least", "5 %", "median", "95 %", "greatest", "mean",
        "deviation",
      ],
      rows: overview.sets.flatMap { set in
        set.images.flatMap { kind in
          kind.channels.enumerated().map { number, channel in
            let values = [
              channel.extent?.lowerBound, channel.quantile(0.05), channel.quantile(0.5),
              channel.quantile(0.95), channel.extent?.upperBound, channel.moments.mean,
              channel.deviation,
            ]
            return [
              .text(set.name), .count(kind.samples), .text(kind.depth.description),
              .text(kind.channelName(number, images: set.imagesOfASample)),
            ] + values.map { $0.map { .number($0, Self.number($0)) } ?? .missing }
          }
        }
      })
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e9
      ? "\(Int(value))" : NumberText.significant(value, 4)
  }

  // MARK: - Classes

  /// Bars side by side for each class, one for each set, on a logarithmic axis where shares differ much.
  var classes: Figure {
    let title = "Share of the labelled pixels"
    let labels = overview.classes.indices.filter { label in
      overview.sets.contains { $0.labels[label].pixels > 0 }
    }
    guard !labels.isEmpty else { return Figure(title: title, absence: "No pixel is labelled.") }
    let sets = overview.sets.filter { $0.labelledPixels > 0 }
    let shares = labels.map { label in sets.map { $0.share(of: label) ?? 0 } }
    let known = shares.flatMap { $0 }.filter { $0 > 0 }
    let (least, most) = (known.min() ?? 1, known.max() ?? 1)
    let isLog = most > 50 * least
    let floor = least / 2
    let scale: Scale = isLog ? .log(floor...min(1, most) * 1.6) : .linear(0...most * 1.15)
    let height = 0.8 / Double(sets.count)
    let marks = labels.indices.flatMap { row -> [PlotMark] in
      sets.indices.flatMap { set -> [PlotMark] in
        let share = shares[row][set]
        let top = Double(row) - 0.4 + Double(set) * height
        let text = DataFinding.percent(share)
        var marks: [PlotMark] = []
        if share > 0 {
          marks.append(
            .rectangle(
              RectangleMark(
                x: (isLog ? floor : 0)...share, y: top...top + height, .series(set), opacity: 0.85,
                inset: 1, tip: "\(overview.classes[labels[row]].name), \(sets[set].name): \(text)"))
          )
        }
        marks.append(
          .text(
            TextMark(
              text, max(share, isLog ? floor : 0), top + height / 2, .secondary, size: 10,
              offset: PlotPoint(5, 3.5))))
        return marks
      }
    }
    let names = labels.map { overview.classes[$0].name }
    return Figure(
      title: title,
      description: names.enumerated().prefix(12).map { row, name in
        "\(name) \(DataFinding.percent(shares[row][0]))"
      }.joined(separator: ", ") + " of \(sets[0].name).",
      caption: "Pixels of the files, before images are resized or cut; ignored ones do not count."
        + (isLog ? " The axis is logarithmic." : ""),
      width: Self.width,
      rows: [
        Figure.Row(
          height: Double(labels.count) * max(20, 13 * Double(sets.count) + 4),
          [
            Panel(
              x: Axis("share", scale, ticks: Self.ticks(scale), hasGrid: true),
              y: Axis("", .band(names)), marks: marks)
          ])
      ],
      legend: sets.count > 1
        ? sets.enumerated().map { .init($1.name, .patch(.series($0))) } : [],
      table: classTable)
  }

  private static func ticks(_ scale: Scale) -> [Tick]? {
    guard case .log(let range) = scale else { return nil }
    return [1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1].filter(range.contains).map {
      Tick($0, DataFinding.percent($0))
    }
  }

  private var classTable: FigureTable {
    FigureTable(
      columns: [
        overview.knowsClasses ? "class" : "mask value", "set", "pixels", "share", "images",
        "objects", "specks",
      ],
      rows: overview.classes.enumerated().flatMap { label, meaning in
        overview.sets.map { set -> [FigureTable.Cell] in
          let total = set.labels[label]
          let share = set.share(of: label)
          return [
            .text(meaning.name), .text(set.name), .count(Int(total.pixels)),
            share.map { .number($0, DataFinding.percent($0)) } ?? .missing, .count(total.images),
            .count(total.objects), .count(total.specks),
          ]
        }
      })
  }
}
