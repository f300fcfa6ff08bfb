@testable import Groundwork
@testable import Learning
import Testing

/// Predictions as pictures: `.` is class 0, a digit another class.
@Suite struct PostprocessingTests {
  private static func labels(_ picture: String) -> ImageLabels {
    let rows = picture.split(separator: "\n")
    let labels = rows.flatMap { row in
      row.map { $0 == "." ? Label(0) : Label($0.wholeNumberValue ?? 0) }
    }
    return ImageLabels(
      labels: labels, size: Size(height: rows.count, width: rows[0].count), hasPlanes: false)
  }

  private static func picture(_ image: ImageLabels) -> String {
    stride(from: 0, to: image.labels.count, by: image.size.width).map { start in
      image.labels[start..<start + image.size.width].map { $0 == 0 ? "." : "\($0)" }.joined()
    }.joined(separator: "\n")
  }

  private static func applied(
    _ type: any Postprocessing.Type, _ settings: [String: FieldValue] = [:], to picture: String
  ) throws -> String {
    var image = labels(picture)
    try type.init(FieldValues(settings, of: type.fields)).apply(to: &image)
    return Self.picture(image)
  }

  @Test("small objects become what lies beside them, diagonal pixels being of one object")
  func removeSmall() throws {
    let found = try Self.applied(
      RemoveSmall.self, ["area": .integer(3)],
      to: """
        1..22222
        .1.22322
        1..22222
        .......2
        22......
        """)
    #expect(
      found == """
        1..22222
        .1.22222
        1..22222
        .......2
        ........
        """)
  }

  @Test("an area that an object has just reached lets it stay")
  func bound() throws {
    let bar = "11.\n..."
    #expect(try Self.applied(RemoveSmall.self, ["area": .integer(2)], to: bar) == bar)
    #expect(try Self.applied(RemoveSmall.self, ["area": .integer(3)], to: bar) == "...\n...")
  }

  @Test("of each class the largest object stays, of equals the first from the top")
  func largest() throws {
    let found = try Self.applied(
      LargestComponent.self,
      to: """
        11..2..1
        11.....1
        ....2...
        """)
    #expect(
      found == """
        11..2...
        11......
        ........
        """)
  }

  @Test("holes are filled where one class encloses them and they do not reach the border")
  func holes() throws {
    let found = try Self.applied(
      FillHoles.self,
      to: """
        111.1112
        1.1.1..2
        111.1112
        ........
        .11.3333
        1.1.3..3
        .11.3333
        """)
    #expect(
      found == """
        111.1112
        111.1..2
        111.1112
        ........
        .11.3333
        111.3333
        .11.3333
        """)
    let large = "3333\n3..3\n3333"
    #expect(try Self.applied(FillHoles.self, ["area": .integer(1)], to: large) == large)
  }

  @Test(
    "opening takes bridges away as far as the disc does not reach, and leaves what touches the border"
  )
  func opening() throws {
    let found = try Self.applied(
      Opening.self, ["radius": .integer(1)],
      to: """
        111...111
        111111111
        111...111
        """)
    #expect(
      found == """
        111...111
        1111.1111
        111...111
        """)
  }

  @Test("closing fills gaps of class 0 alone")
  func closing() throws {
    let found = try Self.applied(
      Closing.self, ["radius": .integer(1)],
      to: """
        11111.11111
        11111.11111
        11111211111
        11111.11111
        """)
    #expect(
      found == """
        11111111111
        11111111111
        11111211111
        11111111111
        """)
  }

  @Test("where a pixel may be of several classes each plane is changed by itself")
  func planes() throws {
    // Class 0 has a speck, class 1 a hole.
    let speck: [Label] = [0, 0, 0, 0, 1, 0, 0, 0, 0]
    let hole: [Label] = [1, 1, 1, 1, 0, 1, 1, 1, 1]
    var image = ImageLabels(
      labels: speck + hole, size: Size(height: 3, width: 3), hasPlanes: true)
    let steps: [any Postprocessing] = [
      try RemoveSmall(FieldValues(["area": .integer(2)], of: RemoveSmall.fields)),
      try FillHoles(FieldValues([:], of: FillHoles.fields)),
    ]
    for step in steps { step.apply(to: &image) }
    #expect(image.labels == Array(repeating: 0, count: 9) + Array(repeating: 1, count: 9))
  }

  @Test("no change makes a label that was not there", arguments: 0..<20)
  func labelsStayKnown(seed: UInt64) throws {
    var random = RandomStream(seed: seed, purpose: .shuffle, epoch: 0)
    let size = Size(height: 9, width: 13)
    let labels = (0..<size.area).map { _ in Label(random.below(3)) }
    for type in Registry.postprocessings.members {
      var image = ImageLabels(labels: labels, size: size, hasPlanes: false)
      try type.init(FieldValues([:], of: type.fields)).apply(to: &image)
      #expect(image.labels.count == labels.count && image.labels.allSatisfy { $0 < 3 })
      var again = image
      try type.init(FieldValues([:], of: type.fields)).apply(to: &again)
      if type.name != Closing.name { #expect(again == image, "\(type.name) twice is once") }
    }
  }
}
