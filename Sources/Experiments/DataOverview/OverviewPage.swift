internal import Datasets
internal import Groundwork
internal import Tracking

/// An overview of data as one page, which loads nothing and runs nothing.
struct OverviewPage {
  private let data: LookedData
  private let findings: [DataFinding]
  private let shown: ShownSamples

  init(_ data: LookedData, _ findings: [DataFinding], _ shown: ShownSamples) {
    (self.data, self.findings, self.shown) = (data, findings, shown)
  }

  private var overview: DataOverview { data.overview }

  /// Equal data give equal bytes.
  var text: String {
    PageDocument(
      title: "\(data.title): data", generator: "experiments \(Program.version)", header: header,
      sections: [
        answer, sets, values, classes, images, suspicious, alike, origin,
      ]
    ).text
  }

  private var header: HTML {
    let count = overview.sets.reduce(0) { $0 + $1.samples.count }
    var chips: [(style: HTML, text: String)] = overview.sets.map {
      ("", Units.count($0.samples.count, "\($0.name) sample"))
    }
    if !overview.classes.isEmpty {
      chips.append(
        ("", Units.count(overview.classes.count, overview.knowsClasses ? "class" : "mask value")))
    }
    let errors = overview.problems.count
    if errors > 0 { chips.append((" bad", Units.count(errors, "error"))) }
    let items = chips.map { chip -> HTML in
      "<li class=\"chip\(chip.style)\">\(chip.text)</li>\n"
    }
    return """
      <header><p class="eyebrow">\(Units.count(count, "sample"))</p>
      <h1>\(data.title): what the data hold</h1>
      <ul class="chips">
      \(items)</ul></header>

      """
  }

  // MARK: - What to look at

  private var answer: ReportSection {
    let errors = overview.problems.prefix(50).map { problem -> HTML in
      "<li class=\"error\"><h3>error</h3><p>\(problem.description)</p></li>\n"
    }
    let more: HTML =
      overview.problems.count > errors.count
      ? "<li class=\"error\"><p>\(overview.problems.count - errors.count) more errors</p></li>\n"
      : .empty
    let items = findings.map { finding -> HTML in
      """
      <li class="\(finding.weight.style)"><h3>\(Self.capitalized(finding.title))</h3><p>\(finding.advice)</p></li>

      """
    }
    let warnings = overview.warnings.map { warning -> HTML in
      "<li class=\"serious\"><p>\(warning.description)</p></li>\n"
    }
    let all = errors + [more] + items + warnings
    let list: HTML = "<ol class=\"findings\">\n\(all)</ol>\n"
    return ReportSection(
      "findings", "What to look at",
      .shown(
        errors.isEmpty && items.isEmpty && warnings.isEmpty ? "<p>Nothing looks wrong.</p>\n" : list
      ))
  }

  // MARK: - Numbers

  private var sets: ReportSection {
    let rows = overview.sets.map { set -> HTML in
      let labelled =
        set.pixels > 0 ? DataFinding.percent(Double(set.labelledPixels) / Double(set.pixels)) : "–"
      return """
        <tr><th scope="row"><span class="main">\(set.name)</span></th><td class="num">\(Units.count(set.samples.count))</td>\
        <td class="num">\(Units.count(set.masked))</td><td class="num">\(labelled)</td>\
        <td>\(set.sizesText)</td><td class="num">\(set.channelsText)</td><td>\(set.depthText)</td></tr>

        """
    }
    let sizes = overview.sets.flatMap { set -> [HTML] in
      guard set.sizes.count > 1 else { return [] }
      return set.sizes.map { size -> HTML in
        "<tr><td>\(set.name)</td><td class=\"num\">\(size.size.description)</td><td class=\"num\">\(size.samples)</td></tr>\n"
      }
    }
    let details: HTML =
      sizes.isEmpty
      ? .empty
      : """
      <details><summary>all sizes</summary><div class="scroll" tabindex="0"><table><thead><tr>\
      <th scope="col">set</th><th scope="col" class="num">height×width</th><th scope="col" class="num">samples</th></tr></thead>
      <tbody>\(sizes.prefix(400).map { $0 })</tbody></table></div></details>

      """
    return ReportSection(
      "sets", "Sets",
      .shown(
        """
        <div class="card scroll" tabindex="0"><table><thead><tr><th scope="col">set</th>\
        <th scope="col" class="num">samples</th><th scope="col" class="num">with a mask</th>\
        <th scope="col" class="num">labelled</th><th scope="col">height×width</th>\
        <th scope="col" class="num">channels</th><th scope="col">depth</th></tr></thead>
        <tbody>
        \(rows)</tbody></table></div>
        \(details)
        """))
  }

  private var values: ReportSection {
    section("values", "Values", OverviewCharts(overview: overview).values)
  }

  private var classes: ReportSection {
    section("classes", "Classes", OverviewCharts(overview: overview).classes)
  }

  private func section(_ id: String, _ title: String, _ figure: Figure) -> ReportSection {
    ReportSection(
      id, title,
      figure.absence.map { .absent(Self.reason($0)) }
        ?? .shown(ReportFigure("\(id)-chart", figure).element))
  }

  // MARK: - Images

  private var images: ReportSection {
    let cells = shown.chosen.map { Self.cell($0) }
    let choice =
      overview.classes.isEmpty
      ? "They are spread over the lists."
      : "Half of them are those that show most of each class, the rarest first; the others are spread "
        + "over the lists. The mask colors its image; ignored pixels are dark."
    return ReportSection(
      "images", "Images",
      cells.isEmpty
        ? .absent("no image could be read")
        : .shown(
          """
          <div class="gallery">\n\(cells)</div>
          \(legend)<p class="small">\(choice)</p>

          """))
  }

  private var legend: HTML {
    guard !overview.classes.isEmpty else { return .empty }
    let entries = overview.classes.enumerated().map { label, meaning -> HTML in
      let colour = data.palette.colour(of: Label(label)).components
      let fill = PlotColour(colour[0], colour[1], colour[2]).hexadecimal
      return """
        <li><svg viewBox="0 0 12 12" aria-hidden="true"><rect width="12" height="12" rx="3" \
        fill="\(fill)"/></svg>\(meaning.name)</li>

        """
    }
    let ignored: HTML =
      overview.sets.contains { $0.ignoredPixels > 0 }
      ? "<li><svg viewBox=\"0 0 12 12\" aria-hidden=\"true\"><rect width=\"12\" height=\"12\" rx=\"3\" fill=\"#000000\"/></svg>ignored</li>\n"
      : .empty
    return "<ul class=\"legend\" aria-label=\"Classes\">\n\(entries)\(ignored)</ul>\n"
  }

  private var suspicious: ReportSection {
    let blocks = shown.suspicious.map { block -> HTML in
      let more = block.finding.places.count - block.samples.count
      let cells = block.samples.map { Self.cell($0) }
      let rest: HTML =
        more > 0
        ? "<p class=\"small\">\(Units.count(more, "other")) \(more == 1 ? "is" : "are") not shown.</p>\n"
        : .empty
      return """
        <h3>\(Self.capitalized(block.finding.title))</h3>
        <p class="small">\(block.finding.advice)</p>
        <div class="gallery">\n\(cells)</div>
        \(rest)
        """
    }
    return ReportSection(
      "suspicious", "Suspicious samples", short: "Suspicious",
      blocks.isEmpty ? .needless : .shown(blocks.joined("")))
  }

  private var alike: ReportSection {
    let cells = shown.pairs.map { pair -> HTML in
      """
      <div><div class="pair">\(Self.image(pair.first.image, about: pair.first.name))\
      \(Self.image(pair.second.image, about: pair.second.name))</div>
      <p><b>\(pair.first.set)</b> \(pair.first.name)<br><b>\(pair.second.set)</b> \(pair.second.name)<br>\
      \(pair.distance) of \(PerceptualHash.bits) bits differ</p></div>

      """
    }
    guard !cells.isEmpty else { return ReportSection("alike", "Images that look alike", .needless) }
    let groups = overview.duplicates.groups.prefix(20).map { group -> HTML in
      let (first, last) = (group.places[0], group.places[group.places.count - 1])
      return """
        <tr><td class="num">\(group.places.count)</td><td>\(DataFinding.counts(group.places, overview))</td>\
        <td>\(overview.sample(first).name)</td><td>\(overview.sample(last).name)</td>\
        <td class="num">\(group.closest.distance)</td></tr>

        """
    }
    return ReportSection(
      "alike", "Images that look alike", short: "Look alike",
      .shown(
        """
        <div class="gallery">\n\(cells)</div>
        <p class="small">Images look alike where at most \(PerceptualHash.threshold) of the \
        \(PerceptualHash.bits) bits of their perceptual hashes (pHash) differ: \
        \(Units.count(overview.duplicates.pairs, "pair")) in \(Units.count(overview.duplicates.groups.count, "group")). \
        Every image of a group looks like another of it, as frames of a video do.</p>
        <div class="card scroll" tabindex="0"><table><thead><tr><th scope="col" class="num">images</th>\
        <th scope="col">sets</th><th scope="col">first</th><th scope="col">last</th>\
        <th scope="col" class="num">closest pair</th></tr></thead>
        <tbody>\(groups)</tbody></table></div>

        """))
  }

  private var origin: ReportSection {
    let lists = overview.sets.map { set -> HTML in
      "<dt>\(set.name)</dt><dd class=\"mono\">\(set.path)</dd>\n"
    }
    return ReportSection(
      "origin", "How this page was made", short: "How it was made",
      .shown(
        """
        <dl class="made">
        \(lists)<dt>Make it again</dt><dd><div class="command"><b>$</b>\(data.command) -o data.html</div></dd>
        </dl>
        <p class="small">The page is one file: it loads nothing and sends nothing. Objects are sets of \
        pixels of one class that touch at sides or corners; specks are those of fewer than \
        \(MaskCensus.leastPixels) pixels. Values and pixels are counted as the files store them.</p>

        """))
  }

  // MARK: - Parts

  private static func cell(_ sample: ShownSamples.Shown) -> HTML {
    let classes = sample.classes.prefix(12).joined(separator: ", ")
    let overlay: HTML = sample.overlay.map { image($0, about: "its mask: \(classes)") } ?? .empty
    return """
      <div><div class="pair">\(image(sample.image, about: sample.name))\(overlay)</div>
      <p><b>\(sample.set)</b> \(sample.name)<br>\(classes)</p></div>

      """
  }

  private static let quality = 80

  private static func image(_ raster: Raster, about: String) -> HTML {
    guard let bytes = try? ImageFile.jpeg(raster, quality: quality) else { return .empty }
    return ReportImage(.jpeg, bytes, width: raster.size.width, height: raster.size.height)
      .element("thumb", about: about)
  }

  private static func capitalized(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// A sentence as a part of another.
  private static func reason(_ sentence: String) -> String {
    let text = sentence.hasSuffix(".") ? String(sentence.dropLast()) : sentence
    return text.prefix(1).lowercased() + text.dropFirst()
  }
}

extension DataFinding.Weight {
  fileprivate var style: HTML {
    switch self {
    case .error: "error"
    case .serious: "serious"
    case .note: "remark"
    }
  }
}
