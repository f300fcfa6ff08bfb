internal import Datasets
package import Groundwork

/// Which images of the validation data are looked at in every evaluation, and how much of each.
package struct PreviewSelection: Sendable, Hashable {
  package var images: Images
  /// The part of each image that is kept, as far as it lies within; `nil` for the whole.
  package var region: Region?
  /// Images without labels that are looked at too: paths of images, folders and list files.
  package var unlabelled: [String]

  package enum Images: Sendable, Hashable {
    /// So many, spread evenly over the list.
    case count(Int)
    /// As the list writes them, or the last parts of these paths, with or without their endings.
    case named([String])
  }

  package struct Region: Sendable, Hashable {
    package var top: Int
    package var left: Int
    package var size: Size

    package init(top: Int, left: Int, size: Size) {
      (self.top, self.left, self.size) = (top, left, size)
    }
  }

  package static let maximumImages = 16
  /// The longer side of what is kept, in pixels: every n-th pixel of larger images is.
  package static let maximumSide = 512

  package init(images: Images, region: Region? = nil, unlabelled: [String] = []) {
    (self.images, self.region, self.unlabelled) = (images, region, unlabelled)
  }

  /// The images that are meant, by their places in the list.
  ///
  /// - Parameter names: of all images.
  /// - Throws: ``TrainingError`` for a name that none has, or several have.
  func places(among names: [String]) throws(TrainingError) -> [Int] {
    switch images {
    case .count(let count):
      let count = min(count, names.count)
      return (0..<count).map { $0 * names.count / count }
    case .named(let wanted):
      return try wanted.map { name throws(TrainingError) in
        let found = names.indices.filter { Self.isMeant(name, by: names[$0]) }
        guard found.count == 1 else { throw .preview(name: name, matches: found.count) }
        return found[0]
      }
    }
  }

  private static func isMeant(_ name: String, by path: String) -> Bool {
    let (file, wanted) = (path.split(separator: "/"), name.split(separator: "/"))
    guard file.count >= wanted.count else { return false }
    let end = file.suffix(wanted.count)
    guard end.dropLast().elementsEqual(wanted.dropLast()), let last = end.last,
      let asked = wanted.last
    else { return false }
    return last == asked || last.prefix(upTo: last.lastIndex(of: ".") ?? last.endIndex) == asked
  }
}

/// An image that is looked at in every evaluation, as far as it is kept.
package struct PreviewedImage: Sendable {
  /// As the list writes it.
  package let name: String
  /// 1 or 3 channels of 8 bits.
  package let image: Raster
  /// `[P, H, W]`, ``Labels/ignoreIndex`` throughout where there are no labels.
  package let truth: [Label]
}

/// What an evaluation predicted of an image that is looked at.
package struct PreviewedPrediction: Sendable, Hashable {
  /// The image's place in the list; of images without labels, behind the list's.
  package let image: Int
  /// `[P, H, W]`, as the task decodes them, of the kept part.
  package let labels: [Label]
  package let size: Size
}

/// The part of images of one size that is kept, every n-th pixel of its rows and columns.
package struct PreviewCut: Sendable {
  private let rows: StrideTo<Int>
  private let columns: StrideTo<Int>
  private let from: Size

  package init(_ region: PreviewSelection.Region?, of size: Size) {
    let region = region ?? .init(top: 0, left: 0, size: size)
    let (top, left) = (min(region.top, size.height - 1), min(region.left, size.width - 1))
    let bottom = min(top + region.size.height, size.height)
    let right = min(left + region.size.width, size.width)
    let limit = PreviewSelection.maximumSide
    let step = max(1, (max(bottom - top, right - left) + limit - 1) / limit)
    (rows, columns) = (
      stride(from: top, to: bottom, by: step), stride(from: left, to: right, by: step)
    )
    from = size
  }

  package var size: Size {
    Size(height: rows.underestimatedCount, width: columns.underestimatedCount)
  }

  /// - Parameter labels: `[P, H, W]`.
  package func cut(planes labels: [Label]) -> [Label] {
    stride(from: 0, to: labels.count, by: max(1, from.area)).flatMap { plane in
      rows.flatMap { row in columns.map { labels[plane + row * from.width + $0] } }
    }
  }

  /// - Parameter image: 8 bits.
  package func cut(_ image: Raster) -> Raster {
    let channels = image.channels
    let pixels = rows.flatMap { row in
      columns.flatMap { column in
        let start = (row * from.width + column) * channels
        return image.pixels[start..<start + channels]
      }
    }
    return Raster(size: size, channels: channels, pixels: pixels)
  }
}
