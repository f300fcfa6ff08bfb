package import Groundwork

/// Colours that a data set is known for, for the classes of its names.
package enum NamedPalette: String, Sendable, Hashable, CaseIterable {
  /// Of the CamVid database's 32 classes and of the 11 that SegNet joins them to.
  case camvid
  /// Of the 19 classes that Cityscapes trains.
  case cityscapes
  /// Of PASCAL VOC; where not all classes are of it, by their positions.
  case pascal

  /// The colours of those of the classes that the palette has.
  package func colours(of classes: [String]) -> [String: RGB] {
    var colours: [String: RGB] = [:]
    switch self {
    case .pascal:
      for (name, number) in zip(classes, PascalClasses.numbers(classes)) {
        colours[name] = .pascal(number)
      }
    case .camvid, .cityscapes:
      for name in classes { colours[name] = table[Self.word(name)].map { RGB(code: $0) } }
    }
    return colours
  }

  /// Empty for palettes that go by positions.
  private var table: [String: Int] {
    switch self {
    case .camvid: Self.camvidColours
    case .cityscapes: Self.cityscapesColours
    case .pascal: [:]
    }
  }

  /// The palette that some colours are of, and what they are called there.
  ///
  /// - Returns: `nil` where no palette has all of them but black, or they are too few to tell.
  package static func names(of colours: [RGB]) -> (palette: NamedPalette, names: [RGB: String])? {
    let coloured = colours.filter { $0 != RGB(0, 0, 0) }
    guard coloured.count >= 3 else { return nil }
    for palette in allCases {
      let names = palette.names
      if coloured.allSatisfy({ names[$0] != nil }) {
        return (palette, names.filter { colours.contains($0.key) })
      }
    }
    return nil
  }

  /// What each of its colours is called; of several names the first in the alphabet.
  private var names: [RGB: String] {
    let pairs =
      self == .pascal
      ? PascalClasses.names.enumerated().map { (RGB.pascal($0), $1) }
      : table.sorted { $0.key < $1.key }.map { (RGB(code: $0.value), $0.key) }
    return Dictionary(pairs) { first, _ in first }
  }

  /// `Traffic Light`, `traffic_light` and `trafficlight` are one name.
  private static func word(_ name: String) -> String {
    name.lowercased().filter { $0.isLetter || $0.isNumber }
  }

  /// `label_colors.txt` of the database, and the names of the SegNet tutorial where they are others.
  private static let camvidColours = [
    "animal": 0x408040, "archway": 0xC00080, "bicyclist": 0x0080C0, "bridge": 0x008040,
    "building": 0x800000, "car": 0x400080, "cartluggagepram": 0x4000C0, "child": 0xC08040,
    "columnpole": 0xC0C080, "pole": 0xC0C080, "fence": 0x404080, "lanemkgsdriv": 0x8000C0,
    "lanemkgsnondriv": 0xC00040, "misctext": 0x808040, "motorcyclescooter": 0xC000C0,
    "othermoving": 0x804040, "parkingblock": 0x40C080, "pedestrian": 0x404000, "road": 0x804080,
    "roadshoulder": 0x8080C0, "sidewalk": 0x0000C0, "pavement": 0x3C28DE, "signsymbol": 0xC08080,
    "sky": 0x808080, "suvpickuptruck": 0x4080C0, "trafficcone": 0x000040,
    "trafficlight": 0x004040, "train": 0xC04080, "tree": 0x808000, "truckbus": 0xC080C0,
    "tunnel": 0x400040, "vegetationmisc": 0xC0C000, "void": 0x000000, "wall": 0x40C000,
  ]

  /// `cityscapesScripts`, `labels.py`.
  private static let cityscapesColours = [
    "road": 0x804080, "sidewalk": 0xF423E8, "building": 0x464646, "wall": 0x66669C,
    "fence": 0xBE9999, "pole": 0x999999, "trafficlight": 0xFAAA1E, "trafficsign": 0xDCDC00,
    "vegetation": 0x6B8E23, "terrain": 0x98FB98, "sky": 0x4682B4, "person": 0xDC143C,
    "rider": 0xFF0000, "car": 0x00008E, "truck": 0x000046, "bus": 0x003C64, "train": 0x005064,
    "motorcycle": 0x0000E6, "bicycle": 0x770B20,
  ]
}
