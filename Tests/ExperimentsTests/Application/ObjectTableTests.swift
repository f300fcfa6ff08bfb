@testable import Experiments
@testable import Groundwork
@testable import Learning
import Testing

@Suite("Tables of predictions")
struct ObjectTableTests {
  private static let classes = ["background", "cell, dead", "cell"]
  private static let image = ImageSummary.drawn("a", "11.2\n1...\n..1.", classes: 3)

  @Test("each object has a line, with areas where the extent of a pixel is known")
  func objects() {
    let table = ObjectTable(classes: Self.classes, pixel: PixelExtent("0.5x2um"))
    #expect(
      table.text(of: [Self.image]).replacing("\r\n", with: "\n") == """
        image,object,class,pixels,area_um2,left,top,width,height,centroid_x,centroid_y
        a,1,"cell, dead",3,3.0,0,0,2,2,0.8333333333333333,0.8333333333333333
        a,2,cell,1,1.0,3,0,1,1,3.5,0.5
        a,3,"cell, dead",1,1.0,2,2,1,1,2.5,2.5

        """)
  }

  @Test("each class has a line with its objects, of which the background makes none")
  func shares() {
    let table = ClassShares(classes: Self.classes, pixel: nil)
    #expect(
      table.text(of: [Self.image]).replacing("\r\n", with: "\n") == """
        image,class,pixels,share,objects
        a,background,7,0.5833333333333334,
        a,"cell, dead",4,0.3333333333333333,2
        a,cell,1,0.08333333333333333,1

        """)
  }

  @Test("the pixels of a single class that a pixel may be of or not are those it is of")
  func singlePlane() {
    let image = ImageSummary(
      name: "a", fileName: "a.png", labels: [1, 0, 0, 0], size: Size(height: 1, width: 4),
      hasPlanes: true, classes: 1,
      objects: ImageObject.all(
        in: [1, 0, 0, 0], size: Size(height: 1, width: 4), hasPlanes: true, isOutlined: false))
    let table = ClassShares(classes: ["cell"], pixel: nil)
    #expect(
      table.text(of: [image]).replacing("\r\n", with: "\n")
        == "image,class,pixels,share,objects\na,cell,1,0.25,1\n")
  }

  @Test(
    "the extent of a pixel is a number or two and a unit", arguments: ["", "2", "0um", "1x1x1m"])
  func extent(text: String) {
    #expect(PixelExtent(text) == nil)
    #expect(PixelExtent("0.5x2 mm").map { [$0.height, $0.width] } == [0.5, 2])
  }

  @Test(
    "the extent of a pixel is shown as it was written, a space before the unit",
    arguments: [
      ("4nm", "4 nm"), ("4.0 nm", "4.0 nm"), ("0.5x0.25mm", "0.5 × 0.25 mm"), ("2x2µm", "2 × 2 µm"),
    ])
  func shownExtent(written: String, shown: String) {
    #expect(PixelExtent(written)?.text == shown)
  }
}
