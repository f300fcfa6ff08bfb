@testable import Groundwork
@testable import Learning
import Testing

@Suite("Masks in run lengths")
struct RunLengthsTests {
  @Test("runs are those of the pixels, column by column")
  func pixels() {
    for map in ObjectOutlinesTests.maps {
      for (index, object) in map.objects.enumerated() {
        let mask = map.mask(of: index + 1)
        let (height, width) = (map.size.height, map.size.width)
        var counts = [0]
        var isInside = false
        for place in 0..<height * width {
          let pixel = mask[place % height * width + place / height]
          if pixel != isInside { counts.append(0) }
          isInside = pixel
          counts[counts.count - 1] += 1
        }
        #expect(RunLengths(object.polygons, size: map.size).counts == counts, "\(map.labels)")
      }
    }
  }

  @Test("the first run is of pixels outside, if there are none of them, 0")
  func first() {
    let map = DrawnLabels("1.\n11\n.1")
    #expect(RunLengths(map.objects[0].polygons, size: map.size).counts == [0, 2, 2, 2])
  }
}
