internal import Foundation

extension SVGWriter {
  /// The elements of a drawing, one a line.
  struct Body {
    let writer: SVGWriter
    private(set) var text = ""
    private var clips = 0

    /// Stands for the start of every id until the content is known. No text that is printed has it.
    static let idMark = "\u{1}"

    init(writer: SVGWriter) { self.writer = writer }

    mutating func add(_ element: Drawing.Element) {
      switch element {
      case .shape(let shape): add(shape)
      case .text(let text): add(text)
      case .image(let image): add(image)
      case .group(let group): add(group)
      }
    }

    private mutating func add(_ group: Drawing.Group) {
      var clip = ""
      if let box = group.clip {
        clips += 1
        let id = "\(Self.idMark)-clip\(clips)"
        text += "<clipPath id=\"\(id)\"><rect \(attributes(of: box))/></clipPath>\n"
        clip = " clip-path=\"url(#\(id))\""
      }
      text += "<g\(attributes(of: group.facts))\(clip)>\n\(tip(of: group.facts))"
      for element in group.elements { add(element) }
      text += "</g>\n"
    }

    private mutating func add(_ shape: Drawing.Shape) {
      var paint = " fill=\"\(shape.fill.map(writer.colour) ?? "none")\""
      if shape.fill != nil, shape.fillOpacity < 1 {
        paint += " fill-opacity=\"\(Self.share(shape.fillOpacity))\""
      }
      if let stroke = shape.stroke {
        paint +=
          " stroke=\"\(writer.colour(stroke.ink))\" stroke-width=\"\(Self.share(stroke.width))\""
        if stroke.opacity < 1 { paint += " stroke-opacity=\"\(Self.share(stroke.opacity))\"" }
        if !stroke.dash.isEmpty {
          paint += " stroke-dasharray=\"\(stroke.dash.map(PixelText.of).joined(separator: " "))\""
        }
        if shape.path.count > 2 { paint += " stroke-linejoin=\"round\"" }
      }
      let rest = attributes(of: shape.facts) + paint
      let tip = tip(of: shape.facts)
      let (name, form) = Self.form(shape.path)
      text +=
        tip.isEmpty ? "<\(name) \(form)\(rest)/>\n" : "<\(name) \(form)\(rest)>\(tip)</\(name)>\n"
    }

    private mutating func add(_ word: Drawing.Text) {
      let (x, y) = (PixelText.of(word.place.x), PixelText.of(word.place.y))
      var rest = ""
      if word.anchor != .start { rest += " text-anchor=\"\(word.anchor.rawValue)\"" }
      if word.isBold { rest += " font-weight=\"600\"" }
      if word.turn != 0 { rest += " transform=\"rotate(\(PixelText.of(word.turn)) \(x) \(y))\"" }
      text +=
        "<text x=\"\(x)\" y=\"\(y)\" font-size=\"\(PixelText.of(word.size))\" "
        + "fill=\"\(writer.colour(word.ink))\"\(rest)>\(SVGWriter.escaped(word.text))</text>\n"
    }

    private mutating func add(_ image: Drawing.Image) {
      text +=
        "<image \(attributes(of: image.box)) image-rendering=\"pixelated\" "
        + "href=\"data:image/png;base64,\(Data(image.png).base64EncodedString())\">"
        + "<title>\(SVGWriter.escaped(image.about))</title></image>\n"
    }

    // MARK: - Attributes

    private func attributes(of facts: Drawing.Facts) -> String {
      guard let kind = facts.kind else { return "" }
      // Scripts look for the class; nothing else does.
      return " class=\"\(kind)\""
        + facts.data.map { " data-\($0.name)=\"\(SVGWriter.escaped($0.value))\"" }.joined()
    }

    private func tip(of facts: Drawing.Facts) -> String {
      facts.tip.map { "<title>\(SVGWriter.escaped($0))</title>" } ?? ""
    }

    private func attributes(of box: Box) -> String {
      "x=\"\(PixelText.of(box.x))\" y=\"\(PixelText.of(box.y))\" "
        + "width=\"\(PixelText.of(box.width))\" height=\"\(PixelText.of(box.height))\""
    }

    /// Hundredths, for opacities and widths of lines.
    private static func share(_ value: Double) -> String {
      let hundredths = Int((value * 100).rounded())
      let rest = hundredths % 100
      if rest == 0 { return "\(hundredths / 100)" }
      let digits = rest < 10 ? "0\(rest)" : rest % 10 == 0 ? "\(rest / 10)" : "\(rest)"
      return "\(hundredths / 100).\(digits)"
    }

    private static func form(_ path: [Drawing.Segment]) -> (name: String, attributes: String) {
      if path.count == 1 {
        switch path[0] {
        case .circle(let middle, let radius):
          return (
            "circle",
            "cx=\"\(PixelText.of(middle.x))\" cy=\"\(PixelText.of(middle.y))\" "
              + "r=\"\(PixelText.of(radius))\""
          )
        case .rectangle(let box, let corner):
          let round = corner > 0 ? " rx=\"\(PixelText.of(corner))\"" : ""
          return (
            "rect",
            "x=\"\(PixelText.of(box.x))\" y=\"\(PixelText.of(box.y))\" "
              + "width=\"\(PixelText.of(box.width))\" height=\"\(PixelText.of(box.height))\"\(round)"
          )
        default: break
        }
      }
      return ("path", "d=\"\(path.map(words).joined())\"")
    }

    private static func words(_ segment: Drawing.Segment) -> String {
      func pair(_ point: PlotPoint) -> String {
        "\(PixelText.of(point.x)),\(PixelText.of(point.y))"
      }
      switch segment {
      case .move(let point): return "M\(pair(point))"
      case .line(let point): return "L\(pair(point))"
      case .curve(let one, let two, let end): return "C\(pair(one)) \(pair(two)) \(pair(end))"
      case .close: return "Z"
      case .circle(let middle, let radius):
        let (left, size) = (PlotPoint(middle.x - radius, middle.y), PixelText.of(radius))
        let across = PixelText.of(2 * radius)
        return
          "M\(pair(left))a\(size),\(size) 0 1,0 \(across),0a\(size),\(size) 0 1,0 -\(across),0Z"
      case .rectangle(let box, _):
        return "M\(pair(PlotPoint(box.x, box.y)))H\(PixelText.of(box.right))"
          + "V\(PixelText.of(box.bottom))H\(PixelText.of(box.x))Z"
      }
    }
  }
}
