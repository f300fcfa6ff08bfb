internal import Datasets
internal import Foundation
internal import Groundwork
internal import Measurements
internal import Tracking

/// An overview of data for a terminal: the sets, what images hold, the classes, and what to look at.
struct OverviewText {
  let data: LookedData
  let findings: [DataFinding]

  private var overview: DataOverview { data.overview }

  func text(style: Style, width: Int? = Screen.outputWidth) -> String {
    let count = overview.sets.reduce(0) { $0 + $1.samples.count }
    let kinds =
      overview.classes.isEmpty
      ? "no masks"
      : Units.count(overview.classes.count, overview.knowsClasses ? "class" : "mask value")
    let heading =
      style.bold(data.title.printable) + "  \(Units.count(count, "sample")), \(kinds)"
    var parts = [heading, sets.text(style: style, width: width)]
    if !overview.sets.allSatisfy(\.images.isEmpty) {
      parts.append(values(style: style).text(style: style, width: width))
    }
    if !overview.classes.isEmpty { parts.append(classes.text(style: style, width: width)) }
    parts.append(list(style: style, width: width))
    return parts.joined(separator: "\n\n")
  }

  // MARK: - Tables

  private var sets: TableLayout {
    var table = TableLayout([
      .init("set"), .init("samples", .right), .init("sizes", importance: 6),
      .init("channels", .right, importance: 5), .init("depth", importance: 4),
      .init("labelled", .right, importance: 7), .init("without a mask", .right, importance: 3),
      .init("unreadable", .right, importance: 8), .init("list", importance: 2),
    ])
    for set in overview.sets {
      let bare = set.samples.count { $0.masks.isEmpty }
      table.add([
        set.name, Units.count(set.samples.count), set.sizesText, set.channelsText, set.depthText,
        set.pixels > 0
          ? DataFinding.percent(Double(set.labelledPixels) / Double(set.pixels)) : "",
        bare > 0 ? Units.count(bare) : "", set.unreadable > 0 ? Units.count(set.unreadable) : "",
        shortPath(set.path),
      ])
    }
    return table
  }

  /// From here, where that is shorter.
  private func shortPath(_ path: String) -> String {
    guard path.hasPrefix("/") else { return path }
    let short = Path.relative(path, from: FileManager.default.currentDirectoryPath)
    return short.utf8.count < path.utf8.count ? short : path
  }

  private func values(style: Style) -> TableLayout {
    var table = TableLayout([
      .init("values"), .init("channel"), .init("least", .right, importance: 6),
      .init("5 %", .right, importance: 3), .init("mean", .right, importance: 8),
      .init("deviation", .right, importance: 7), .init("95 %", .right, importance: 3),
      .init("greatest", .right, importance: 6),
      .init(
        "histogram from least to greatest", shortTitle: "histogram", importance: 5, shortens: false),
    ])
    for set in overview.sets {
      for kind in set.images {
        for (number, channel) in kind.channels.enumerated() {
          func text(_ value: Double?) -> String {
            value.map { channel.text($0, depth: kind.depth) } ?? "–"
          }
          let mean = ValueFormat.decimals(channel.moments.mean, kind.depth == .real ? 4 : 1)
          let deviation = ValueFormat.decimals(channel.deviation, kind.depth == .real ? 4 : 1)
          table.add([
            number == 0 ? set.name : "", kind.channelName(number, images: set.imagesOfASample),
            text(channel.extent?.lowerBound), text(channel.quantile(0.05)), mean, deviation,
            text(channel.quantile(0.95)), text(channel.extent?.upperBound),
            Sparkline.text(channel.bars, width: 32, floor: 0),
          ])
        }
      }
    }
    return table
  }

  private var classes: TableLayout {
    let isKnown = overview.knowsClasses
    var columns: [TableLayout.Column] = [
      .init(isKnown ? "class" : "mask value", isKnown ? .left : .right)
    ]
    for set in overview.sets {
      columns.append(.init(set.name, .right, importance: 8))
    }
    columns += [
      .init("images", .right, importance: 6), .init("objects", .right, importance: 5),
      .init("mean size", .right, importance: 3), .init("specks", .right, importance: 2),
      .init("share", importance: 1, shortens: false),
    ]
    var table = TableLayout(columns)
    let most = overview.classes.indices.compactMap { overview.sets[0].share(of: $0) }.max() ?? 1
    for (label, meaning) in overview.classes.enumerated() {
      let totals = overview.sets.map { $0.labels[label] }
      let (pixels, objects) = (
        totals.reduce(UInt64(0)) { $0 + $1.pixels }, totals.reduce(0) { $0 + $1.objects }
      )
      let share = overview.sets[0].share(of: label) ?? 0
      table.add(
        [meaning.name]
          + overview.sets.map { set in set.share(of: label).map(DataFinding.percent) ?? "" }
          + [
            Units.count(totals.reduce(0) { $0 + $1.images }), Units.count(objects),
            objects > 0 ? "\(Units.count(Int(pixels) / objects)) px" : "–",
            Units.count(totals.reduce(0) { $0 + $1.specks }), Self.bar(share / most),
          ])
    }
    return table
  }

  private static func bar(_ part: Double) -> String {
    let eighths = Int((part * 12 * 8).rounded())
    let rest = eighths % 8 > 0 ? String(Array("▏▎▍▌▋▊▉")[eighths % 8 - 1]) : ""
    return String(repeating: "█", count: eighths / 8) + rest
  }

  // MARK: - Findings

  private func list(style: Style, width: Int?) -> String {
    guard !findings.isEmpty else { return style.green("Nothing looks wrong.") }
    let heading = style.bold("What to look at")
    let room = (width ?? 100) - 4
    let entries = findings.enumerated().map { number, finding in
      let mark = finding.weight == .note ? style.dim("note") : style.yellow("warning")
      let title = TextWidth.wrapped(finding.title.printable, to: max(20, room))
      let advice = TextWidth.wrapped(finding.advice.printable, to: max(20, room))
      let index = String(repeating: " ", count: max(0, 2 - "\(number + 1)".count)) + "\(number + 1)"
      return
        (["\(index)  \(mark): \(title[0])"] + title.dropFirst().map { "    " + $0 }
        + advice.map { "    " + style.dim($0) }).joined(separator: "\n")
    }
    return ([heading] + entries).joined(separator: "\n")
  }
}
