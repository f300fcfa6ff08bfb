package import Groundwork
package import Learning

/// The boxes of objects with what they are and how sure that is, drawn over an image.
///
/// The surest get their labels first: class and score where these take nothing from labels that are there
/// already and lie in the image, above the box, below it, or in it where they take less than half of its height
/// and width; else the score alone, else none.
package struct ObjectMarks {
  private var raster: Raster
  /// Image pixels that a pixel of lines and letters takes.
  private let scale: Int
  /// The places of labels: rows and columns.
  private var taken: [(rows: Range<Int>, columns: Range<Int>)] = []

  /// - Parameters:
  ///   - objects: in the order of their first pixels.
  ///   - ids: `[H, W]` of the objects, 0 where there is none.
  ///   - colours: `[H, W, 3]`: what objects are tinted with.
  ///   - raster: RGB of 8 bits, `[H, W, 3]`.
  ///   - times: how much larger the drawing is.
  package static func drawn(
    _ objects: [ImageObject], ids: [Label], colours: [UInt8], classes: [String], on raster: Raster,
    times: Int
  ) -> Raster {
    var marks = ObjectMarks(enlarged(raster, times))
    var seen = Set<Label>([0])
    let firsts = ids.indices.filter { seen.insert(ids[$0]).inserted }
    let marked = zip(objects, firsts).map { object, first in
      (object, RGB(colours[3 * first], colours[3 * first + 1], colours[3 * first + 2]))
    }
    let boxes = objects.map { Box($0.box, times) }
    for (index, (_, colour)) in marked.enumerated() { marks.draw(boxes[index], colour) }
    let order = marked.indices.sorted {
      (-(marked[$0].0.score ?? 1), $0) < (-(marked[$1].0.score ?? 1), $1)
    }
    for index in order {
      let (object, colour) = marked[index]
      let name = object.classID < classes.count ? classes[object.classID] : "\(object.classID)"
      let score = object.score.map(Self.text)
      marks.label(
        [name, score].compactMap(\.self).joined(separator: " "), score, boxes[index], colour)
    }
    return marks.raster
  }

  /// Letters take a good part of a small image: so many times larger it has at least 640 pixels a side.
  package static func enlargement(of size: Size) -> Int {
    max(1, 640 / max(1, size.height, size.width))
  }

  private static func enlarged(_ raster: Raster, _ times: Int) -> Raster {
    guard times > 1 else { return raster }
    let size = Size(height: raster.size.height * times, width: raster.size.width * times)
    let pixels = [UInt8].filled(count: 3 * size.area) { target in
      for row in 0..<size.height {
        for column in 0..<size.width {
          let source = 3 * (row / times * raster.size.width + column / times)
          let place = 3 * (row * size.width + column)
          for channel in 0..<3 { target[place + channel] = raster.pixels[source + channel] }
        }
      }
    }
    return Raster(size: size, channels: 3, pixels: pixels)
  }

  /// Rows and columns of the drawing.
  private struct Box {
    let rows, columns: Range<Int>

    init(_ box: PixelBox, _ times: Int) {
      rows = box.top * times..<box.bottom * times
      columns = box.left * times..<box.right * times
    }
  }

  private init(_ raster: Raster) {
    self.raster = raster
    scale = max(1, max(raster.size.height, raster.size.width) / 1000)
  }

  /// Two digits behind the point.
  private static func text(_ score: Double) -> String {
    let hundredths = Int((score * 100).rounded())
    return "\(hundredths / 100).\(hundredths % 100 / 10)\(hundredths % 10)"
  }

  private mutating func fill(_ rows: Range<Int>, _ columns: Range<Int>, _ colour: RGB) {
    let size = raster.size
    for row in rows.clamped(to: 0..<size.height) {
      for column in columns.clamped(to: 0..<size.width) {
        let place = 3 * (row * size.width + column)
        (raster.pixels[place], raster.pixels[place + 1], raster.pixels[place + 2]) = (
          colour.red, colour.green, colour.blue
        )
      }
    }
  }

  private mutating func draw(_ box: Box, _ colour: RGB) {
    let (rows, columns) = (box.rows, box.columns)
    fill(rows.prefix(scale), columns, colour)
    fill(rows.suffix(scale), columns, colour)
    fill(rows, columns.prefix(scale), colour)
    fill(rows, columns.suffix(scale), colour)
  }

  private mutating func label(_ whole: String, _ short: String?, _ box: Box, _ colour: RGB) {
    for text in [whole, short].compactMap(\.self) {
      let size = PixelFont.size(of: text, scale: scale)
      let isSmall = 2 * size.height < box.rows.count && 2 * size.width < box.columns.count
      let tops =
        [box.rows.lowerBound - size.height, box.rows.upperBound]
        + (isSmall ? [box.rows.lowerBound] : [])
      for top in tops {
        let left = min(box.columns.lowerBound, raster.size.width - size.width)
        guard top >= 0, left >= 0, top + size.height <= raster.size.height else { continue }
        let (rows, columns) = (top..<top + size.height, left..<left + size.width)
        let isFree = !taken.contains { $0.rows.overlaps(rows) && $0.columns.overlaps(columns) }
        guard isFree else { continue }
        taken.append((rows, columns))
        fill(rows, columns, colour)
        let ink = Self.ink(on: colour)
        PixelFont.forEachPixel(of: text, scale: scale) { row, column in
          fill(top + row..<top + row + 1, left + column..<left + column + 1, ink)
        }
        return
      }
    }
  }

  /// Black on light colours, white on dark ones, by their luma (ITU-R BT.601).
  private static func ink(on colour: RGB) -> RGB {
    let light = 299 * Int(colour.red) + 587 * Int(colour.green) + 114 * Int(colour.blue)
    return light > 130_000 ? RGB(0, 0, 0) : RGB(255, 255, 255)
  }
}
