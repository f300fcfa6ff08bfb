internal import CKernels
package import Groundwork

/// A part of fixed size from a random place, which may be chosen for what it shows.
package struct RandomCrop: Augmentation {
  package static let name = "random_crop"
  package static let about = "Cuts a part of fixed size out of a random place."
  package static let fields = [
    cut.declaration, pad.declaration, largestClass.declaration, foreground.declaration,
  ]
  package static let example = "random_crop: {size: [256, 256]}"

  static let cut = Field.size(
    "size", "Height and width of the part; no larger than the image, unless it is padded.")
  static let pad = Field.name(
    "pad", default: "none", oneOf: ["none", "constant", "reflect101"],
    "What surrounds images that are smaller; ignored in the labels."
  ).later
  static let largestClass = Field.number(
    "largest_class", default: 1, Bounds(above: 0),
    "Tries up to ten places for a part with two classes and none above this share; 1 takes the first."
  ).later
  static let foreground = Field.number(
    "foreground", default: 0, Bounds(0...1),
    "Probability of centring the part on a random pixel of a class other than 0, or of any where "
      + "there may be several."
  ).later

  private let cut: Size
  private let border: Border?
  private let largestClass: Double
  private let foreground: Double

  package init(_ values: FieldValues) throws(ComponentError) {
    largestClass = values[Self.largestClass]
    guard largestClass <= 1 else {
      throw ComponentError(field: "largest_class", "must be at most 1: it is a share")
    }
    cut = values[Self.cut]
    border = values[Self.pad] == "none" ? nil : Border(rawValue: values[Self.pad])
    foreground = values[Self.foreground]
  }

  package func outputSize(for size: Size) throws(ComponentError) -> Size {
    guard border != nil || (cut.height <= size.height && cut.width <= size.width) else {
      throw ComponentError(
        field: "size",
        "\(cut) is larger than the images of \(size): choose a smaller size, or pad: reflect101")
    }
    return cut
  }

  package var reading: LabelReading? {
    guard largestClass < 1 else { return nil }
    return LabelReading(
      [.classes], field: Self.largestClass.declaration.name,
      remedy: "leave it out, or use foreground")
  }

  /// The upper left corner; negative where the image is padded, evenly on both sides.
  package func draw(_ sample: Sample, _ random: inout RandomStream) -> (top: Int, left: Int) {
    if foreground > 0, random.chance(foreground), let place = aroundForeground(sample, &random) {
      return place
    }
    var place = anywhere(sample.size, &random)
    guard largestClass < 1 else { return place }
    for _ in 0..<9 where !isBalanced(sample, place) { place = anywhere(sample.size, &random) }
    return place
  }

  private func anywhere(
    _ size: Size, _ random: inout RandomStream
  ) -> (top: Int, left: Int) {
    func first(_ extent: Int, _ part: Int) -> Int {
      part <= extent ? random.below(extent - part + 1) : -((part - extent) / 2)
    }
    let top = first(size.height, cut.height)
    return (top, first(size.width, cut.width))
  }

  private func aroundForeground(
    _ sample: Sample, _ random: inout RandomStream
  ) -> (top: Int, left: Int)? {
    let size = sample.size
    let count = ck_count_foreground(sample.labels, Int32(sample.planes), size.area)
    guard count > 0 else { return nil }
    let pixel = ck_find_foreground(
      sample.labels, Int32(sample.planes), size.area, random.below(count))
    func first(_ at: Int, _ extent: Int, _ part: Int) -> Int {
      part <= extent ? min(max(at - part / 2, 0), extent - part) : -((part - extent) / 2)
    }
    return (
      first(pixel / size.width, size.height, cut.height),
      first(pixel % size.width, size.width, cut.width)
    )
  }

  private func isBalanced(_ sample: Sample, _ place: (top: Int, left: Int)) -> Bool {
    let top = max(place.top, 0)
    let left = max(place.left, 0)
    let height = min(place.top + cut.height, sample.size.height) - top
    let width = min(place.left + cut.width, sample.size.width) - left
    var (all, largest, classes) = (Int32(0), Int32(0), Int32(0))
    ck_class_shares(
      sample.labels, Int32(sample.size.width), Int32(top), Int32(left), Int32(height),
      Int32(width), &all, &largest, &classes)
    return classes >= 2 && Double(largest) < largestClass * Double(all)
  }

  package func apply(to sample: inout Sample, random: inout RandomStream) {
    let size = sample.size
    let place = draw(sample, &random)
    if place.top >= 0, place.left >= 0, cut.height <= size.height, cut.width <= size.width {
      sample.crop(to: cut, top: place.top, left: place.left)
    } else {
      sample.show(cut, top: place.top, left: place.left, border: border ?? .constant)
    }
  }
}
