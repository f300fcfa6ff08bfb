internal import CCairo

/// Draws elements of a drawing with cairo.
struct CairoCanvas: ~Copyable {
  private let context: OpaquePointer
  private let theme: Theme

  init(_ surface: borrowing CairoSurface, theme: Theme, scale: Double) throws(CairoError) {
    guard let context = cairo_create(surface.pointer) else {
      throw CairoError(action: "draw", reason: "out of memory")
    }
    self.context = context
    self.theme = theme
    cairo_scale(context, scale, scale)
  }

  deinit { cairo_destroy(context) }

  func finish() throws(CairoError) { try CairoError.check(cairo_status(context), "draw") }

  func fillPage() {
    use(.paper, opacity: 1)
    cairo_paint(context)
  }

  func draw(_ element: Drawing.Element) {
    switch element {
    case .shape(let shape): draw(shape)
    case .text(let text): draw(text)
    case .image(let image): draw(image)
    case .group(let group):
      cairo_save(context)
      if let clip = group.clip {
        cairo_rectangle(context, clip.x, clip.y, clip.width, clip.height)
        cairo_clip(context)
      }
      for element in group.elements { draw(element) }
      cairo_restore(context)
    }
  }

  private func use(_ ink: Ink, opacity: Double) {
    let colour = theme.colour(of: ink)
    cairo_set_source_rgba(
      context, Double(colour.red) / 255, Double(colour.green) / 255, Double(colour.blue) / 255,
      opacity)
  }

  private func draw(_ shape: Drawing.Shape) {
    cairo_new_path(context)
    for segment in shape.path { add(segment) }
    if let fill = shape.fill {
      use(fill, opacity: shape.fillOpacity)
      cairo_fill_preserve(context)
    }
    if let stroke = shape.stroke {
      use(stroke.ink, opacity: stroke.opacity)
      cairo_set_line_width(context, stroke.width)
      cairo_set_line_join(context, CAIRO_LINE_JOIN_ROUND)
      cairo_set_dash(context, stroke.dash, Int32(stroke.dash.count), 0)
      cairo_stroke_preserve(context)
    }
    cairo_new_path(context)
  }

  private func add(_ segment: Drawing.Segment) {
    switch segment {
    case .move(let point): cairo_move_to(context, point.x, point.y)
    case .line(let point): cairo_line_to(context, point.x, point.y)
    case .curve(let one, let two, let end):
      cairo_curve_to(context, one.x, one.y, two.x, two.y, end.x, end.y)
    case .close: cairo_close_path(context)
    case .circle(let middle, let radius):
      cairo_new_sub_path(context)
      cairo_arc(context, middle.x, middle.y, radius, 0, 2 * .pi)
      cairo_close_path(context)
    case .rectangle(let box, let corner): addRectangle(box, corner)
    }
  }

  private func addRectangle(_ box: Box, _ corner: Double) {
    let radius = min(corner, box.width / 2, box.height / 2)
    guard radius > 0 else {
      return cairo_rectangle(context, box.x, box.y, box.width, box.height)
    }
    let quarter = Double.pi / 2
    cairo_new_sub_path(context)
    cairo_arc(context, box.right - radius, box.y + radius, radius, -quarter, 0)
    cairo_arc(context, box.right - radius, box.bottom - radius, radius, 0, quarter)
    cairo_arc(context, box.x + radius, box.bottom - radius, radius, quarter, 2 * quarter)
    cairo_arc(context, box.x + radius, box.y + radius, radius, 2 * quarter, 3 * quarter)
    cairo_close_path(context)
  }

  private func draw(_ text: Drawing.Text) {
    cairo_save(context)
    cairo_select_font_face(
      context, "sans-serif", CAIRO_FONT_SLANT_NORMAL,
      text.isBold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL)
    cairo_set_font_size(context, text.size)
    use(text.ink, opacity: 1)
    let shown = text.text.printable
    var extents = cairo_text_extents_t()
    cairo_text_extents(context, shown, &extents)
    let shift =
      switch text.anchor {
      case .start: 0.0
      case .middle: -extents.x_advance / 2
      case .end: -extents.x_advance
      }
    cairo_translate(context, text.place.x, text.place.y)
    cairo_rotate(context, text.turn * .pi / 180)
    cairo_move_to(context, shift, 0)
    cairo_show_text(context, shown)
    cairo_restore(context)
  }

  /// Pixel by pixel. An image that is no PNG is left out; records are checked before.
  private func draw(_ image: Drawing.Image) {
    var source = PNGSource(bytes: image.png)
    let surface = withUnsafeMutablePointer(to: &source) { source in
      cairo_image_surface_create_from_png_stream(PNGSource.read, source)
    }
    guard let surface else { return }
    defer { cairo_surface_destroy(surface) }
    guard cairo_surface_status(surface) == CAIRO_STATUS_SUCCESS else { return }
    let width = Double(cairo_image_surface_get_width(surface))
    let height = Double(cairo_image_surface_get_height(surface))
    guard width > 0, height > 0 else { return }
    cairo_save(context)
    cairo_translate(context, image.box.x, image.box.y)
    cairo_scale(context, image.box.width / width, image.box.height / height)
    cairo_set_source_surface(context, surface, 0, 0)
    cairo_pattern_set_filter(cairo_get_source(context), CAIRO_FILTER_NEAREST)
    cairo_rectangle(context, 0, 0, width, height)
    cairo_fill(context)
    cairo_restore(context)
  }
}

/// Gives cairo the bytes of a PNG.
private struct PNGSource {
  let bytes: [UInt8]
  var position = 0

  init(bytes: [UInt8]) { self.bytes = bytes }

  static let read: cairo_read_func_t = { closure, target, count in
    guard let source = closure?.assumingMemoryBound(to: PNGSource.self), let target else {
      return CAIRO_STATUS_READ_ERROR
    }
    let start = source.pointee.position
    let end = start + Int(count)
    guard end <= source.pointee.bytes.count else { return CAIRO_STATUS_READ_ERROR }
    for offset in 0..<Int(count) { target[offset] = source.pointee.bytes[start + offset] }
    source.pointee.position = end
    return CAIRO_STATUS_SUCCESS
  }
}
