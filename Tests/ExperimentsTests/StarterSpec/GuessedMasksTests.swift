@testable import Datasets
@testable import Experiments
@testable import Groundwork
import Testing

@Suite struct GuessedMasksTests {
  /// - Parameter values: with their pixels.
  private func found(
    _ values: [Int: UInt64], colours: Bool = false, smooth: Int = 0, numbers: Bool = false
  ) -> FoundValues {
    FoundValues(
      values: values.sorted { $0.key < $1.key }.map { ($0.key, $0.value, $0.value) },
      count: values.count, isOfColours: colours, smooth: smooth, copies: 0, masks: 3,
      areNumbers: numbers, areShades: false)
  }

  private func text(_ found: FoundValues) throws -> String {
    let guess = try GuessedMasks(found, file: nil, path: nil)
    return ([guess.entry.yaml, guess.masks?.yaml ?? "ids"] + guess.ignore.map(String.init))
      .joined(separator: " | ")
  }

  @Test("what masks hold says how they are read")
  func integers() throws {
    #expect(try text(found([0: 9, 1: 1])) == "[background, foreground] | ids")
    #expect(try text(found([0: 9, 255: 1])) == "[background, foreground] | values: binary")
    #expect(
      try text(found([0: 9, 1: 1, 2: 1, 255: 1])) == "[class_0, class_1, class_2] | ids | 255")
    #expect(
      try text(found([7: 9, 24: 1, 26: 3]))
        == "[class_7, class_24, class_26] | values: {7: 0, 24: 1, 26: 2}")
    #expect(
      try text(found([0: 9, 1: 1, 2: 1], numbers: true))
        == "[background, object] | values: {0: 0, 1-65535: 1}")
  }

  @Test("smooth edges of black and white are told apart at the middle")
  func smooth() throws {
    var values: [Int: UInt64] = [0: 900, 255: 700]
    for value in 1..<255 { values[value] = 1 - UInt64(value % 2) }
    #expect(
      try text(found(values, smooth: 3)) == "[background, foreground] | values: {threshold: 128}")
  }

  @Test("colors are named by the palette that has all of them")
  func colours() throws {
    let voc = [0, 0x800000, 0x008000, 0x808000]
    #expect(
      try text(found(Dictionary(uniqueKeysWithValues: voc.map { ($0, 1) }), colours: true))
        == "[background, bicycle, aeroplane, bird] | colors: {background: [0, 0, 0], "
        + "bicycle: [0, 128, 0], aeroplane: [128, 0, 0], bird: [128, 128, 0]}")
    #expect(
      try text(found([0: 1, 0xFFFFFF: 1], colours: true))
        == "[background, foreground] | colors: {background: [0, 0, 0], foreground: [255, 255, 255]}"
    )
    #expect(
      try text(found([0: 1, 0x0102FF: 1], colours: true)).hasPrefix("[background, color_0102ff]"))
  }

  @Test("masks that nothing can be learned from are refused with what to do")
  func refusals() throws {
    let one = #expect(throws: Failure.self) { try text(found([0: 9])) }
    #expect(one!.description.contains("every mask holds 0 and nothing else"))
    let many = Dictionary(uniqueKeysWithValues: (0..<65).map { ($0, UInt64(1)) })
    let shades = #expect(throws: Failure.self) { try text(found(many)) }
    #expect(shades!.description.contains("65 values"))
    let colours = #expect(throws: Failure.self) { try text(found(many, colours: true, smooth: 2)) }
    #expect(colours!.description.contains("export them anew as PNG"))
  }
}

@Suite struct GuessedGroupsTests {
  private func text(_ names: [String]) -> String? { GuessedGroups(names)?.entry.yaml }

  @Test("names that tell of places, patients and videos make groups")
  func groups() throws {
    let parts = (1...5).flatMap { place in (1...4).map { "images/t\(place)_p\($0).jpg" } }
    #expect(try #require(text(parts)).contains("pattern"))
    #expect(try #require(GuessedGroups(parts)).entry.about.hasPrefix("5 groups"))
    let tiles = (1...4).flatMap { scene in
      (0..<9).map { "scene\(scene)_\(256 * ($0 / 3))_\(256 * ($0 % 3)).png" }
    }
    #expect(try #require(GuessedGroups(tiles)).entry.about.hasPrefix("4 groups"))
    let folders = (1...4).flatMap { video in (1...3).map { "v\(video)/\($0).png" } }
    #expect(text(folders) == "folder")
  }

  @Test("numbers alone, and names of classes, make none")
  func none() {
    #expect(text((1...20).map { "img_\($0).png" }) == nil)
    #expect(
      text(["cat", "dog", "cow"].flatMap { name in (1...4).map { "\(name)_\($0).png" } }) == nil)
    #expect(text((1...20).map { "\($0).png" }) == nil)
  }
}

@Suite struct StarterGeometryTests {
  private func text(_ sizes: [Size: Int]) -> String { StarterGeometry(sizes).entry(sizes).yaml }

  @Test("images of one size are resized, and those of many or of large sizes are cut")
  func geometry() {
    #expect(text([Size(height: 360, width: 480): 9]) == "size: [352, 480]")
    #expect(text([Size(height: 4000, width: 6000): 9]) == "patches: {size: [256, 256]}")
    #expect(
      text([Size(square: 100): 5, Size(square: 300): 5]) == "patches: {size: [96, 96]}")
    #expect(text([:]) == "size: [512, 512]")
  }

  @Test("patches count as samples")
  func samples() {
    let sizes = [Size(height: 512, width: 700): 2]
    #expect(StarterGeometry.patches(side: 256).samplesOfImage(sizes) == 6)
    #expect(StarterGeometry.resized(longest: 256).samplesOfImage(sizes) == 1)
  }
}
