@testable import DataLayouts
import Datasets
import Foundation
import Groundwork
import Mutations
import Testing

@Suite struct DataLayoutTests {
  static let names = DataLayouts.all.map { $0.name }

  @Test("every layout has a name of its own, and says what it is")
  func distinctNames() {
    #expect(Set(Self.names).count == DataLayouts.all.count)
    for layout in DataLayouts.all {
      #expect(!layout.about.isEmpty && !layout.description.isEmpty)
    }
  }

  @Test("a folder without the layout's files is refused with a remedy", arguments: names)
  func emptyFolders(_ name: String) throws {
    let layout = try #require(DataLayouts.named(name))
    let folder = try TemporaryFolder()
    try folder.write("nothing", to: "notes.txt")
    let source = SourceFolder(folder.path)
    #expect(layout.recognize(source) == nil)
    let error = #expect(throws: DataError.self) { try layout.read(source, LayoutOptions()) }
    #expect(error?.description.contains(": ") == true && error?.problems.isEmpty == false)
  }

  /// The annotation file of a layout, and what it is called.
  static let small: [(layout: String, file: String, text: String)] = [
    (
      "coco", "instances.json",
      """
      {"images": [{"id": 1, "file_name": "a.png", "height": 8, "width": 9}], "categories": [{"id": 3, "name": "x"}],
      "annotations": [{"id": 1, "image_id": 1, "category_id": 3, "segmentation": [[1, 1, 7.5, 2, 4, 6]]},
      {"id": 2, "image_id": 1, "category_id": 3, "segmentation": {"size": [8, 9], "counts": "325101O000O2O00L;"}}]}
      """
    ),
    (
      "labelme", "a.json",
      """
      {"shapes": [{"label": "x", "points": [[1, 1], [7, 2], [4, 6]], "shape_type": "polygon"}], "imagePath": "a.png",
      "imageHeight": 8, "imageWidth": 9}
      """
    ),
    (
      "via", "via.json",
      """
      {"a": {"filename": "a.png", "regions": [{"shape_attributes": {"name": "polygon", "all_points_x": [1, 7, 4],
      "all_points_y": [1, 2, 6]}, "region_attributes": {"label": "x"}}]}}
      """
    ),
    (
      "cvat", "annotations.xml",
      """
      <annotations><meta/><image name="a.png" width="9" height="8"><polygon label="x" points="1,1;7,2;4,6"/>
      <mask label="y" rle="1, 2, 3" left="1" top="1" width="3" height="2"/></image></annotations>
      """
    ),
    (
      "cvat", "annotations.xml",
      """
      <annotations><meta/><image name="a.png" width="9" height="8"><ellipse label="x" cx="4" cy="3" rx="3.5" ry="2"
      rotation="30"/></image></annotations>
      """
    ),
    (
      "cvat", "annotations.xml",
      """
      <annotations><meta/><track label="x"><box frame="0" outside="0" xtl="1" ytl="1" xbr="4" ybr="5" z_order="0"/>
      <box frame="2" outside="1" xtl="3" ytl="1" xbr="6" ybr="5" z_order="0"/></track></annotations>
      """
    ),
    (
      "via", "project.json",
      """
      {"project": {"pid": "p"}, "attribute": {"1": {"aname": "a", "options": {"0": "x"}}}, "file": {"1": {"fname": "a.png",
      "type": 2}}, "view": {"1": {"fid_list": ["1"]}}, "metadata": {"m": {"vid": "1", "xy": [7, 1, 1, 7, 2, 4, 6], "av":
      {"1": "0"}}, "n": {"vid": "1", "xy": [4, 3, 3, 2, 1], "av": {"1": "0"}}}}
      """
    ),
    ("kaggle-rle", "train.csv", "ImageId,EncodedPixels\na.png,3 4 9 2\na.png,\"20 5\"\n"),
  ]

  @Test("a file of COCO's is found whatever the order of its keys and however long they are")
  func orderOfKeys() throws {
    let folder = try TemporaryFolder()
    let image = Mask(size: Size(height: 8, width: 9), ids: [UInt8](repeating: 5, count: 72))
    let blank = String(repeating: " ", count: 50_000)
    let parts = [
      "\"images\": [\(blank){\"id\": 1, \"file_name\": \"PART.png\", \"height\": 8, \"width\": 9}\(blank)]",
      "\"annotations\": [\(blank){\"id\": 1, \"image_id\": 1, \"category_id\": 3, "
        + "\"segmentation\": [[1, 1, 7.5, 2, 4, 6]]}\(blank)]",
      "\"categories\": [{\"id\": 3, \"name\": \"x\"}\(blank)]",
    ]
    for (part, order) in [("train", [1, 2, 0]), ("val", [0, 1, 2]), ("test", [2, 0, 1])] {
      try ImageFile.write(image, to: "\(folder.path)/\(part).png")
      let text = order.map { parts[$0] }.joined(separator: ",").replacing("PART", with: part)
      try folder.write("{\(text)}", to: "annotations/instances_\(part).json")
    }
    let layout = try #require(DataLayouts.named("coco"))
    let source = SourceFolder(folder.path)
    #expect(layout.recognize(source) != nil)
    #expect(try layout.read(source, LayoutOptions()).samples.count == 3)
  }

  @Test("damaged annotations are refused or drawn, and never crash", arguments: small.indices)
  func damaged(_ index: Int) throws {
    let (name, file, text) = Self.small[index]
    let layout = try #require(DataLayouts.named(name))
    let folder = try TemporaryFolder()
    let isVideo = text.contains("<track")
    try ImageFile.write(
      Mask(size: Size(height: 8, width: 9), ids: [UInt8](repeating: 5, count: 72)),
      to: "\(folder.path)/\(isVideo ? "frame_000001" : "a").png")
    var drawn = 0
    for seed in 0..<150 {
      let bytes = Array(text.utf8)
      try folder.write(
        seed == 0 ? bytes : Mutation(seed: UInt64(seed)).changed(bytes), to: file)
      switch Self.drawn(layout, SourceFolder(folder.path)) {
      case .success(let count): drawn += count
      case .failure(let error): #expect(!error.problems.isEmpty, "seed \(seed)")
      }
      if seed == 0 { #expect(drawn == 1, "the sound file is drawn") }
    }
  }

  /// How many masks hold an object.
  private static func drawn(
    _ layout: any DataLayout.Type, _ folder: SourceFolder
  ) -> Result<Int, DataError> {
    Result { () throws(DataError) -> Int in
      var count = 0
      for sample in try layout.read(folder, LayoutOptions()).samples {
        guard case .drawn(let drawing) = sample.truth else { continue }
        let size = drawing.size ?? Size(height: 8, width: 9)
        guard size.area < 1 << 20 else { continue }
        var canvas = Canvas(size: size)
        let draw = drawing.draw
        try draw(&canvas)
        count += canvas.hasInstances ? 1 : 0
      }
      return count
    }
  }
}
