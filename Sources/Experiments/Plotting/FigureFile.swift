internal import Foundation
internal import Groundwork
internal import Tracking

/// A file that a figure is written to, of the kind that its name ends in unless another is asked for.
struct FigureFile {
  enum Kind: String, CaseIterable {
    /// CSV has the numbers that are drawn, unrounded; Vega is a specification of Vega-Lite.
    case svg, png, pdf, csv, vega

    /// What names of such files end in.
    var ending: String { self == .vega ? "json" : rawValue }

    /// False for what no terminal shows and no text holds.
    var isText: Bool { self != .png && self != .pdf }

    static var endings: String { "." + allCases.map(\.ending).joined(separator: ", .") }
    static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
  }

  let path: String
  let kind: Kind
  var theme = Theme.light

  /// - Returns: `nil` where the name ends in nothing that is known.
  init?(_ path: String) {
    let ending = (path as NSString).pathExtension.lowercased()
    guard let kind = Kind.allCases.first(where: { $0.ending == ending }) else { return nil }
    self.init(path, kind)
  }

  init(_ path: String, _ kind: Kind) { (self.path, self.kind) = (path, kind) }

  /// Pixels of a PNG for each of the figure: sharp on screens with small pixels too.
  private static let scale = 2.0

  func write(_ figure: Figure) throws { try FileBytes.write(bytes(of: figure), to: path) }

  func bytes(of figure: Figure) throws -> [UInt8] {
    switch kind {
    case .svg: Array(SVGWriter(.file(theme)).text(of: figure).utf8)
    case .png: try drawn(figure, .png(scale: Self.scale))
    case .pdf: try drawn(figure, .pdf)
    case .csv: Array(figure.table.csv.utf8)
    case .vega: Array(VegaWriter(theme).text(of: figure).utf8)
    }
  }

  private func drawn(_ figure: Figure, _ format: CairoWriter.Format) throws -> [UInt8] {
    do { return Array(try CairoWriter(format, theme: theme).bytes(of: figure)) } catch {
      throw Failure(.failed, "error: \(path.printable): \(error)")
    }
  }
}
