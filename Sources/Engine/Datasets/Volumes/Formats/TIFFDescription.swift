internal import Foundation
internal import Groundwork

/// Which page of a stack holds a channel of a slice.
struct PageOrder {
  /// Pages of a slice.
  let channels: Int
  /// Pages from a channel of a slice to the next.
  let step: Int

  /// One page a slice.
  static let single = PageOrder(channels: 1, step: 1)

  /// Where channels lie behind all slices of a time, `step` of them make a time.
  func page(_ slice: Int, channel: Int) -> Int {
    step == 1
      ? slice * channels + channel
      : slice / step * step * channels + channel * step + slice % step
  }
}

/// What ImageJ and OME (2016-06) write into the description of a stack's first page.
struct TIFFDescription {
  private let values: [String: String]
  private let isOME: Bool

  init(_ text: String) {
    if text.hasPrefix("ImageJ=") {
      isOME = false
      values = text.split(whereSeparator: \.isNewline).reduce(into: [:]) { values, line in
        guard let sign = line.firstIndex(of: "=") else { return }
        values[String(line[..<sign])] = String(line[line.index(after: sign)...].trimmed)
      }
    } else if text.contains("<OME"), let pixels = text.range(of: "<Pixels ") {
      isOME = true
      let tag = text[pixels.upperBound...].prefix { $0 != ">" }
      values = Self.attributes(tag)
    } else {
      (isOME, values) = (false, [:])
    }
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

  /// - Returns: one page a slice where the pages are not those that are described.
  func order(pages: Int) -> PageOrder {
    func count(_ key: String) -> Int { values[key].flatMap { Int($0) } ?? 1 }
    let counts =
      isOME
      ? (count("SizeC"), count("SizeZ"), count("SizeT"))
      : (
        count("channels"), count("slices"), count("frames")
      )
    let (channels, slices, times) = counts
    let product = channels.multipliedReportingOverflow(by: slices)
    let all = product.partialValue.multipliedReportingOverflow(by: times)
    guard channels > 1, slices > 0, times > 0, channels <= ImageStack.maximumChannels,
      !product.overflow, !all.overflow, all.partialValue == pages
    else { return .single }
    guard isOME else { return PageOrder(channels: channels, step: 1) }
    switch values["DimensionOrder"] {
    case "XYCZT", "XYCTZ": return PageOrder(channels: channels, step: 1)
    case "XYZCT": return PageOrder(channels: channels, step: slices)
    case "XYTCZ": return PageOrder(channels: channels, step: times)
    case "XYZTC", "XYTZC": return PageOrder(channels: channels, step: slices * times)
    default: return .single
    }
  }

  // MARK: - Extents

  func facts(_ resolution: TIFF.Resolution?) -> VolumeFacts {
    var facts = VolumeFacts()
    facts.spacing = isOME ? spacingOfOME : spacing(resolution)
    return facts
  }

  private var spacingOfOME: VolumeFacts.Spacing? {
    func number(_ key: String) -> Double? { values[key].flatMap { Double($0) } }
    guard let width = number("PhysicalSizeX"), let height = number("PhysicalSizeY") else {
      return nil
    }
    return VolumeFacts.Spacing(
      slices: number("PhysicalSizeZ") ?? 1, height: height, width: width,
      unit: Self.unit(values["PhysicalSizeXUnit"] ?? "µm"))
  }

  private func spacing(_ resolution: TIFF.Resolution?) -> VolumeFacts.Spacing? {
    guard let resolution else { return nil }
    let slices = values["spacing"].flatMap { Double($0) } ?? 1
    if let unit = values["unit"] {
      return VolumeFacts.Spacing(
        slices: slices, height: 1 / resolution.height, width: 1 / resolution.width,
        unit: Self.unit(unit))
    }
    // Dots for an inch say how large an image is printed, not how large what it shows is.
    guard resolution.unit == 3 else { return nil }
    return VolumeFacts.Spacing(
      slices: slices, height: 10 / resolution.height, width: 10 / resolution.width, unit: "mm")
  }

  /// ImageJ writes characters beyond ASCII as `\u00B5`.
  private static func unit(_ text: String) -> String {
    let text = text.replacingOccurrences(of: "\\u00B5", with: "µ")
    return ["um", "micron", "microns", "micrometer", "\u{3BC}m"].contains(text) ? "µm" : text
  }
}
