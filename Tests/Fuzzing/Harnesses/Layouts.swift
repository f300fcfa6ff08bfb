@testable import DataLayouts
@testable import Datasets
import Foundation
@testable import Groundwork

extension Harness {
  static let coco = layout(
    COCOLayout.self, file: "instances.json",
    words: [
      "\"segmentation\"", "\"counts\"", "\"size\"", "\"iscrowd\"", "\"bbox\"", "\"categories\"",
      "NaN",
    ],
    """
    {"images": [{"id": 1, "file_name": "a.png", "height": 8, "width": 9}], "categories": [{"id": 3, "name": "x"}],
    "annotations": [{"id": 1, "image_id": 1, "category_id": 3, "segmentation": [[1, 1, 7.5, 2, 4, 6]]},
    {"id": 2, "image_id": 1, "category_id": 3, "segmentation": {"size": [8, 9], "counts": "325101O000O2O00L;"}},
    {"id": 3, "image_id": 1, "category_id": 3, "iscrowd": 1, "segmentation": {"size": [8, 9], "counts": [3, 4, 65]}}]}
    """)
  static let labelme = layout(
    LabelMeLayout.self, file: "a.json",
    words: [
      "\"circle\"", "\"rectangle\"", "\"linestrip\"", "\"mask\"", "\"point\"", "\"line\"",
      "\"group_id\"",
      "\"imageData\"", "\"shape_type\"", "\"points\"", "1e300", "-1e9",
    ],
    """
    {"shapes": [{"label": "x", "points": [[1, 1], [7, 2], [4, 6]], "shape_type": "polygon"},
    {"label": "y", "points": [[1, 1], [3, 2]], "shape_type": "circle"}], "imagePath": "a.png",
    "imageHeight": 8, "imageWidth": 9}
    """)
  static let via = layout(
    VIALayout.self, file: "via.json",
    words: [
      "\"circle\"", "\"ellipse\"", "\"rect\"", "\"polyline\"", "\"theta\"", "\"rx\"", "\"cx\"",
      "\"_via_img_metadata\"", "1e300",
    ],
    """
    {"a": {"filename": "a.png", "regions": [{"shape_attributes": {"name": "polygon", "all_points_x": [1, 7, 4],
    "all_points_y": [1, 2, 6]}, "region_attributes": {"label": "x"}},
    {"shape_attributes": {"name": "ellipse", "cx": 4, "cy": 3, "rx": 2, "ry": 1, "theta": 0.5},
    "region_attributes": {"label": "x"}}]}}
    """)
  static let cvat = layout(
    CVATLayout.self, file: "annotations.xml",
    words: [
      "<polygon ", "<mask ", "<box ", "<ellipse ", "points=\"", "rle=\"", "z_order=\"", "&#0;",
      "<![CDATA[",
    ],
    """
    <annotations><meta/><image name="a.png" width="9" height="8"><polygon label="x" points="1,1;7,2;4,6"/>
    <mask label="y" rle="1, 2, 3" left="1" top="1" width="3" height="2"/>
    <box label="y" xtl="1" ytl="1" xbr="4.5" ybr="3"/><ellipse label="x" cx="3" cy="3" rx="2" ry="1"/></image></annotations>
    """)
  static let supervisely = layout(
    SuperviselyLayout.self, file: "ds/ann/a.png.json",
    words: [
      "\"bitmap\"", "\"exterior\"", "\"interior\"", "\"origin\"", "\"data\"", "\"geometryType\"",
      "1e300",
    ],
    """
    {"size": {"height": 8, "width": 9}, "objects": [{"classTitle": "x", "geometryType": "polygon",
    "points": {"exterior": [[1, 1], [7, 2], [4, 6]], "interior": [[[2, 2], [3, 2], [3, 3]]]}},
    {"classTitle": "y", "geometryType": "rectangle", "points": {"exterior": [[1, 1], [3, 3]], "interior": []}}]}
    """)
  static let kaggle = layout(
    KaggleLayout.self, file: "train.csv",
    words: ["ImageId", "EncodedPixels", "ClassId", ",", "\"", "9223372036854775807"],
    "ImageId,EncodedPixels\na.png,3 4 9 2\na.png,\"20 5\"\n")

  /// Reads the annotations of one image, and draws what they say.
  private static func layout(
    _ layout: any DataLayout.Type, file: String, words: [String], _ seed: String
  ) -> Harness {
    Harness(
      name: layout.name == "kaggle-rle" ? "kaggle" : layout.name, about: layout.about, words: words,
      seeds: { [seed].bytes }
    ) { bytes in
      writeImages()
      ScratchFolder.write(bytes, to: file)
      let folder = SourceFolder(ScratchFolder.path)
      _ = layout.recognize(folder)
      guard let found = try? layout.read(folder, LayoutOptions()) else { return }
      for sample in found.samples {
        guard case .drawn(let drawing) = sample.truth else { continue }
        let size = drawing.size ?? Size(height: 8, width: 9)
        guard size.area <= 1 << 20 else { continue }
        var canvas = Canvas(size: size)
        let draw = drawing.draw
        try? draw(&canvas)
      }
    }
  }

  /// The images that the annotations tell of.
  private static func writeImages() { _ = writtenImages }
  private static let writtenImages: Void = {
    let mask = Mask(size: Size(height: 8, width: 9), ids: [UInt8](repeating: 5, count: 72))
    for name in ["a.png", "ds/img/a.png"] {
      if let png = try? PNG.encode(mask, palette: []) { ScratchFolder.write(png, to: name) }
    }
    ScratchFolder.write(
      Array(
        #"{"classes": [{"title": "x", "shape": "polygon"}, {"title": "y", "shape": "any"}]}"#.utf8),
      to: "meta.json")
  }()
}
