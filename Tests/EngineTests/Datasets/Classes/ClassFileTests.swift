@testable import Datasets
import Foundation
import Groundwork
import Testing

@Suite struct ClassFileTests {
  private func read(_ text: String) throws -> ClassFile {
    try withTemporaryFolder { folder in
      try Data(text.utf8).write(to: URL(fileURLWithPath: folder + "/classes"))
      return try ClassFile(path: folder + "/classes")
    }
  }

  @Test(
    "names of a table are its names, in the order of its ids",
    arguments: [
      ("background\ncar\n", nil), ("name\tr\tg\tb\nbackground\t0\t0\t0\ncar\t64\t0\t128\n", true),
      ("name,r,g,b\nbackground,0,0,0\ncar,64,0,128\n", true),
      ("Name, R, G, B\r\n\"background\", 0, 0, 0\r\ncar, 64, 0, 128\r\n", true),
      ("background,0,0,0\ncar,64,0,128\n", true), ("0,background,0,0,0\n1,car,64,0,128\n", true),
      ("id;label\n1;car\n0;background\n", nil), ("1,car\n0,background\n", nil),
      ("label,class\n1,car\n0,background\n", nil), ("0 background\n1 car\n", nil),
      ("0 0 0 background\n64 0 128\tcar\n", true), ("0 0 0\tbackground\n64 0 128\tcar\n", true),
      ("background 0 0 0\ncar 64 0 128\n", true),
      ("name r g b\nbackground 0 0 0\ncar 64 0 128\n", true),
      ("1 car 64 0 128\n0 background 0 0 0\n", true),
      ("1 64 0 128 car\n0 0 0 0 background\n", true),
      ("id name r g b\n1 car 64 0 128\n0 background 0 0 0\n", true),
      ("name b g r\nbackground 0 0 0\ncar 128 0 64\n", true),
      ("# name b g r\nbackground 0 0 0\ncar 128 0 64\n", true),
      ("#,name,b,g,r\n1,car,128,0,64\n0,background,0,0,0\n", true),
      ("background,0,0,0,255\ncar,64,0,128,255\n", true),
      ("background 0 0 0 255\ncar 64 0 128 255\n", true),
      ("name,r,g,b,a\nbackground,0,0,0,255\ncar,64,0,128,255\n", true),
      ("id,trainId,name\n9,1,car\n7,0,background\n", nil),
      ("car: 1\nbackground: 0\n", nil), ("1: car\n0: background\n", nil),
      ("car 1\nbackground 0\n", nil), ("1. car\n0. background\n", nil),
      ("1) car\n0) background\n", nil), ("car=1\nbackground=0\n", nil),
      ("- background\n- 'car'\n", nil), ("\"background\"\n\"car\"\n", nil),
      ("# label:color_rgb:parts:actions\nbackground:0,0,0::\ncar:64,0,128::\n", true),
    ] as [(String, Bool?)])
  func tables(text: String, hasColours: Bool?) throws {
    let file = try read(text)
    #expect(file.classes.map(\.name) == ["background", "car"])
    if hasColours == true {
      #expect(try file.colours().map(\.colour) == [RGB(0, 0, 0), RGB(64, 0, 128)])
    } else {
      #expect(throws: DataError.self) { try file.colours() }
    }
  }

  @Test(
    "a column of ids is known by many headings",
    arguments: [
      "trainId", "train_id", "category_id", "mask_value", "pixel", "gray", "grey", "idx", "index",
      "No", "number", "key", "code", "cls", "color_index", "label_id", "value", "Class ID",
    ])
  func idHeadings(heading: String) throws {
    let file = try read("\(heading),name\n1,car\n0,background\n")
    #expect(file.classes.map(\.name) == ["background", "car"])
  }

  @Test func `names that only look a little like a table are names`() throws {
    for names in [
      ["2 door car", "sedan"], ["car, parked", "tree"], ["traffic sign", "road"], ["sky", "8"],
      ["a:b", "c"], ["class 1", "class 2"], ["class 0", "class 1"], ["cell", "stage 2 cell"],
      ["stage: 0", "stage: 1"], ["3.5 inch", "flat"],
    ] {
      #expect(try read(names.joined(separator: "\n")).classes.map(\.name) == names)
    }
    #expect(try read("0 traffic sign\n1 road\n").classes.map(\.name) == ["traffic sign", "road"])
  }

  @Test(
    "what is neither is refused with the line",
    arguments: [
      ("name\nbackground\ncar\n", 1, "'name' is a class or a header"),
      ("{\"0\": \"background\"}\n", 1, "is JSON"),
      (
        "car, parked\ntree, old\n", 1,
        "is a row of 2 columns, and it is not clear which is the name"
      ),
      ("background,0,0,0\ncar,64,0\n", 1, "looks like the row of a table, but not every line is"),
      ("name,r,g,b\n", 1, "is a header, and no class follows"),
      ("a,b,r,g\nx,y,0,0\n", 1, "does not say which column is the name"),
      ("name,r,g,b\nbackground,0,0,0\ncar,64,0,x\n", 3, "has 'x' where colours are 0 to 255"),
      ("name,r,g,b\nbackground,0,0,0\ncar,64,0,300\n", 3, "has '300' where colours are 0 to 255"),
      ("name,rank\ncar,1\nbackground,0\n", 1, "'rank' heads a column of numbers"),
      ("name,id,value\ncar,1,0\nsky,0,1\n", 1, "'id' and 'value' could both be the ids"),
      ("rank name\n1 car\n0 background\n", 1, "'rank name' is no row of the table that follows"),
      ("id name\n1 car\nbackground\n", 2, "'1 car' is no row of the header 'id name'"),
      ("background,0,0,0,255\ncar,1,0,0,255\n", 1, "whether they are id,r,g,b or r,g,b,a"),
      ("background,1,0,0,0\ncar,2,64,0,128\n", 1, "whether they are id,r,g,b or r,g,b,a"),
      ("background 0 0 0\ncar\n", 1, "looks like the row of a table, but not every line is"),
      ("0: background\n2: car\n", 2, "has '2' where ids are 0 to 1"),
      ("background: 1\ncar: 2\n", 2, "has '2' where ids are 0 to 1"),
      ("0: background\ncar\n", 2, "'car' has no id, but line 1 has"),
      ("0 background\n2 car\n", 2, "has '2' where ids are 0 to 1"),
      ("0 background\n0 car\n", 2, "id 0 is also that of line 1"),
    ] as [(String, Int, String)])
  func refusals(text: String, line: Int, reason: String) {
    let error = #expect(throws: DataError.self) { try read(text) }
    #expect(error?.problems.map(\.line) == [line])
    #expect(error?.problems.first?.message.contains(reason) == true, "\(error.debugDescription)")
  }

  @Test func `a colour has one name`() throws {
    let file = try read("car 1 2 3\ntree 1 2 3\n")
    let error = #expect(throws: DataError.self) { try file.colours() }
    #expect(error?.problems.first?.message == "colour 1 2 3 is both 'car' and 'tree'")
  }
}
