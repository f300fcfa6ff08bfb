internal import Groundwork

/// Pages of TIFFs. Large stacks of ImageJ have a single page, behind whose pixels those of the others lie. Where the channels of an image lie in pages of their own, as ImageJ and OME say it, a slice
/// is the pages of all its channels.
struct TIFFStacks: VolumeFormat {
  let name = "TIFF"
  let endings = [".tif", ".tiff"]
  let naming = VolumeNaming.pages

  func open(
    _ path: String, dataset: String, axes: VolumeAxes?
  ) throws(ImageError) -> any Volume {
    let stack = try TIFF(path: path)
    let description = TIFFDescription(try stack.description(page: 0))
    let facts = description.facts(try stack.resolution(page: 0))
    if stack.pages == 1, description.images > 1 {
      return ArrayVolume(try array(path, stack, description), facts)
    }
    return OpenStack(stack, try description.order(pages: stack.pages), facts)
  }

  /// All images of a stack that has a page for the first alone.
  private func array(
    _ path: String, _ stack: TIFF, _ description: TIFFDescription
  ) throws(ImageError) -> PlainArray {
    guard let page = try stack.plainPage(0), page.channels == 1,
      let number = StoredNumber(bits: page.bits, isSigned: page.isSigned, isReal: page.isReal)
    else {
      throw ImageError(
        "says that it has \(description.images) images but has a page for the first alone, and not as "
          + "ImageJ writes it: save it again, as a stack")
    }
    let order = try description.order(pages: description.images)
    var layout = try SliceLayout(
      slices: order.slices, height: page.size.height, width: page.size.width,
      channels: order.channels, number: number)
    (layout.depth, layout.isBigEndian) = (order.depth, page.isBigEndian)
    return try PlainArray(layout, in: PlainBytes(path), at: page.offset, .planes)
  }
}

private final class OpenStack: Volume {
  private let stack: TIFF
  private let order: PageOrder
  let facts: VolumeFacts
  private var page = Raster()

  init(_ stack: TIFF, _ order: PageOrder, _ facts: VolumeFacts) {
    (self.stack, self.order, self.facts) = (stack, order, facts)
  }

  var slices: Int { order.slices }
  var depth: Int { order.depth }

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
      return try stack.decode(page: order.page(slice ?? 0, channel: 0), into: &raster)
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
    let page = order.page(slice ?? 0, channel: 0)
    guard asColours else { return try stack.decode(page: page, into: &mask) }
    try mask.takeColours { raster throws(ImageError) in
      try stack.decode(page: page, into: &raster)
    }
  }
}
