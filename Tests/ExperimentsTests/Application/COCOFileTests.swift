@testable import Experiments
import Foundation
import Testing

@Suite("Objects in COCO's format")
struct COCOFileTests {
  private let file = COCOFile(classes: ["background", "ring", "bar"], hasPlanes: false)

  @Test("objects are polygons, and run lengths where they have holes")
  func annotations() {
    let images = [
      ImageSummary.drawn("a", "111.\n1.12\n111.", classes: 3),
      ImageSummary.drawn("b", "2.\n.2", classes: 3),
    ]
    #expect(
      file.text(of: images) == """
        {"annotations":[
        {"area":8,"bbox":[0,0,3,3],"category_id":1,"id":1,"image_id":1,"iscrowd":0,\
        "segmentation":{"counts":[0,4,1,4,3],"size":[3,4]}},
        {"area":1,"bbox":[3,1,1,1],"category_id":2,"id":2,"image_id":1,"iscrowd":0,\
        "segmentation":[[3,1,4,1,4,2,3,2]]},
        {"area":2,"bbox":[0,0,2,2],"category_id":2,"id":3,"image_id":2,"iscrowd":0,\
        "segmentation":[[0,0,1,0,1,1,0,1],[1,1,2,1,2,2,1,2]]}
        ],"categories":[
        {"id":1,"name":"ring"},
        {"id":2,"name":"bar"}
        ],"images":[
        {"file_name":"a.png","height":3,"id":1,"width":4},
        {"file_name":"b.png","height":2,"id":2,"width":2}
        ]}

        """)
  }

  @Test("class 0 is a category where a pixel may be of several classes")
  func categories() throws {
    let text = COCOFile(classes: ["cell"], hasPlanes: true).text(of: [])
    let json = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    let categories = try #require(json?["categories"] as? [[String: Any]])
    #expect(categories.map { $0["id"] as? Int } == [0])
    #expect((json?["annotations"] as? [Any])?.isEmpty == true)
  }
}
