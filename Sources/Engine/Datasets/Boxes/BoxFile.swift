internal import Foundation
package import Groundwork

/// The boxes of one image in a text file, as DeepDetect trains detectors with them: a line for each,
///
///     class xmin ymin xmax ymax
///
/// with the id of the class, and edges in pixels as ``LabelBox`` has them. Blank lines and lines that begin with
/// `#` are skipped. A file without a box says that the image shows the background alone.
package struct BoxFile: Sendable, Hashable {
  package var boxes: [LabelBox]

  package init(_ boxes: [LabelBox]) { self.boxes = boxes }

  /// Nobody draws more around the objects of one image.
  package static let maximumCount = 1_000_000

  /// - Parameter bytes: of the file.
  /// - Throws: ``ImageError`` with the first line that is wrong.
  package init(_ bytes: [UInt8]) throws(ImageError) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ImageError("is not UTF-8 text: write 'class xmin ymin xmax ymax' a line")
    }
    boxes = []
    let body = text.hasPrefix("\u{FEFF}") ? text.dropFirst() : text[...]
    let lines = body.split(omittingEmptySubsequences: false) { $0.isNewline }
    for (index, line) in lines.enumerated() {
      let line = line.trimmed
      guard !line.isEmpty, !line.hasPrefix("#") else { continue }
      guard boxes.count < Self.maximumCount else {
        throw ImageError("has more than \(Self.maximumCount) boxes")
      }
      boxes.append(try Self.box(line, number: index + 1))
    }
  }

  private static func box(_ line: Substring, number: Int) throws(ImageError) -> LabelBox {
    let fields = line.split { $0.isWhitespace }
    let edges = fields.dropFirst().compactMap { Double($0) }.filter(\.isFinite)
    guard fields.count == 5, edges.count == 4, let label = Label(fields[0]) else {
      throw ImageError("line \(number): expected 'class xmin ymin xmax ymax', found '\(line)'")
    }
    let box = LabelBox(
      label: label, left: edges[0], top: edges[1], right: edges[2], bottom: edges[3])
    guard box.width > 0, box.height > 0 else {
      throw ImageError(
        "line \(number): the box ends where it begins or before: xmax must be above xmin and ymax above ymin"
      )
    }
    return box
  }

  /// - Parameters:
  ///   - size: of the image.
  ///   - classes: K; boxes are of class 1 and above, as class 0 is what lies around them.
  /// - Throws: ``ImageError`` where a box cannot be of such an image.
  package func check(_ size: Size, classes: Int) throws(ImageError) {
    for box in boxes {
      guard box.label > 0, Int(box.label) < classes else {
        throw ImageError(
          "a box is of class \(box.label), and boxes have the classes 1 to \(classes - 1): class 0 is what lies "
            + "around them")
      }
      guard box.left < Double(size.width), box.top < Double(size.height), box.right > 0,
        box.bottom > 0
      else {
        throw ImageError(
          "a box from (\(box.left), \(box.top)) to (\(box.right), \(box.bottom)) lies outside of the image, which "
            + "is \(size) (height × width)")
      }
    }
  }

  /// As it is read again.
  package var text: String {
    boxes.map { box in
      let edges = [box.left, box.top, box.right, box.bottom].map(Self.text(of:))
      return "\(box.label) \(edges.joined(separator: " "))\n"
    }.joined()
  }

  private static func text(of edge: Double) -> String {
    edge == edge.rounded() && abs(edge) < 1e9 ? String(Int(edge)) : String(edge)
  }
}
