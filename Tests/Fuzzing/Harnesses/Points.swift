@testable import Datasets

extension Harness {
  static let pointText = Harness(
    name: "point-text", about: "points as text, and lists of them",
    words: ["nan", "inf", "1e308", "0x1p3", "//", "#", ",,", ";", "\t", "x y z class"],
    seeds: {
      ["1 2 3 0\n2 2 5 1\n", "x,y,z,c\n1,2,3,0\n", "1;2;3;0\n\n# no\n4;5;6;1\n"].bytes
    }
  ) { read($0, "points.txt") }

  static let pointArrays = Harness(
    name: "point-arrays", about: "points as NumPy saves them",
    words: ["NUMPY", "descr", "fortran_order", "shape", "<f4", ">f8", "|u1", "False", "(", ")"],
    seeds: {
      ["{'descr': '|u1', 'fortran_order': False, 'shape': (2, 4), }\n"].map { header in
        [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(header.utf8.count), 0] + Array(header.utf8)
          + [1, 2, 3, 0, 4, 5, 6, 1]
      }
    }
  ) { read($0, "points.npy") }

  static let pointPLY = Harness(
    name: "point-ply", about: "points of PLY files",
    words: [
      "ply\n", "format ", "ascii", "binary_little_endian", "binary_big_endian", "element vertex ",
      "property ", "list", "float", "double", "uchar", "end_header\n",
    ],
    seeds: {
      let properties = "property uchar x\nproperty uchar y\nproperty uchar z\nproperty uchar c\n"
      return ["ascii", "binary_little_endian", "binary_big_endian"].map { format in
        Array("ply\nformat \(format) 1.0\nelement vertex 2\n\(properties)end_header\n".utf8)
          + (format == "ascii" ? Array("1 2 3 0\n4 5 6 1\n".utf8) : [1, 2, 3, 0, 4, 5, 6, 1])
      }
    }
  ) { read($0, "points.ply") }

  private static let read: @Sendable ([UInt8], String) -> Void = { bytes, name in
    let file = ScratchFolder.write(bytes, to: name)
    let columns = PointColumns(features: [.number(4)], label: .number(3))
    for columns in [columns, PointColumns(label: .number(3)), PointColumns()] {
      guard let cloud = try? PointCloud(file, columns) else { continue }
      _ = try? cloud.blocks(PointSettings(count: 4, blocks: PointBlocks(size: 1, stride: 0.5)))
      _ = try? cloud.blocks(PointSettings(count: 4))
    }
  }
}
