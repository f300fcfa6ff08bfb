@testable import Datasets
import Foundation
@testable import Groundwork
@testable import Learning
import Testing

@Suite struct SampleGroupsTests {
  /// The groups of a list of images that need not exist.
  private func numbers(
    _ images: [String], _ groups: DataConfiguration.Groups, stack: ImageStack = .init(channels: 1),
    files: [String: String] = [:]
  ) throws -> [Int] {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder)
      try dataset.writeText("list.txt", images.map { "\($0) m.png\n" }.joined())
      for (name, text) in files { try dataset.writeText(name, text) }
      let list = Listing(try ListFile(path: "list.txt", root: folder, stack: stack))
      let groups: DataConfiguration.Groups =
        if case .file(let name) = groups { .file("\(folder)/\(name)") } else { groups }
      return try list.groups(groups, stack, root: folder).numbers
    }
  }

  @Test func `samples are by themselves unless they are slices of one volume`() throws {
    #expect(try numbers(["a.png", "a.png", "b/c.png"], .volumes) == [0, 1, 2])
    let volumes = ["v.h5:/raw[0]", "a.png", "w.h5:/raw[0]", "v.h5:/other[3]"]
    #expect(try numbers(volumes, .volumes) == [0, 1, 2, 0])
    #expect(try numbers(volumes, .none) == [0, 1, 2, 3])
  }

  @Test func `lines that see each other as neighbouring slices belong together`() throws {
    let stack = ImageStack(images: [1], slices: .init(before: 1, after: 1))
    #expect(
      try numbers(["p/1.png", "p/2.png", "q/1.png", "p/3.png"], .volumes, stack: stack)
        == [0, 0, 1, 2])
  }

  @Test func `folders, patterns and files name groups`() throws {
    let images = ["p1/a_1.png", "p1/b_2.png", "p2/a_3.png"]
    #expect(try numbers(images, .folder) == [0, 0, 1])
    #expect(try numbers(images, .pattern(#"([a-z])_\d"#)) == [0, 1, 0])
    #expect(try numbers(images, .pattern(#"^p\d"#)) == [0, 0, 1])
    let file = "# image group\np1/a_1.png x\n\"p1/b_2.png\" y\np2/a_3.png\ty\n"
    #expect(try numbers(images, .file("groups.txt"), files: ["groups.txt": file]) == [0, 1, 1])
  }

  @Test func `a volume or folder is one under all of its names`() throws {
    try withTemporaryFolder { folder in
      let dataset = try SmallDataset(folder)
      try FileManager.default.createDirectory(
        atPath: folder + "/p", withIntermediateDirectories: true)
      for (link, target) in [("l.h5", "v.h5"), ("q", "p")] {
        try FileManager.default.createSymbolicLink(
          atPath: "\(folder)/\(link)", withDestinationPath: target)
      }
      try dataset.writeText("v.h5", "")
      try dataset.writeText("p/1.png", "")
      func numbers(
        _ images: [String], _ groups: DataConfiguration.Groups
      ) throws -> [Int] {
        try dataset.writeText("list.txt", images.map { "\($0) m.png\n" }.joined())
        let stack = ImageStack(channels: 1)
        return try Listing(ListFile(path: "list.txt", root: folder, stack: stack))
          .groups(groups, stack, root: folder).numbers
      }
      #expect(
        try numbers(["v.h5:/r[0]", "l.h5:/r[1]", "./v.h5:/r[2]", "p/1.png"], .volumes)
          == [0, 0, 0, 1])
      #expect(try numbers(["p/1.png", "q/2.png", "./p/3.png"], .folder) == [0, 0, 0])
      try dataset.writeText("groups.txt", "./p/1.png a\n")
      #expect(try numbers(["p/1.png"], .file(folder + "/groups.txt")) == [0])
    }
  }

  @Test func `what has no group, or two, is said with its place`() throws {
    func problems(_ groups: DataConfiguration.Groups, file: String = "") -> [String] {
      do {
        _ = try numbers(
          ["a_1.png", "b.png"], groups, files: ["groups.txt": file])
        return []
      } catch {
        return ((error as? DataError)?.problems ?? []).map { problem in
          let file = problem.file?.split(separator: "/").last ?? ""
          let message = problem.message.replacing(/in \/.*groups/, with: "in groups")
          return "\(file):\(problem.line ?? 0): \(message)"
        }
      }
    }
    #expect(
      problems(.pattern(#"(.*)_\d"#))
        == [#"list.txt:2: image b.png does not fit data.groups.pattern '(.*)_\d'"#])
    #expect(
      problems(.file("groups.txt"), file: "a_1.png x\n")
        == ["list.txt:2: image b.png has no group in groups.txt"])
    #expect(
      problems(.file("groups.txt"), file: "a_1.png x\na_1.png y\nb.png x\n")
        == ["groups.txt:2: image a_1.png is in group 'x' and in group 'y'"])
    #expect(
      problems(.file("groups.txt"), file: "a_1.png\n")[0]
        == "groups.txt:1: expected 'image group', found 'a_1.png' (quote paths that hold blanks)")
  }

  @Test func `a part of a list that is one group cannot be held back`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      dataset.configuration.groups = .folder
      for validation: DataConfiguration.Validation in [.fraction(0.3), .fold(1, of: 2)] {
        dataset.configuration.source = .lists(train: "train.txt", validation: validation)
        let problems = dataset.problems()
        #expect(problems.count == 1)
        #expect(
          problems[0].contains(
            "all 3 samples are of one group, of which no part can be held back"))
      }
    }
  }

  @Test func `a list that cannot be parted hides nothing that is wrong with its files`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      try dataset.writeText("t1.png", "no image")
      dataset.configuration.groups = .folder
      dataset.configuration.source = .lists(train: "train.txt", validation: .fraction(0.3))
      let error = #expect(throws: DataError.self) {
        try DataInspector().inspect(dataset.configuration, seed: 1)
      }
      #expect(error?.problems.map(\.line) == [2, nil])
    }
  }

  @Test func `a group that trains does not validate, where lists say which does`() throws {
    try withTemporaryFolder { folder in
      var dataset = try SmallDataset(folder)
      dataset.configuration.groups = .pattern("^[tv]0|^..")
      #expect(dataset.problems() == [])
      dataset.configuration.groups = .pattern(#"\d"#)
      #expect(
        dataset.problems().map { $0.split(separator: "/").last.map(String.init) } == [
          "val.txt:1: image v0.png is of group '0', as t0.png (line 1 of train.txt) is: "
            + "a group trains or validates as a whole",
          "val.txt:2: image v1.png is of group '1', as t1.png (line 2 of train.txt) is: "
            + "a group trains or validates as a whole",
        ])
    }
  }
}
