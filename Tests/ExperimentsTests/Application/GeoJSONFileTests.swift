@testable import Experiments
import Foundation
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Objects as GeoJSON")
struct GeoJSONFileTests {
  private let file = GeoJSONFile(
    classes: ["background", "a \"cell\""], palette: ClassPalette(classes: ["background", "cell"]))

  private func text(_ drawn: String) -> String {
    file.text(of: ImageSummary.drawn("a", drawn, classes: 2).objects)
  }

  @Test("an object is a feature as QuPath has it, its rings closed")
  func feature() {
    #expect(
      text("...\n.11") == """
        {"features":[
        {"bbox":[1,1,3,2],"geometry":{"coordinates":[[[1,1],[3,1],[3,2],[1,2],[1,1]]],\
        "type":"Polygon"},"properties":{"area":2,"class_id":1,"classification":\
        {"color":[77,161,255],"name":"a \\"cell\\""},"object":1,"objectType":"annotation"},\
        "type":"Feature"}
        ],"type":"FeatureCollection"}

        """)
  }

  @Test("holes are rings, parts that meet at corners polygons, and no object is no feature")
  func geometries() throws {
    let found = text("111....\n1.1.1..\n111..1.")
    #expect(found.contains("[[[0,0],[3,0],[3,3],[0,3],[0,0]],[[1,2],[2,2],[2,1],[1,1],[1,2]]]"))
    #expect(
      found.contains("[[[[4,1],[5,1],[5,2],[4,2],[4,1]]],[[[5,2],[6,2],[6,3],[5,3],[5,2]]]]"))
    for text in [found, text("..")] {
      let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      let features = try #require(json?["features"] as? [[String: Any]])
      let types = features.compactMap { ($0["geometry"] as? [String: Any])?["type"] as? String }
      #expect(types == (text == found ? ["Polygon", "MultiPolygon"] : []))
    }
  }
}
