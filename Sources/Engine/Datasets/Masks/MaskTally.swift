internal import Groundwork

/// What a mask holds, counted: to tell people what is wrong with it.
package struct MaskTally {
  /// Ascending.
  let found: [Found]
  let size: Size

  struct Found {
    /// The value of the pixels. A color is red · 65536 + green · 256 + blue.
    let value: Int
    var pixels: Int
    /// The number of the first.
    let first: Int
  }

  /// - Parameter asColours: whether grey is the colour of three equal parts.
  init(_ mask: MaskValues, asColours: Bool = false) {
    size = mask.size
    var places: [Int: Int] = [:]
    var found: [Found] = []
    for pixel in 0..<mask.size.area {
      let value = mask.value(at: pixel) * (asColours && mask.kind == .bytes ? 0x010101 : 1)
      if let place = places[value] {
        found[place].pixels += 1
      } else {
        places[value] = found.count
        found.append(Found(value: value, pixels: 1, first: pixel))
      }
    }
    self.found = found.sorted { $0.value < $1.value }
  }

  var values: [Int] { found.map(\.value) }

  /// The first five of them with counts and places.
  func text(_ found: [Found], naming name: (Int) -> String) -> String {
    let shown = found.prefix(5).map { entry in
      "\(name(entry.value)) (\(entry.pixels == 1 ? "1 pixel" : "\(entry.pixels) pixels, the first") "
        + "at \(size.place(ofPixel: entry.first)))"
    }
    let more = found.count - shown.count
    return shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : "")
  }
}
