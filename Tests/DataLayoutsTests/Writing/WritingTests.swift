@testable import DataLayouts
import Datasets
import Foundation
import Groundwork
import Testing

@Suite struct WritingTests {
  @Test("paths lead from one folder to files of another, whatever links are on the way")
  func relativePaths() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "images/a b.png")
    let image = "\(folder.path)/images/a b.png"
    #expect(RelativePath.from("\(folder.path)/data/mine", to: image) == "../../images/a b.png")
    #expect(RelativePath.from("\(folder.path)/images", to: image) == "a b.png")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folder.path)/link", withDestinationPath: "\(folder.path)/images")
    #expect(RelativePath.from("\(folder.path)/link/new", to: image) == "../a b.png")
  }

  @Test("a line of a list is read back as it was meant")
  func lines() throws {
    let folder = try TemporaryFolder()
    let lines = [("a b.png", "m;1.png"), ("#1.png", "größe.png"), ("plain.png", "m.png")]
    let text = lines.compactMap { ListLines.line([$0.0], $0.1) }.joined(separator: "\n")
    let path = try folder.write(text, to: "list.txt")
    let samples = try ListFile(path: path, root: nil).samples
    #expect(samples.map(\.imageName) == lines.map(\.0))
    #expect(samples.map(\.maskName) == lines.map(\.1))
    #expect(ListLines.line(["a\"b.png"], nil) == nil)
  }

  @Test("a class file is read back, whatever the names are")
  func classes() throws {
    let folder = try TemporaryFolder()
    let names = ["name", "12", "red, green", "id;x", "#1", "größe 2", "class"]
    let plain = try folder.write(ClassFileText.text(names.map { AnnotatedClass($0) }), to: "a.csv")
    #expect(try ClassFile(path: plain).classes.map(\.name) == names)
    let colored = names.enumerated().map { AnnotatedClass($1, RGB(UInt8($0), 2, 3)) }
    let file = try folder.write(ClassFileText.text(colored), to: "b.csv")
    #expect(try ClassFile(path: file).classes.map(\.colour) == colored.map(\.color))
  }

  @Test("more classes than a mask can hold are refused before anything is drawn")
  func tooManyClasses() throws {
    let folder = try TemporaryFolder()
    let drawing = Drawing(size: nil, place: AnnotationPlace(file: "a.json")) { _ in
      Issue.record("nothing is drawn")
    }
    let dataSet = AnnotatedDataSet(
      classes: (0...65_535).map { AnnotatedClass("\($0)") },
      samples: [AnnotatedSample(image: "a.png", truth: .drawn(drawing))])
    let writer = DataSetWriter(
      dataSet, from: SourceFolder(folder.path), to: folder.path, writingIn: folder.path
    ) { _, _ in }
    let error = #expect(throws: DataError.self) { try writer.write() }
    #expect(error?.description.contains("has 65536 classes, and a mask holds at most") == true)
  }

  @Test("an image is turned as EXIF says", arguments: 1...8)
  func turned(_ orientation: Int) {
    let image = Raster(size: Size(height: 2, width: 3), channels: 1, pixels: [1, 2, 3, 4, 5, 6])
    let shown: [[UInt8]] = [
      [1, 2, 3, 4, 5, 6], [3, 2, 1, 6, 5, 4], [6, 5, 4, 3, 2, 1], [4, 5, 6, 1, 2, 3],
      [1, 4, 2, 5, 3, 6], [4, 1, 5, 2, 6, 3], [6, 3, 5, 2, 4, 1], [3, 6, 2, 5, 1, 4],
    ]
    #expect(image.turned(orientation).pixels == shown[orientation - 1])
  }
}
