internal import Foundation
internal import Groundwork
internal import Tracking

/// A file that a figure is written to, of the kind that its name ends in.
struct FigureFile {
  enum Kind: String, CaseIterable {
    case svg, png, pdf

    static var names: String { "." + allCases.map(\.rawValue).joined(separator: ", .") }
  }

  let path: String
  let kind: Kind
  var theme = Theme.light

  /// - Returns: `nil` where the name ends in nothing that is known.
  init?(_ path: String) {
    guard let kind = Kind(rawValue: (path as NSString).pathExtension.lowercased()) else {
      return nil
    }
    (self.path, self.kind) = (path, kind)
  }

  /// Pixels of a PNG for each of the figure: sharp on screens with small pixels too.
  private static let scale = 2.0

  func write(_ figure: Figure) throws {
    let bytes: [UInt8] =
      switch kind {
      case .svg: Array(SVGWriter(.file(theme)).text(of: figure).utf8)
      case .png: try drawn(figure, .png(scale: Self.scale))
      case .pdf: try drawn(figure, .pdf)
      }
    try FileBytes.write(bytes, to: path)
  }

  private func drawn(_ figure: Figure, _ format: CairoWriter.Format) throws -> [UInt8] {
    do { return Array(try CairoWriter(format, theme: theme).bytes(of: figure)) } catch {
      throw Failure(.failed, "error: \(path.printable): \(error)")
    }
  }
}
