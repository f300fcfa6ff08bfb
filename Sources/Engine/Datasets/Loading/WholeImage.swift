package import Groundwork

/// An image of a data set: one of its samples, or several where it is cut into patches; of patches of volumes a
/// slice, which those of one slab or of several show.
package struct WholeImage: Sendable, Hashable {
  /// As the list writes it.
  package let name: String
  package internal(set) var size: Size
  /// Consecutive samples of the data set.
  package internal(set) var samples: Range<Int>
}

extension Dataset {
  /// The images that the samples are of, in their order.
  ///
  /// - Precondition: every pixel of an image counts in one of its patches alone, as those of a
  ///   validation set do.
  package var wholeImages: [WholeImage] {
    guard samples.first?.slices.isEmpty ?? true else { return slicesOfVolumes }
    var images: [WholeImage] = []
    var first = 0
    while first < samples.count {
      guard samples[first].patch != nil else {
        images.append(
          WholeImage(name: samples[first].name, size: size, samples: first..<(first + 1)))
        first += 1
        continue
      }
      // The first patch alone has the image's first pixel.
      let next =
        samples[(first + 1)...].firstIndex {
          $0.patch.map { $0.rows.lowerBound == 0 && $0.columns.lowerBound == 0 } ?? true
        } ?? samples.count
      let patches = samples[first..<next].compactMap(\.patch)
      images.append(
        WholeImage(
          name: samples[first].imageName,
          size: Size(
            height: patches.map(\.rows.upperBound).max() ?? 0,
            width: patches.map(\.columns.upperBound).max() ?? 0), samples: first..<next))
      first = next
    }
    return images
  }

  /// The slices that patches of volumes are of. Patches come slab by slab, so that those of a slice are
  /// consecutive.
  private var slicesOfVolumes: [WholeImage] {
    struct Name: Hashable {
      let list: String
      let set: String?
      let number: Int
    }
    var images: [WholeImage] = []
    var places: [Name: Int] = [:]
    for (index, sample) in samples.enumerated() {
      guard let patch = sample.patch else { continue }
      for slice in sample.slices where !slice.isMirrored {
        let name = Name(list: slice.list, set: slice.set, number: slice.imageNumber)
        let end = Size(height: patch.rows.upperBound, width: patch.columns.upperBound)
        guard let place = places[name] else {
          places[name] = images.count
          images.append(
            WholeImage(name: slice.imageName, size: end, samples: index..<index + 1))
          continue
        }
        let known = images[place]
        images[place].size = Size(
          height: max(known.size.height, end.height), width: max(known.size.width, end.width))
        images[place].samples = known.samples.lowerBound..<index + 1
      }
    }
    return images
  }

  /// The images that each sample shows: one, or of a patch of a volume as many as its slices.
  package func imagesShown(of images: [WholeImage]) -> [Range<Int>] {
    var shown = [Range<Int>](repeating: 0..<0, count: samples.count)
    for (place, image) in images.enumerated() {
      for sample in image.samples {
        let first = shown[sample].isEmpty ? place : shown[sample].lowerBound
        shown[sample] = first..<place + 1
      }
    }
    return shown
  }

  /// The largest image that patches are put together to; `nil` where a sample is an image.
  package var stitchedSize: Size? { ListedSample.stitchedSize(samples) }

  /// How many images the samples are of.
  package var imageCount: Int { wholeImages.count }

  /// The part of its image that a sample is.
  package func patch(of sample: Int) -> Patch { samples[sample].patch ?? Patch(whole: size) }

  /// An image for people to look at, with the labels `[P, H, W]` that it is judged by, put together of its
  /// patches.
  ///
  /// - Throws: ``DataError`` where the files had to be read again and have changed.
  package func wholeImage(_ index: Int) throws(DataError) -> (raster: Raster, labels: [Label]) {
    let images = wholeImages
    let image = images[index]
    guard image.samples.count > 1 || image.size != size else {
      return (
        try self.image(image.samples.lowerBound), try judgedLabels(image.samples.lowerBound)
      )
    }
    var whole = Raster()
    let planes = truth.planes
    var known = [Label](repeating: Labels.ignoreIndex, count: planes * image.size.area)
    let shown = imagesShown(of: images)
    let first = shown[image.samples.lowerBound].lowerBound
    // Of a slice that several slabs show, the patches of one.
    for sample in image.samples where shown[sample].lowerBound == first {
      let top = (index - first) * patch(of: sample).size.height
      let (raster, labels, patch) = (
        try self.image(sample), try judgedLabels(sample), patch(of: sample)
      )
      if sample == image.samples.lowerBound {
        whole.reshape(image.size, channels: raster.channels, depth: raster.depth)
      }
      for row in patch.rows {
        let from = (top + row - patch.top) * size.width + patch.columns.lowerBound - patch.left
        let to = row * image.size.width + patch.columns.lowerBound
        let (count, bytes) = (patch.columns.count, raster.pixelBytes)
        for plane in 0..<planes {
          let (start, target) = (plane * size.area + from, plane * image.size.area + to)
          known.replaceSubrange(target..<(target + count), with: labels[start..<(start + count)])
        }
        whole.pixels.replaceSubrange(
          (to * bytes)..<((to + count) * bytes),
          with: raster.pixels[(from * bytes)..<((from + count) * bytes)])
      }
    }
    return (whole, known)
  }
}

extension ListedSample {
  /// The height of the highest and the width of the widest image that samples are patches of; `nil`
  /// where they are none.
  package static func stitchedSize(_ samples: [ListedSample]) -> Size? {
    let patches = samples.compactMap(\.patch)
    guard let height = patches.map(\.rows.upperBound).max(),
      let width = patches.map(\.columns.upperBound).max()
    else { return nil }
    return Size(height: height, width: width)
  }
}
