internal import Groundwork

/// Pages of TIFFs. Where the channels of an image lie in pages of their own, as ImageJ and OME say it, a slice
/// is the pages of all its channels.
struct TIFFStacks: VolumeFormat {
  let name = "TIFF"
  let endings = [".tif", ".tiff"]
  let naming = VolumeNaming.pages

  func open(
    _ path: String, dataset: String, axes: VolumeAxes?
  ) throws(ImageError) -> any Volume {
    try OpenStack(try TIFF(path: path))
  }
}

private final class OpenStack: Volume {
  private let stack: TIFF
  private let order: PageOrder
  let facts: VolumeFacts
  private var page = Raster()

  init(_ stack: TIFF) throws(ImageError) {
    self.stack = stack
    let description = TIFFDescription(try stack.description(page: 0))
    order = description.order(pages: stack.pages)
    facts = description.facts(try stack.resolution(page: 0))
  }

  var slices: Int { stack.pages / order.channels }

  func extent(of slice: Int?) throws(ImageError) -> VolumeExtent {
    let header = try stack.header(page: order.page(slice ?? 0, channel: 0))
    return VolumeExtent(size: header.size, channels: header.channels * order.channels)
  }

  func extent(ofMask slice: Int?, asColours: Bool) throws(ImageError) -> VolumeExtent {
    let header = try stack.header(page: order.page(slice ?? 0, channel: 0))
    // What cannot be a mask says why.
    if !asColours, !header.holdsIDs || order.channels > 1 {
      var mask = MaskValues()
      try read(slice, into: &mask, asColours: false)
    }
    return VolumeExtent(size: header.size, channels: header.channels)
  }

  func read(_ slice: Int?, into raster: inout Raster) throws(ImageError) {
    guard order.channels > 1 else {
      return try stack.decode(page: slice ?? 0, into: &raster)
    }
    for channel in 0..<order.channels {
      try stack.decode(page: order.page(slice ?? 0, channel: channel), into: &page)
      if channel == 0 {
        raster.reshape(page.size, channels: order.channels, depth: page.depth)
      }
      guard page.channels == 1, page.size == raster.size, page.depth == raster.depth else {
        throw ImageError(
          "says that its pages are channels of one image, but they differ: save it again")
      }
      raster.setChannel(channel, to: page)
    }
  }

  func read(
    _ slice: Int?, into mask: inout MaskValues, asColours: Bool
  ) throws(ImageError) {
    guard order.channels == 1 else {
      throw ImageError(
        "has \(order.channels) channels in pages of their own, but a mask has one: save one of them"
      )
    }
    guard asColours else { return try stack.decode(page: slice ?? 0, into: &mask) }
    try mask.takeColours { raster throws(ImageError) in
      try stack.decode(page: slice ?? 0, into: &raster)
    }
  }
}
