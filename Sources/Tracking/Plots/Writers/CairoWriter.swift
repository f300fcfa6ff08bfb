internal import CCairo
package import Foundation

/// A figure as PNG or PDF, drawn by cairo in the same places as the SVG has.
package struct CairoWriter: Sendable {
  package enum Format: Sendable, Hashable {
    /// - Parameter scale: pixels of the image for each of the figure.
    case png(scale: Double)
    /// A pixel of the figure is 0.75 points.
    case pdf
  }

  package let format: Format
  package let theme: Theme

  package init(_ format: Format, theme: Theme = .light) {
    (self.format, self.theme) = (format, theme)
  }

  package func bytes(of figure: Figure) throws(CairoError) -> Data {
    try bytes(of: figure.drawing(headings: true), title: figure.title)
  }

  /// - Parameter title: what a PDF says that it is.
  package func bytes(of drawing: Drawing, title: String) throws(CairoError) -> Data {
    let output = CairoOutput()
    switch format {
    case .png(let scale):
      let (width, height) = (
        Int32((drawing.width * scale).rounded(.up)), Int32((drawing.height * scale).rounded(.up))
      )
      let surface = try CairoSurface(
        cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height), making: "a PNG")
      try draw(drawing, on: surface, scale: scale)
      try output.collect { cairo_surface_write_to_png_stream(surface.pointer, $0, $1) }
    case .pdf:
      let points = 0.75
      let surface = try output.makeSurface { write, closure in
        cairo_pdf_surface_create_for_stream(
          write, closure, drawing.width * points, drawing.height * points)
      }
      // Else the file says when it was made, and no two are the same.
      cairo_pdf_surface_set_metadata(
        surface.pointer, CAIRO_PDF_METADATA_CREATE_DATE, "2000-01-01T00:00:00Z")
      cairo_pdf_surface_set_metadata(
        surface.pointer, CAIRO_PDF_METADATA_TITLE, title.printable)
      try draw(drawing, on: surface, scale: points)
      cairo_surface_finish(surface.pointer)
      try CairoError.check(cairo_surface_status(surface.pointer), "write a PDF")
    }
    return output.bytes
  }

  private func draw(
    _ drawing: Drawing, on surface: borrowing CairoSurface, scale: Double
  ) throws(CairoError) {
    let canvas = try CairoCanvas(surface, theme: theme, scale: scale)
    canvas.fillPage()
    for element in drawing.elements { canvas.draw(element) }
    try canvas.finish()
  }
}

/// A call of cairo that failed, in its own words.
package struct CairoError: Error, Hashable, CustomStringConvertible {
  package let action: String
  package let reason: String

  package var description: String { "cannot \(action): \(reason)" }

  static func check(_ status: cairo_status_t, _ action: String) throws(CairoError) {
    guard status != CAIRO_STATUS_SUCCESS else { return }
    throw CairoError(action: action, reason: String(cString: cairo_status_to_string(status)))
  }
}

/// Holds a surface for as long as something is drawn on it.
struct CairoSurface: ~Copyable {
  let pointer: OpaquePointer

  init(_ pointer: OpaquePointer?, making what: String) throws(CairoError) {
    guard let pointer else { throw CairoError(action: "make \(what)", reason: "out of memory") }
    // A surface that could not be made is one that cairo keeps, and needs not be given back.
    try CairoError.check(cairo_surface_status(pointer), "make \(what)")
    self.pointer = pointer
  }

  deinit { cairo_surface_destroy(pointer) }
}

/// Takes the bytes that cairo writes.
private final class CairoOutput {
  private(set) var bytes = Data()

  private static let write: cairo_write_func_t = { closure, start, count in
    guard let closure, let start else { return CAIRO_STATUS_WRITE_ERROR }
    let output = Unmanaged<CairoOutput>.fromOpaque(closure).takeUnretainedValue()
    output.bytes.append(start, count: Int(count))
    return CAIRO_STATUS_SUCCESS
  }

  private var closure: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  func collect(
    _ body: (cairo_write_func_t, UnsafeMutableRawPointer) -> cairo_status_t
  ) throws(CairoError) {
    try CairoError.check(body(Self.write, closure), "write a PNG")
  }

  func makeSurface(
    _ body: (cairo_write_func_t, UnsafeMutableRawPointer) -> OpaquePointer?
  ) throws(CairoError) -> CairoSurface {
    try CairoSurface(body(Self.write, closure), making: "a PDF")
  }
}
