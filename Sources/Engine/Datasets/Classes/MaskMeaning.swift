package import Groundwork

/// What the pixels of masks say of their class.
package enum MaskMeaning: Sendable, Hashable {
  /// They hold class ids.
  case classIDs
  /// They hold other values, each of which is listed.
  case values([ValueMeaning])
  /// Black and white: 0 is class 0, and 1, 255 or 65535 is class 1. All masks have the same white.
  case binary
  /// Shades of grey: from this value on a pixel is of class 1, below it of class 0. What a lossy format
  /// makes of black and white will do.
  case threshold(Int)
  /// The ids of all labels of Cityscapes (cityscapesScripts, `helpers/labels.py`), of which 19 are
  /// trained on, in the order of their train ids; the others are ignored.
  case cityscapesLabelIDs
  /// 0 is ignored, and 1 is the first class: as MMSegmentation's setting of that name.
  case reduceZeroLabel
  /// They hold an id for each object, 0 where there is none.
  case instanceIDs
  /// They are colour images, each colour of which is listed.
  case colours([ColourMeaning])
  /// They are images in the colours of the palette of PASCAL VOC, each of which is listed, as
  /// ``pascal(_:ignored:)`` does.
  case pascalColours([ColourMeaning])

  package struct ValueMeaning: Sendable, Hashable {
    package let values: ClosedRange<Int>
    /// The class id; `nil` where they are ignored.
    package let label: Int?

    package init(_ values: ClosedRange<Int>, label: Int?) {
      (self.values, self.label) = (values, label)
    }
  }

  package struct ColourMeaning: Sendable, Hashable {
    package let colour: RGB
    /// As its table calls it.
    package let name: String
    package let meaning: Meaning

    package enum Meaning: Sendable, Hashable {
      case label(Int)
      case ignored
      /// The name is neither of a class nor ignored: no mask may hold the colour.
      case unlisted
    }

    package init(_ colour: RGB, name: String, _ meaning: Meaning) {
      (self.colour, self.name, self.meaning) = (colour, name, meaning)
    }
  }

  /// True where masks are read as colour images.
  package var isOfColours: Bool {
    switch self {
    case .colours, .pascalColours: true
    case .classIDs, .values, .binary, .threshold, .cityscapesLabelIDs, .reduceZeroLabel,
      .instanceIDs:
      false
    }
  }

  /// True where masks are read as shades of grey.
  package var isOfShades: Bool { if case .threshold = self { true } else { false } }

  /// How many classes there are where this says it; `nil` where any number may be.
  package var classes: Int? {
    switch self {
    case .binary, .threshold: 2
    case .cityscapesLabelIDs: Self.cityscapesTrained.count
    case .classIDs, .values, .reduceZeroLabel, .colours, .pascalColours, .instanceIDs: nil
    }
  }

  /// The label ids of the 19 classes, in the order of their train ids.
  static let cityscapesTrained = [
    7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33,
  ]
  /// Licence plates have −1.
  static let cityscapesIDs = -1...33
  /// The values that may be class 1 in a binary mask. A mask may hold one of them.
  static let whites = [1, 255, 65_535]
}

extension RGB {
  /// A color of the palette of PASCAL VOC (`VOCcolormap`, VOC devkit). The bits of its number,
  /// three by three, become bits of red, green and blue, the highest first.
  package static func pascal(_ number: Int) -> RGB {
    var (red, green, blue) = (0, 0, 0)
    var rest = number
    for bit in (0..<8).reversed() {
      red |= (rest & 1) << bit
      green |= (rest >> 1 & 1) << bit
      blue |= (rest >> 2 & 1) << bit
      rest >>= 3
    }
    return RGB(UInt8(red), UInt8(green), UInt8(blue))
  }

  /// The line around objects, which is not judged.
  static let pascalVoid = RGB(224, 224, 192)
}
