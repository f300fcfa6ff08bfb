/// The classes of PASCAL VOC, in the order of their numbers and so of the colours of its palette.
package enum PascalClasses {
  package static let names = [
    "background", "aeroplane", "bicycle", "bird", "boat", "bottle", "bus", "car", "cat", "chair",
    "cow", "diningtable", "dog", "horse", "motorbike", "person", "pottedplant", "sheep", "sofa",
    "train", "tvmonitor",
  ]

  /// The name of the line around objects.
  package static let void = "void"

  private static let synonyms = [
    "airplane": "aeroplane", "motorcycle": "motorbike", "couch": "sofa", "tv": "tvmonitor",
    "television": "tvmonitor", "monitor": "tvmonitor",
  ]

  /// The number of the class of a name or of its synonym, as `potted plant` and `airplane`; `nil`
  /// for other names.
  package static func number(_ name: String) -> Int? {
    let word = name.lowercased().filter { !" _-/".contains($0) }
    return names.firstIndex(of: synonyms[word] ?? word)
  }

  /// Tells whether classes of these names are told by them, not by their positions.
  package static func allKnown(_ classes: [String]) -> Bool {
    classes.allSatisfy { number($0) != nil }
  }

  /// The numbers of classes: by name where all are of PASCAL VOC, and by position otherwise.
  package static func numbers(_ classes: [String]) -> [Int] {
    let known = classes.compactMap(number)
    return known.count == classes.count ? known : Array(classes.indices)
  }
}

extension MaskMeaning {
  /// The palette of PASCAL VOC for these classes; ``PascalClasses/void`` is ignored always.
  ///
  /// - Parameter ignored: names of PASCAL VOC.
  package static func pascal(_ classes: [String], ignored: [String] = []) -> MaskMeaning {
    let numbers = PascalClasses.numbers(classes)
    let ignored = Set(ignored.compactMap(PascalClasses.number))
    let count = max(PascalClasses.names.count, (numbers.max() ?? 0) + 1)
    let listed = (0..<count).map { number in
      let label = numbers.firstIndex(of: number)
      return ColourMeaning(
        .pascal(number),
        name: PascalClasses.names.indices.contains(number)
          ? PascalClasses.names[number] : classes[number],
        label.map { .label($0) } ?? (ignored.contains(number) ? .ignored : .unlisted))
    }
    return .pascalColours(
      listed + [ColourMeaning(.pascalVoid, name: PascalClasses.void, .ignored)])
  }
}
