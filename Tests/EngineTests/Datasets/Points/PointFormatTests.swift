@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

@Suite("Files of points")
struct PointFormatTests {
  private let columns = PointColumns(colors: [], label: .number(3))

  /// What is read of a file of that name and content.
  private func cloud(
    _ name: String, _ bytes: [UInt8], _ columns: PointColumns? = nil,
    labels: (name: String, text: String)? = nil
  ) throws -> PointCloud {
    try withTemporaryFolder { folder in
      try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
      if let labels {
        try Data(labels.text.utf8).write(to: URL(fileURLWithPath: "\(folder)/\(labels.name)"))
      }
      return try PointCloud(
        "\(folder)/\(name)", labels: labels.map { "\(folder)/\($0.name)" }, columns ?? self.columns)
    }
  }

  private func cloud(_ text: String, _ name: String = "a.txt") throws -> PointCloud {
    try cloud(name, Array(text.utf8))
  }

  private func refusal(_ name: String, _ bytes: [UInt8], _ columns: PointColumns? = nil) -> String?
  {
    #expect(throws: ImageError.self) { try cloud(name, bytes, columns) }?.reason
  }

  private func refusal(_ text: String) -> String? { refusal("a.txt", Array(text.utf8)) }

  /// Three points: (1, 2, 3), (2, 2, 5), (1.5, 4, 3), of classes 0, 2 and 1.
  private func expectThree(_ cloud: PointCloud) {
    #expect(cloud.count == 3)
    #expect(cloud.origin == [1, 2, 3])
    #expect(cloud.positions == [0, 1, 0.5, 0, 0, 2, 0, 2, 0])
    #expect(cloud.labels == [0, 2, 1])
  }

  @Test(
    "text is read whatever separates its numbers",
    arguments: [
      "1 2 3 0\n2 2 5 2\n1.5 4 3 1\n", "1,2,3,0\r\n2,2,5,2\r\n1.5,4,3,1",
      "1\t2\t3\t0\n2 \t2 5  2\n1.5 4 3 1",
      "1; 2; 3; 0\n2;2;5;2\n1.5 ;4;3;1\n",
      "# room\n\nx y z class\n1 2 3 0\n2 2 5 2.0\n// half\n1.5 4 3e0 1\n",
      "x,y,z,class\n1,2,3,0\n2,2,5,2\n1.5,4,3,1\n",
    ])
  func text(_ text: String) throws { expectThree(try cloud(text)) }

  @Test("columns are found by the names of a header")
  func names() throws {
    let columns = PointColumns(
      position: [.name("X"), .name("Y"), .name("Z")], colors: [.name("r"), .name("g"), .name("b")],
      features: [.number(0)], label: .name("what"))
    let cloud = try cloud(
      "a.csv", Array("i,X,Y,Z,what,r,g,b\n7,1,2,3,0,255,0,51\n8,2,2,5,2,0,255,0\n".utf8), columns)
    #expect(cloud.labels == [0, 2])
    #expect(cloud.attributes == [1, 0, 0, 1, 0.2, 0, 7, 8])
  }

  @Test("labels may be in a file of their own, one a point")
  func labelFile() throws {
    let bytes = Array("1 2 3\n2 2 5\n1.5 4 3\n".utf8)
    expectThree(try cloud("a.txt", bytes, PointColumns(), labels: ("l.txt", "0\n2\n1\n")))
    let error = #expect(throws: ImageError.self) {
      try cloud("a.txt", bytes, PointColumns(), labels: ("l.txt", "0\n2\n"))
    }
    #expect(error?.reason == "holds 2 labels for 3 points: write one a point")
  }

  @Test("precision is kept far from the origin")
  func farAway() throws {
    let cloud = try cloud("3500000.125 5800000.25 100 0\n3500001.0 5800000.5 101 1\n")
    #expect(cloud.origin == [3_500_000.125, 5_800_000.25, 100])
    #expect(cloud.positions == [0, 0.875, 0, 0.25, 0, 1])
    #expect(cloud.position(1) == (3_500_001.0, 5_800_000.5, 101))
  }

  @Test(
    "what is wrong is said with its line",
    arguments: [
      (
        "1 2 3 0\n1 2 3\n",
        "line 2 has 3 columns, not 4 as the others: every point has the same number"
      ),
      ("1 2 3 0\n\n1 2 x 1\n", "line 3 holds no number in column 2"),
      ("1,2,3,0\n1,,3,1\n", "line 2 has nothing in column 1: write a number"),
      (
        "1 2 nan 0\n",
        "line 1 holds no finite number in column 2: leave such points out of the file"
      ),
      ("1 2 3 0.5\n", "holds 0.5 at point 0 in column 3: labels are whole numbers"),
      ("1 2\n", "has 2 columns, and data.points.columns names 2: they count from 0"),
      ("# nothing\n", "holds no points"),
    ])
  func faults(_ text: String, _ message: String) { #expect(refusal(text) == message) }

  // MARK: - NumPy

  private func npy(
    _ type: String, _ shape: String, _ numbers: [UInt8], order: String = "False"
  ) -> [UInt8] {
    var header = "{'descr': '\(type)', 'fortran_order': \(order), 'shape': (\(shape)), }"
    header += String(repeating: " ", count: 64 - (header.utf8.count + 11) % 64) + "\n"
    return [0x93] + Array("NUMPY".utf8) + [
      1, 0, UInt8(header.utf8.count & 255), UInt8(header.utf8.count >> 8),
    ]
      + Array(header.utf8) + numbers
  }

  private let three: [Float] = [1, 2, 3, 0, 2, 2, 5, 2, 1.5, 4, 3, 1]

  @Test("arrays of NumPy are read in both byte orders")
  func arrays() throws {
    let little = three.flatMap { value in
      withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }
    let big = three.flatMap { value in
      withUnsafeBytes(of: Double(value).bitPattern.bigEndian) { Array($0) }
    }
    expectThree(try cloud("a.npy", npy("<f4", "3, 4", little)))
    expectThree(try cloud("a.npy", npy(">f8", "3, 4", big)))
    #expect(
      refusal("a.npy", npy("<f4", "300000000000, 4", little))
        == "says that it holds 300000000000 × 4 numbers, which are more than the file has: it was cut short"
    )
    #expect(
      refusal("a.npy", npy("<f4", "3, 4", little, order: "True"))
        == "lies column by column: save numpy.ascontiguousarray of it")
    #expect(
      refusal("a.npy", npy("|O", "3, 4", little))
        == "holds numbers of type |O: save integers, float32 or float64")
    #expect(refusal("a.npy", Array("PK".utf8)) != nil)
    #expect(refusal("a.npy", Array(npy("<f4", "3, 4", little).prefix(40))) != nil)
  }

  @Test("NaN in an array is refused with its point")
  func notFinite() {
    var values = three
    values[4] = .nan
    let bytes = values.flatMap { value in
      withUnsafeBytes(of: value.bitPattern.littleEndian) { Array($0) }
    }
    #expect(
      refusal("a.npy", npy("<f4", "3, 4", bytes))
        == "holds nan at point 1, from 0: leave such points out of the file")
  }

  // MARK: - PLY

  private func header(_ format: String, vertices: Int = 3, _ properties: [String]? = nil) -> String
  {
    let properties =
      properties ?? ["float x", "float y", "double z", "uchar class"]
    return "ply\nformat \(format) 1.0\ncomment made for a test\nelement vertex \(vertices)\n"
      + properties.map { "property \($0)\n" }.joined()
      + "element face 0\nproperty list uchar int vertex_indices\nend_header\n"
  }

  @Test("PLY is read as text and binary")
  func ply() throws {
    let named = PointColumns(
      position: [.name("x"), .name("y"), .name("z")], label: .name("class"))
    let text = header("ascii") + "1 2 3 0\n2 2 5 2\n1.5 4 3 1\n"
    expectThree(try cloud("a.ply", Array(text.utf8), named))
    func rows(isBig: Bool) -> [UInt8] {
      stride(from: 0, to: 12, by: 4).flatMap { row -> [UInt8] in
        func bytes<Number: FixedWidthInteger>(_ value: Number) -> [UInt8] {
          withUnsafeBytes(of: isBig ? value.bigEndian : value.littleEndian) { Array($0) }
        }
        return bytes(three[row].bitPattern) + bytes(three[row + 1].bitPattern)
          + bytes(Double(three[row + 2]).bitPattern) + [UInt8(three[row + 3])]
      }
    }
    let little = Array(header("binary_little_endian").utf8) + rows(isBig: false)
    expectThree(try cloud("a.ply", little, named))
    expectThree(
      try cloud("a.ply", Array(header("binary_big_endian").utf8) + rows(isBig: true), named))
    #expect(
      refusal("a.ply", Array(little.dropLast(20)), named)
        == "says that it has 3 vertices, which are more than the file holds: it was cut short")
    #expect(
      refusal("a.ply", Array(text.utf8), PointColumns(label: .name("label")))
        == "has no column 'label': it has x, y, z, class")
    #expect(
      refusal("a.ply", Array((header("ascii", vertices: 2, ["list uchar int x"]) + "1 2\n").utf8))
        == "says 'property list uchar int x' of its vertices: each property must be a single number"
    )
    #expect(refusal("a.ply", Array("ply\nformat ascii 1.0\n".utf8), named) != nil)
  }

  @Test("a file that ends in something else is refused with the endings there are")
  func endings() {
    let message = refusal("a.obj", [])
    #expect(message?.contains(".ply, .npy, .txt, .csv") == true, "\(message ?? "")")
  }

  @Test("what is written of labelled points is read again as it was")
  func writing() throws {
    let cloud = try cloud("3500000.125 5800000.25 100 0\n3500001.0 5800000.5 101 1\n")
    let bytes = LabelledPoints.ply(
      cloud, labels: [1, 0], classes: ["floor", "wall"],
      palette: ClassPalette(classes: ["floor", "wall"]))
    let again = try self.cloud(
      "b.ply", bytes,
      PointColumns(
        position: [.name("x"), .name("y"), .name("z")],
        colors: [.name("red"), .name("green"), .name("blue")], label: .name("label")))
    #expect(again.origin == cloud.origin && again.positions == cloud.positions)
    #expect(again.labels == [1, 0])
  }
}
