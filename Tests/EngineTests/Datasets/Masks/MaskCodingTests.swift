@testable import Datasets
import Foundation
@testable import Groundwork
import HDF5
import Testing

/// What masks hold becomes labels.
@Suite struct MaskCodingTests {
  private func coding(
    _ meaning: MaskMeaning, classes: Int = 2, ignore: Set<Int> = []
  ) -> MaskCoding {
    MaskCoding(
      MaskSettings(meaning, classes: (0..<classes).map { "c\($0)" }, ignore: ignore))
  }

  private func mask(_ values: [Int], _ kind: MaskValues.Kind) -> MaskValues {
    var mask = MaskValues()
    mask.reshape(Size(height: 1, width: values.count), kind)
    switch kind {
    case .bytes: mask.bytes = values.map { UInt8($0) }
    case .words: mask.bytes = values.map { UInt16($0) }.withUnsafeBytes { Array($0) }
    case .integers: mask.bytes = values.map { Int32($0) }.withUnsafeBytes { Array($0) }
    case .longs: mask.bytes = values.map { Int64($0) }.withUnsafeBytes { Array($0) }
    case .colours:
      mask.bytes = values.flatMap { [$0 >> 16, $0 >> 8 & 255, $0 & 255].map { UInt8($0) } }
    }
    return mask
  }

  private func labels(
    _ coding: MaskCoding, _ values: [Int], _ kind: MaskValues.Kind = .bytes
  ) throws -> [Label] {
    var labels = LabelPlanes()
    labels.reshape(Size(height: 1, width: values.count))
    try coding.read(mask(values, kind), into: &labels)
    return labels.labels
  }

  private func complaint(
    _ coding: MaskCoding, _ values: [Int], _ kind: MaskValues.Kind = .bytes
  ) -> String {
    var labels = LabelPlanes()
    labels.reshape(Size(height: 1, width: values.count))
    do {
      try coding.read(mask(values, kind), into: &labels)
      return ""
    } catch {
      return error.reason
    }
  }

  @Test(
    "ignored values may have any width",
    arguments: [
      (MaskValues.Kind.bytes, [0, 1, 200, 1], [200]), (.words, [0, 1, 65_535, 1], [65_535]),
      (.integers, [0, 1, -1, 1], [-1]), (.integers, [0, 1, 70_000, 1], [70_000]),
      (.integers, [0, 1, 65_535, 1], [65_535]),
    ] as [(MaskValues.Kind, [Int], Set<Int>)])
  func ignored(kind: MaskValues.Kind, values: [Int], ignore: Set<Int>) throws {
    #expect(
      try labels(coding(.classIDs, ignore: ignore), values, kind) == [0, 1, 255, 1].ignoring255)
  }

  @Test func `listed values and ranges become their class in masks of every width`() throws {
    let coding = coding(
      .values([
        .init(255...255, label: 1), .init(7...10, label: 2), .init(0...0, label: nil),
        .init(-5 ... -1, label: 0), .init(300...300, label: 0),
      ]), classes: 3)
    #expect(try labels(coding, [0, 7, 10, 255]) == [255, 2, 2, 1].ignoring255)
    #expect(try labels(coding, [300, 8, 255, 0], .words) == [0, 2, 1, 255].ignoring255)
    #expect(try labels(coding, [-1, -5, 9, 300], .integers) == [0, 0, 2, 0])
    #expect(
      complaint(coding, [0, 11, 11, 6])
        == "holds 6 (1 pixel at x 3, y 0), 11 (2 pixels, the first at x 1, y 0), which data.values "
        + "does not name: add them, as ignore where they mean unlabelled")
  }

  @Test func `values beyond 32 bits are told apart`() throws {
    let coding = coding(.classIDs, ignore: [4_294_967_295])
    #expect(try labels(coding, [0, 4_294_967_295, 1], .longs) == [0, 255, 1].ignoring255)
    #expect(complaint(coding, [2_147_483_647], .longs).hasPrefix("holds 2147483647 (1 pixel"))
    #expect(complaint(coding, [4_294_967_296], .longs).hasPrefix("holds 4294967296 (1 pixel"))
    let listed = self.coding(
      .values([.init(0...0, label: 0), .init(5_000_000_000...5_000_000_000, label: 1)]),
      ignore: [-1])
    #expect(try labels(listed, [0, 5_000_000_000, -1], .longs) == [0, 1, 255].ignoring255)
    var values = MaskValues()
    try values.hold([1, -1], Size(height: 1, width: 2))
    #expect(values.kind == .integers && (0..<2).map(values.value) == [1, -1])
    try values.hold([1, 4_294_967_295], Size(height: 1, width: 2))
    #expect(values.kind == .longs && (0..<2).map(values.value) == [1, 4_294_967_295])
    // It stands for whatever is larger in files.
    #expect(throws: ImageError.self) { try values.hold([1, .max], Size(height: 1, width: 2)) }
  }

  @Test func `two whites may be one class`() throws {
    let coding = coding(
      .values([.init(0...0, label: 0), .init(1...1, label: 1), .init(255...255, label: 1)]))
    #expect(try labels(coding, [0, 1, 1]) == [0, 1, 1])
    #expect(try labels(coding, [0, 255, 0]) == [0, 1, 0])
  }

  @Test func `binary takes any one white`() throws {
    let coding = coding(.binary)
    #expect(try labels(coding, [0, 255, 255, 0]) == [0, 1, 1, 0])
    #expect(try labels(coding, [0, 1, 1, 0]) == [0, 1, 1, 0])
    #expect(try labels(coding, [0, 65_535], .words) == [0, 1])
    #expect(try coding.white(of: mask([0, 255], .bytes)) == 255)
    #expect(try coding.white(of: mask([0, 0], .bytes)) == nil)
    #expect(throws: ImageError.self) { try coding.white(of: mask([0, 1, 255], .bytes)) }
    #expect(
      try labels(self.coding(.binary, ignore: [255]), [0, 1, 255]) == [0, 1, 255].ignoring255)
    #expect(complaint(coding, [0, 128]).contains("{0: c0, 128: c1}"))
  }

  @Test func `the label ids of Cityscapes become train ids`() throws {
    let coding = coding(.cityscapesLabelIDs, classes: 19)
    #expect(
      try labels(coding, (-1...33).map { $0 }, .integers)
        == [
          255, 255, 255, 255, 255, 255, 255, 255, 0, 1, 255, 255, 2, 3, 4, 255, 255, 255, 5, 255, 6,
          7,
          8, 9, 10, 11, 12, 13, 14, 15, 255, 255, 16, 17, 18,
        ].ignoring255)
    #expect(complaint(coding, [34]).contains("label ids of Cityscapes are 0 to 33"))
  }

  @Test func `with reduce_zero_label 0 is ignored and 1 is the first class`() throws {
    let coding = coding(.reduceZeroLabel, classes: 3, ignore: [255])
    #expect(try labels(coding, [0, 1, 2, 3, 255]) == [255, 0, 1, 2, 255].ignoring255)
    #expect(complaint(coding, [4]).contains("3 classes are 1 to 3"))
  }

  @Test func `colours become classes, and a grey mask is of grey colours`() throws {
    let coding = coding(
      .colours([
        .init(RGB(64, 0, 128), name: "c1", .label(1)),
        .init(RGB(0, 0, 0), name: "c0", .label(0)),
        .init(RGB(9, 9, 9), name: "void", .ignored),
        .init(RGB(1, 2, 3), name: "pole", .unlisted),
      ]))
    #expect(try labels(coding, [0x400080, 0, 0x090909], .colours) == [1, 0, 255].ignoring255)
    #expect(try labels(coding, [0, 9], .bytes) == [0, 255].ignoring255)
    #expect(
      complaint(coding, [0, 0x010203, 0x010203], .colours)
        == "holds colour 1 2 3 'pole' (2 pixels, the first at x 1, y 0), which data.colors lists and "
        + "data.classes does not: add the name to data.classes, or to data.ignore where it means "
        + "unlabelled")
    #expect(
      complaint(coding, [7], .bytes)
        == "holds colour 7 7 7 (1 pixel at x 0, y 0), which data.colors does not list: add it there "
        + "with the name of its class, or with a name of data.ignore where it means unlabelled")
  }

  @Test func `the palette of PASCAL VOC`() throws {
    let expected: [(Int, RGB)] = [
      (0, .init(0, 0, 0)), (1, .init(128, 0, 0)), (7, .init(128, 128, 128)),
      (15, .init(192, 128, 128)),
      (20, .init(0, 64, 128)), (255, .init(224, 224, 192)),
    ]
    for (number, colour) in expected { #expect(RGB.pascal(number) == colour) }
    #expect(
      try labels(coding(.pascal(["c0", "c1", "c2"])), [0x800000, 0, 0xE0E0C0], .colours)
        == [
          1, 0, 255,
        ].ignoring255)
    let named = coding(.pascal(["tv", "background", "potted plant"], ignored: ["person"]))
    #expect(
      try labels(named, [0x004080, 0, 0x004000, 0xC08080], .colours)
        == [0, 1, 2, 255].ignoring255)
  }

  @Test(
    "the remedy fits what the mask holds",
    arguments: [
      (2, [0, 255], "where 0 is c0 and 255 is c1 set data.values: binary"),
      (2, [0, 128], "where it is c1 set data.values: {0: c0, 128: c1}"),
      (
        2, [0, 1, 255],
        "list the class, add 255 to data.ignore where it means unlabelled, or say in data.values which "
          + "class each value is"
      ),
      (
        3, [1, 2, 3],
        "list the class, or where 0 means unlabelled and 1 is c0 set data.values: reduce_zero_label"
      ),
      (
        19, [7, 26, 33],
        "where they are the label ids of Cityscapes set data.values: cityscapes_label_ids"
      ),
      (
        2, Array(0..<100),
        "does it hold instances or shades, or was it resized with interpolation? write the class of "
          + "each pixel"
      ),
    ])
  func remedies(classes: Int, values: [Int], remedy: String) {
    let complaint = complaint(coding(.classIDs, classes: classes), values)
    #expect(complaint.hasSuffix(": " + remedy), "\(complaint)")
  }

  @Test func `palettes are read by their colours, files of 16 bits are not`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      dataset.configuration.maskMeaning = .pascal(dataset.configuration.classes)
      dataset.configuration.ignore = []
      let size = Size(height: 4, width: 6)
      for name in ["t0", "t1", "t2", "v0", "v1"] {
        // Index 0 is drawn in the colour of class 1.
        let mask = Mask(size: size, ids: (0..<24).map { UInt8($0 % 2) })
        let bytes = try PNG.encode(mask, palette: [128, 0, 0, 0, 0, 0])
        try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)-mask.png"))
      }
      #expect(try dataset.load().train.labels(0) == (0..<24).map { 1 - Label($0 % 2) })
      #expect(throws: Never.self) {
        try DataInspector().inspect(dataset.configuration, seed: 1)
      }
      let wide = HandmadePNG(
        width: 6, height: 4, depth: 16, colour: .rgb,
        rows: Array(repeating: Array(repeating: 0, count: 36), count: 4))
      try Data(wide.bytes).write(to: URL(fileURLWithPath: "\(folder)/t0-mask.png"))
      #expect(
        dataset.problems()[0].hasSuffix("is 16-bit RGB, but data.colors are of 8 bits a channel"))
    }
  }

  @Test func `a region is what is not 0, and 255 may be a class inside it`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder, train: 1, validation: 1)
      dataset.configuration.maskMeaning = .binary
      dataset.configuration.ignore = []
      try dataset.writeSample("t0", ids: (0..<24).map { $0 % 2 == 0 ? 255 : 0 })
      try dataset.writeSample("v0", ids: Array(repeating: 0, count: 24))
      try dataset.writeMask(
        "roi", size: Size(height: 4, width: 6), ids: (0..<24).map { $0 < 20 ? 9 : 0 })
      try dataset.writeText("train.txt", "t0.png t0-mask.png roi=roi-mask.png\n")
      let labels = try dataset.load().train.labels(0)
      #expect(labels == (0..<24).map { $0 >= 20 ? Labels.ignoreIndex : $0 % 2 == 0 ? 1 : 0 })
    }
  }
}
