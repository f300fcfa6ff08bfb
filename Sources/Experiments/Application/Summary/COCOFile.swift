internal import Groundwork
internal import Learning
internal import Tracking

/// The objects of all images in the format of COCO's object detection.
///
/// An object without holes is its polygons. One with holes is a mask in run lengths, since COCO's polygons
/// have no holes. Ids of images and objects begin at 1; those of categories are class ids.
struct COCOFile: SummaryFile {
  let classes: [String]
  /// The classes that make objects: all but class 0 where it is the background.
  let categories: Range<Int>

  let name = "coco.json"
  let listsObjects = true

  init(classes: [String], hasPlanes: Bool) {
    self.classes = classes
    categories = (hasPlanes ? 0 : 1)..<classes.count
  }

  /// One annotation, category or image a line, the keys of every object sorted.
  func text(of images: [ImageSummary]) -> String {
    var text = "{\"annotations\":["
    var objects = 0
    for (index, image) in images.enumerated() {
      for object in image.objects {
        objects += 1
        text += objects == 1 ? "\n" : ",\n"
        append(object, number: objects, image: index + 1, image.size, to: &text)
      }
    }
    let categories = self.categories.map { id in
      "{\"id\":\(id),\"name\":\(JSONText.quoted(classes[id]))}"
    }
    let images = images.enumerated().map { index, image in
      "{\"file_name\":\(JSONText.quoted(image.fileName)),\"height\":\(image.size.height),"
        + "\"id\":\(index + 1),\"width\":\(image.size.width)}"
    }
    text += "\n],\"categories\":[\n\(categories.joined(separator: ",\n"))\n],"
    return text + "\"images\":[\n\(images.joined(separator: ",\n"))\n]}\n"
  }

  private func append(
    _ object: ImageObject, number: Int, image: Int, _ size: Size, to text: inout String
  ) {
    let box = object.box
    text += "{\"area\":\(object.pixels),"
    text += "\"bbox\":[\(box.left),\(box.top),\(box.width),\(box.height)],"
    text += "\"category_id\":\(object.classID),\"id\":\(number),\"image_id\":\(image),"
    text += "\"iscrowd\":0,"
    if let score = object.score { text += "\"score\":\(score)," }
    text += "\"segmentation\":"
    if object.polygons.allSatisfy(\.holes.isEmpty) {
      text.appendList(object.polygons) { polygon, text in
        text.appendList(polygon.exterior) { $1 += "\($0.x),\($0.y)" }
      }
    } else {
      text += "{\"counts\":"
      text.appendList(RunLengths(object.polygons, size: size).counts) { $1 += "\($0)" }
      text += ",\"size\":[\(size.height),\(size.width)]}"
    }
    text += "}"
  }
}
