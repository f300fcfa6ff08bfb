internal import Groundwork
internal import Learning
internal import Tracking

/// The objects of an image as GeoJSON (RFC 7946), with properties as QuPath has them.
///
/// Coordinates are pixels from the upper left corner of the image, y pointing down; they are none on the
/// Earth. An object whose parts meet at corners alone is a `MultiPolygon`.
struct GeoJSONFile {
  let classes: [String]
  let palette: ClassPalette

  /// A `FeatureCollection`, one feature a line, the keys of every object sorted.
  func text(of objects: [ImageObject]) -> String {
    let classifications = classes.indices.map(classification)
    var text = "{\"features\":["
    for (index, object) in objects.enumerated() {
      text += index == 0 ? "\n" : ",\n"
      append(object, number: index + 1, classifications[object.classID], to: &text)
    }
    return text + "\n],\"type\":\"FeatureCollection\"}\n"
  }

  private func append(
    _ object: ImageObject, number: Int, _ classification: String, to text: inout String
  ) {
    let box = object.box
    text += "{\"bbox\":[\(box.left),\(box.top),\(box.right),\(box.bottom)],"
    text += "\"geometry\":{\"coordinates\":"
    if object.polygons.count == 1 {
      Self.append(object.polygons[0], to: &text)
      text += ",\"type\":\"Polygon\"},"
    } else {
      text.appendList(object.polygons, Self.append)
      text += ",\"type\":\"MultiPolygon\"},"
    }
    text += "\"properties\":{\"area\":\(object.pixels),\"class_id\":\(object.classID),"
    text += "\"classification\":\(classification),\"object\":\(number),"
    text += "\"objectType\":\"annotation\"},\"type\":\"Feature\"}"
  }

  private func classification(_ id: Int) -> String {
    let colour = palette.colour(of: Label(id))
    return "{\"color\":[\(colour.red),\(colour.green),\(colour.blue)],"
      + "\"name\":\(JSONText.quoted(classes[id]))}"
  }

  /// The last position of a ring is its first once more.
  private static func append(_ polygon: Polygon, to text: inout String) {
    text.appendList(polygon.rings) { ring, text in
      text.appendList(ring + ring.prefix(1)) { $1 += "[\($0.x),\($0.y)]" }
    }
  }
}
