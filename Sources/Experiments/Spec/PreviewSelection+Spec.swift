internal import Datasets
internal import Groundwork
internal import Tracking
internal import Training

/// `evaluation.previews`: a number of images, their names, or a mapping with one of these, a region and
/// images without labels.
extension PreviewSelection: DeclaredSection {
  static let standard = PreviewSelection(images: .count(4))

  static let about = "Says which images are looked at, and which part of them."
  static let keys: [SpecKey<Self>] = [
    .standard(
      "images", \.images, .images, decides: .record,
      "How many, spread evenly over the list, or which, as the list writes them."),
    .optional(
      "region", \.region, .region, decides: .record,
      "The part of each image that is kept, in pixels."),
    .standard(
      "unlabelled", \.unlabelled, .images, shown: "none", kept: .unlessStandard, decides: .record,
      "Images without masks that are looked at too: files, folders, list files; at most 16."),
  ]
}

extension Form<PreviewSelection> {
  /// What says nothing but the images is written as these alone.
  static var previews: Form {
    let images = Form<PreviewSelection.Images>.images.map(
      { PreviewSelection(images: $0) },
      { $0.region == nil && $0.unlabelled.isEmpty ? $0.images : nil })
    return .either(scalar: images, list: images, mapping: PreviewSelection.form)
      .called("\(images.words) | section")
  }
}

extension Form<PreviewSelection.Images> {
  /// How many images, or their names.
  fileprivate static var images: Form {
    let limit = PreviewSelection.maximumImages
    let count = Form<Int>.integer(in: 1...limit).map(
      { PreviewSelection.Images.count($0) },
      { images in if case .count(let count) = images { count } else { nil } })
    let names = Form<[String]>.list(of: .text).called("list of image names")
      .checked(.outOfRange) { names in
        1...limit ~= names.count ? nil : ("must name 1 to \(limit) images", nil)
      }
      .map(
        { PreviewSelection.Images.named($0) },
        { images in if case .named(let names) = images { names } else { nil } })
    return .either(scalar: count, list: names)
  }
}

extension Form<[String]> {
  /// One path, or a list of them.
  fileprivate static var images: Form {
    let one = Form<String>.text.called("path").map({ [$0] }, { (_: [String]) in nil })
    let several = list(of: .text).called("list of paths").checked(.emptyCollection) {
      $0.isEmpty ? ("must name an image, a folder or a list file", nil) : nil
    }
    return .either(scalar: one, list: several)
  }
}

extension Form<PreviewSelection.Region> {
  fileprivate static var region: Form {
    let corner = Form<Int>.integer(in: 0...SpecValue.maximumSide)
    let side = Form<Int>.integer(in: 1...SpecValue.maximumSide)
    return Form<[Int]>.list(
      "[y, x, height, width]", [corner, corner, side, side], note: ", in pixels"
    ).map(
      { .init(top: $0[0], left: $0[1], size: Size(height: $0[2], width: $0[3])) },
      { [$0.top, $0.left, $0.size.height, $0.size.width] })
  }
}
