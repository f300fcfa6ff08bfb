package import Groundwork

/// Masks of ids as PNGs of 8 bits, or of 16 where an id needs them.
package enum MaskFile {
  package static func write(_ ids: [UInt16], _ size: Size, to path: String, palette: ClassPalette?)
    throws(ImageError)
  {
    if let palette, ids.allSatisfy({ $0 <= 255 }) {
      let mask = Mask(size: size, ids: ids.map { UInt8(truncatingIfNeeded: $0) })
      return try ImageFile.write(mask, to: path, palette: palette)
    }
    let bytes = ids.withUnsafeBytes { Array($0) }
    let raster = Raster(size: size, channels: 1, depth: .bits16, pixels: bytes)
    try ImageFile.write(raster, to: path)
  }
}
