internal import Foundation
internal import Groundwork

/// What ImageJ and OME (2016-06) write into the description of a stack's first page.
struct TIFFDescription {
  private let values: [String: String]
  private let isOME: Bool
  /// Of OME: samples of a channel, more than one where a page holds several channels.
  private var samplesPerChannel = 1
  /// Of OME: which page holds which plane, where the file says so of each.
  private var planes: [[String: String]] = []

  init(_ text: String) {
    if text.hasPrefix("ImageJ=") {
      isOME = false
      values = text.split(whereSeparator: \.isNewline).reduce(into: [:]) { values, line in
        guard let sign = line.firstIndex(of: "=") else { return }
        values[String(line[..<sign])] = String(line[line.index(after: sign)...].trimmed)
      }
    } else if text.contains("<OME"), let pixels = Self.elements("Pixels", in: text[...]).first {
      isOME = true
      values = pixels.attributes
      let end = pixels.rest.range(of: "</Pixels")?.lowerBound ?? pixels.rest.endIndex
      let inside = pixels.rest[..<end]
      let samples = Self.elements("Channel", in: inside).first?.attributes["SamplesPerPixel"]
      samplesPerChannel = max(1, samples.flatMap { Int($0) } ?? 1)
      planes = Self.elements("TiffData", in: inside).map(\.attributes)
    } else {
      (isOME, values) = (false, [:])
    }
  }

  /// The elements of a name with their attributes, and what stands behind each.
  private static func elements(
    _ name: String, in text: Substring
  ) -> [(attributes: [String: String], rest: Substring)] {
    var (found, rest): ([(attributes: [String: String], rest: Substring)], Substring) = ([], text)
    while let start = rest.range(of: "<" + name) {
      rest = rest[start.upperBound...]
      // A longer name is another.
      guard let next = rest.first, next.isWhitespace || next == ">" || next == "/" else { continue }
      found.append((attributes(rest.prefix { $0 != ">" }), rest))
    }
    return found
  }

  private static func attributes(_ tag: Substring) -> [String: String] {
    var (found, rest): ([String: String], Substring) = ([:], tag)
    while let sign = rest.firstIndex(of: "=") {
      let name = rest[..<sign].split(whereSeparator: \.isWhitespace).last.map(String.init) ?? ""
      let value = rest[rest.index(after: sign)...]
      guard let quote = value.first, quote == "\"" || quote == "'" else { break }
      let text = value.dropFirst().prefix { $0 != quote }
      found[name] = String(text)
      rest = value.dropFirst().dropFirst(text.count).dropFirst()
    }
    return found
  }

  // MARK: - Pages

  /// How many planes ImageJ says that there are, of which it writes large ones behind a single page.
  var images: Int { isOME ? 1 : count("images") }

  private func count(_ key: String) -> Int { values[key].flatMap { Int($0) } ?? 1 }

  /// - Returns: one page a slice where the pages are not those that are described.
  /// - Throws: ``ImageError`` where the planes lie in no order of channels, slices and times.
  func order(pages: Int) throws(ImageError) -> PageOrder {
    guard isOME else {
      // ImageJ's hyperstacks go through channels, slices and frames, the channels the fastest.
      return PageOrder(
        channels: count("channels"), depth: count("slices"), times: count("frames"), fastest: "CZT",
        pages: pages) ?? PageOrder(pages: pages)
    }
    guard let dimensions = values["DimensionOrder"], dimensions.hasPrefix("XY"),
      count("SizeC").isMultiple(of: samplesPerChannel),
      let order = PageOrder(
        channels: count("SizeC") / samplesPerChannel, depth: count("SizeZ"), times: count("SizeT"),
        fastest: dimensions.dropFirst(2), pages: pages)
    else { return PageOrder(pages: pages) }
    try requirePlanes(in: order)
    return order
  }

  /// What the file says of each plane must be what its order says.
  private func requirePlanes(in order: PageOrder) throws(ImageError) {
    for plane in planes {
      func number(_ key: String) -> Int { plane[key].flatMap { Int($0) } ?? 0 }
      let (channel, slice, time) = (number("FirstC"), number("FirstZ"), number("FirstT"))
      guard plane["IFD"] != nil else { continue }
      guard (0..<order.channels).contains(channel), (0..<order.depth).contains(slice),
        (0..<order.times).contains(time),
        order.page(time * order.depth + slice, channel: channel) == number("IFD")
      else {
        throw ImageError(
          "says of its pages that they lie in the order \(values["DimensionOrder"] ?? ""), and of page "
            + "\(number("IFD")) that it lies elsewhere: save it again, with Bio-Formats say")
      }
    }
  }

  // MARK: - Extents

  func facts(_ resolution: TIFF.Resolution?) -> VolumeFacts {
    var facts = VolumeFacts()
    facts.spacing = isOME ? spacingOfOME : spacing(resolution)
    return facts
  }

  /// Each length has a unit of its own.
  private var spacingOfOME: VolumeFacts.Spacing? {
    let unit = values["PhysicalSizeXUnit"] ?? "µm"
    func extent(_ axis: String) -> Double? {
      guard let written = values["PhysicalSize" + axis].flatMap({ Double($0) }) else { return nil }
      return LengthUnit.factor(from: values["PhysicalSize\(axis)Unit"] ?? "µm", to: unit)
        .map { written * $0 }
    }
    guard LengthUnit.isLength(unit), let width = extent("X"), let height = extent("Y") else {
      return nil
    }
    return VolumeFacts.Spacing(
      slices: extent("Z") ?? 1, height: height, width: width, unit: LengthUnit.name(unit))
  }

  private func spacing(_ resolution: TIFF.Resolution?) -> VolumeFacts.Spacing? {
    guard let resolution else { return nil }
    // It is negative where ImageJ shows the stack from its other side.
    let slices = values["spacing"].flatMap { Double($0) }.map(abs) ?? 1
    if let unit = values["unit"] {
      guard LengthUnit.isLength(unit) else { return nil }
      func factor(_ key: String) -> Double? {
        values[key].map { LengthUnit.factor(from: $0, to: unit) } ?? 1
      }
      guard let height = factor("yunit"), let depth = factor("zunit") else { return nil }
      return VolumeFacts.Spacing(
        slices: slices * depth, height: height / resolution.height, width: 1 / resolution.width,
        unit: LengthUnit.name(unit))
    }
    // Dots for an inch say how large an image is printed, not how large what it shows is.
    guard resolution.unit == 3 else { return nil }
    return VolumeFacts.Spacing(
      slices: slices, height: 10 / resolution.height, width: 10 / resolution.width, unit: "mm")
  }
}
