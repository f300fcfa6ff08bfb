internal import Datasets

/// Masks and blank images that may be mistakes.
extension DataFinding {
  static func suspicions(_ data: LookedData) -> [DataFinding] {
    data.overview.suspicions.map { suspicion in
      let (weight, title, advice) = words(suspicion, data)
      let example = names(
        suspicion.places, data.overview, ofMasks: suspicion.kind != .blankImage)
      return DataFinding(
        kind: suspicion.kind.word, weight: weight,
        title: "\(title) (\(counts(suspicion.places, data.overview)))",
        advice: "\(advice) \(suspicion.places.count == 1 ? "It is" : "They are") \(example).",
        places: suspicion.places)
    }
  }

  private static func words(
    _ suspicion: Suspicion, _ data: LookedData
  ) -> (Weight, String, String) {
    let count = suspicion.places.count
    func masks(_ one: String, _ several: String) -> String {
      "\(Units.count(count, "mask")) \(count == 1 ? one : several)"
    }
    switch suspicion.kind {
    case .maskIsImage:
      return (
        .serious, masks("is its image", "are their images"),
        "The line names the wrong file, or the mask was saved over."
      )
    case .blankImage:
      return (
        .serious,
        "\(Units.count(count, "image")) \(count == 1 ? "shows" : "show") one color everywhere",
        "A blank image teaches nothing; look whether the file is whole."
      )
    case .compressedMask:
      return (
        .serious, masks("looks", "look") + " as if saved as JPEG",
        "Values around the right ones lie along edges: export masks as PNG, which loses nothing."
      )
    case .antialiasedMask:
      return (
        .serious, masks("has", "have") + " smooth edges",
        "Values between those of the classes lie along edges, from drawing with antialiasing or "
          + "resizing with interpolation: draw without it, and resize by the nearest neighbor."
      )
    case .ignoredMask:
      return (
        .note, masks("has", "have") + " no labelled pixel",
        "Where all is ignored nothing is learned or judged."
      )
    case .sharedMask:
      return (
        .serious,
        "\(Units.count(count, "image")) share a mask with another image",
        "The masks are the same byte for byte and the images are not: one of them is probably wrong."
      )
    case .oneClass:
      return (
        .note, masks("is", "are") + " of one class throughout",
        "That is right of an image without an object, and a mistake where objects were forgotten."
      )
    }
  }
}

extension Suspicion.Kind {
  /// As JSON has it: `mask_is_image`.
  var word: String {
    rawValue.reduce(into: "") { text, letter in
      text += letter.isUppercase ? "_\(letter.lowercased())" : String(letter)
    }
  }
}
