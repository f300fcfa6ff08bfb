internal import Groundwork

/// A JPEG that says it is shown turned (EXIF 2.3, tag 0x0112), as telephones write them.
struct TurnedJPEG {
  /// The file without what it says of turning.
  let bytes: [UInt8]
  /// 2…8.
  let orientation: Int

  /// `nil` for anything else.
  init?(_ file: [UInt8]) {
    guard file.starts(with: [0xFF, 0xD8]) else { return nil }
    var kept = Array(file[..<2])
    var orientation = 1
    var place = 2
    while place + 4 <= file.count, file[place] == 0xFF {
      let marker = file[place + 1]
      // The image itself.
      guard marker != 0xDA else { break }
      let end = place + 2 + Int(file[place + 2]) << 8 + Int(file[place + 3])
      guard end <= file.count, end >= place + 4 else { return nil }
      if marker == 0xE1 {
        let segment = Array(file[place + 4..<end])
        if orientation == 1 { orientation = ImageFile.orientation(exif: segment) ?? 1 }
      } else {
        kept += file[place..<end]
      }
      place = end
    }
    guard orientation > 1 else { return nil }
    kept += file[place...]
    (bytes, self.orientation) = (kept, orientation)
  }

  /// The pixels as they are shown.
  func upright() throws(ImageError) -> Raster {
    let raster = try ImageFile.image(bytes)
    return raster.turned(orientation)
  }
}

extension Raster {
  /// The pixels of an image whose first row and column are, as it is shown: top and left (1), top and right
  /// (2), bottom and right (3), bottom and left (4), left and top (5), right and top (6), right and bottom
  /// (7), left and bottom (8).
  func turned(_ orientation: Int) -> Raster {
    let isTransposed = orientation > 4
    let (height, width) = (size.height, size.width)
    let shown = isTransposed ? Size(height: width, width: height) : size
    var turned = Raster()
    turned.reshape(shown, channels: channels, depth: depth)
    let count = pixelBytes
    for row in 0..<shown.height {
      for column in 0..<shown.width {
        let (fileRow, fileColumn) =
          switch orientation {
          case 2: (row, width - 1 - column)
          case 3: (height - 1 - row, width - 1 - column)
          case 4: (height - 1 - row, column)
          case 5: (column, row)
          case 6: (height - 1 - column, row)
          case 7: (height - 1 - column, width - 1 - row)
          case 8: (column, width - 1 - row)
          default: (row, column)
          }
        let (from, to) = (
          (fileRow * width + fileColumn) * count, (row * shown.width + column) * count
        )
        for byte in 0..<count { turned.pixels[to + byte] = pixels[from + byte] }
      }
    }
    return turned
  }
}
