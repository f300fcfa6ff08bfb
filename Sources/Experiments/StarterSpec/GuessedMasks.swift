internal import Datasets
internal import Groundwork

/// What masks hold and what classes there are, as far as the values in them tell.
struct GuessedMasks {
  /// In the order of their ids.
  var classes: [String]
  /// `data.classes`.
  var entry: StarterSpec.Entry
  /// `data.values` or `data.colors`; `nil` where masks hold the ids.
  var masks: StarterSpec.Entry?
  /// Values of `data.ignore`.
  var ignore: [Int] = []
  /// What was taken for granted.
  var assumptions: [String] = []
  /// Labelled pixels of each class in the training masks, as far as they are known.
  var pixels: [UInt64] = []

  /// More values are not those of classes.
  static let mostClasses = 64
  /// From this value on a pixel of shades is white.
  static let threshold = 128
}

extension GuessedMasks {
  /// - Parameter file: the classes that a file of the data names, and its path there.
  /// - Throws: ``Failure`` where nothing could be learned from such masks.
  init(_ found: FoundValues, file: ClassFile?, path: String?) throws(Failure) {
    guard found.masks > 0 else {
      throw Failure(.badInput, "error: no mask could be read")
    }
    guard found.copies * 2 <= found.masks else {
      throw Failure(
        .badInput,
        "error: \(Units.count(found.copies)) of \(Units.count(found.masks, "mask")) hold what their image shows: "
          + "name the masks, not the images twice")
    }
    guard found.count > 1 else {
      let value = found.values.first?.value ?? 0
      throw Failure(
        .badInput,
        "error: every mask holds \(found.isOfColours ? "one color" : "\(value)") and nothing else, so there is "
          + "nothing to tell apart: draw the classes into the masks, or name the folder that has them"
      )
    }
    let named = NamedClasses(file, path)
    self =
      found.isOfColours
      ? try Self.colours(found, named) : try Self.integers(found, named)
    if let path, entry.yaml != StarterSpec.quoted(path) {
      assumptions.append(
        "\(path) names \(Units.count(file?.classes.count ?? 0, "class")), which the masks do not fit, and is left aside"
      )
    }
  }

  // MARK: Integers

  private static func integers(
    _ found: FoundValues, _ named: NamedClasses
  ) throws(Failure) -> GuessedMasks {
    let total = found.values.reduce(0) { $0 + $1.pixels }
    if found.areShades { return shades(found, named, "shades, as JPEG leaves black and white") }
    if found.smooth > 0, found.count > 2, let greatest = found.values.last?.value, greatest > 127 {
      let ends = found.values.filter { $0.value < 32 || $0.value > 223 }
      if Double(ends.reduce(0) { $0 + $1.pixels }) > 0.9 * Double(total) {
        return shades(
          found, named,
          "black and white in \(Units.count(found.count)) shades, as resizing leaves them")
      }
    }
    if found.areNumbers {
      var guess = named.two("object")
      guess.masks = .init(
        yaml: "values: {0: 0, 1-65535: 1}", about: "numbers of objects: each of them is an object")
      guess.assumptions.append(
        "the masks number objects from 1 on, and every number is of one class")
      guess.pixels = pixels(found) { $0 == 0 ? 0 : 1 }
      return guess
    }
    guard found.count <= mostClasses else {
      throw Failure(
        .badInput,
        "error: the masks hold \(Units.count(found.count, "value")), more than the \(mostClasses) that classes are "
          + "looked for in: if they are shades, write data.values: {threshold: 128}; if they number "
          + "objects, data.values: {0: 0, 1-65535: 1}")
    }
    let values = found.values.map(\.value)
    if values.count == 2, values[0] == 0, [255, 65_535].contains(values[1]) {
      var guess = named.two("foreground")
      guess.masks = .init(yaml: "values: binary", about: "the masks hold 0 and \(values[1])")
      guess.pixels = pixels(found) { $0 == 0 ? 0 : 1 }
      return guess
    }
    var ids = values
    var ignored: [Int] = []
    if ids.count > 2, ids.last == 255 { ignored = [ids.removeLast()] }
    var guess: GuessedMasks
    if ids.allSatisfy({ (0..<max(ids.count, named.count)).contains($0) }) {
      guess = named.ids(named.count > (ids.last ?? 0) ? named.count : ids.count)
      guess.pixels = pixels(found) { $0 }
    } else {
      let places = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
      guess = named.mapped(ids)
      let pairs = ids.enumerated().map { "\($1): \($0)" }.joined(separator: ", ")
      guess.masks = .init(yaml: "values: {\(pairs)}", about: "what the masks hold, and its class")
      guess.assumptions.append(
        "the masks hold \(Units.count(ids.count, "value")) with gaps between them, each of which is a class"
      )
      guess.pixels = pixels(found) { places[$0] ?? -1 }
    }
    guess.ignore = ignored
    if !ignored.isEmpty { guess.assumptions.append("255 in masks marks pixels that do not count") }
    return guess
  }

  private static func shades(
    _ found: FoundValues, _ named: NamedClasses, _ about: String
  ) -> GuessedMasks {
    var guess = named.two("foreground")
    guess.masks = .init(
      yaml: "values: {threshold: \(threshold)}",
      about: about)
    guess.assumptions.append(
      "the masks were black and white once: from \(threshold) on a pixel is foreground")
    guess.pixels = pixels(found) { $0 < (found.areShades ? 1 : threshold) ? 0 : 1 }
    return guess
  }

  /// Training pixels by class; values of no class do not count.
  private static func pixels(_ found: FoundValues, _ label: (Int) -> Int) -> [UInt64] {
    var pixels: [Int: UInt64] = [:]
    for value in found.values { pixels[label(value.value), default: 0] += value.trained }
    let last = pixels.keys.filter { $0 >= 0 && $0 < 255 }.max() ?? 0
    return (0...last).map { pixels[$0] ?? 0 }
  }

  // MARK: Colors

  private static func colours(
    _ found: FoundValues, _ named: NamedClasses
  ) throws(Failure) -> GuessedMasks {
    guard found.count <= mostClasses else {
      throw Failure(
        .badInput,
        "error: the masks show \(Units.count(found.count, "color")), more than the \(mostClasses) that classes are "
          + "looked for in"
          + (found.smooth > 0
            ? ": they were saved as JPEG or resized smoothly; export them anew as PNG"
            : ": are they images?"))
    }
    let colours = found.values.map { RGB(code: $0.value) }
    if let file = named.file(ofColours: colours) {
      var guess = file
      guess.masks = .init(yaml: "colors: \(file.entry.yaml)", about: "the colors of the masks")
      return guess
    }
    let names = named.names(ofColours: colours)
    var guess = GuessedMasks(
      classes: names.names,
      entry: .init(yaml: NamedClasses.list(names.names), about: names.about))
    let pairs = zip(names.names, colours).map {
      "\(StarterSpec.quoted($0)): [\($1.red), \($1.green), \($1.blue)]"
    }
    guess.masks = .init(
      yaml: "colors: {\(pairs.joined(separator: ", "))}", about: "the colors that the masks show")
    guess.assumptions = names.assumptions
    guess.pixels = found.values.map(\.trained)
    return guess
  }
}
