internal import Digest
internal import Groundwork

/// Reads samples of points as images of height 1, and their labels as masks of these.
struct PointReader {
  /// - Returns: the digest of the values.
  func read(_ part: PointPart, into raster: inout Raster) throws(ImageError) -> SHA256.Value {
    let (prepared, block) = try block(part)
    let draw = PointDraw(part.settings)
    draw.write(
      draw.members(of: block, number: part.block), of: block, prepared.cloud, into: &raster)
    return digest(raster.pixels)
  }

  /// - Returns: the digest of the labels.
  func read(_ part: PointPart, into mask: inout MaskValues) throws(ImageError) -> SHA256.Value {
    let (prepared, block) = try block(part)
    guard let labels = prepared.cloud.labels else {
      throw ImageError("has no labels: name their column in data.points.columns, or a file of them")
    }
    let members = PointDraw(part.settings).members(of: block, number: part.block)
    try mask.hold(members.map { labels[Int($0)] }, size(of: part))
    return digest(mask.bytes)
  }

  func size(of part: PointPart) -> Size { Size(height: 1, width: part.settings.count) }

  private func block(
    _ part: PointPart
  ) throws(ImageError) -> (PointMemory.Prepared, PointBlock) {
    let prepared = try PointMemory.shared.prepared(part)
    guard prepared.blocks.indices.contains(part.block) else {
      throw ImageError("has changed since the data was checked: start again")
    }
    return (prepared, prepared.blocks[part.block])
  }

  private func digest(_ bytes: [UInt8]) -> SHA256.Value {
    var hash = SHA256()
    bytes.withUnsafeBytes { hash.update($0) }
    return hash.finish()
  }
}
