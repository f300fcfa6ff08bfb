@testable import Groundwork
@testable import Learning
import Testing

@Suite("Scribbles and points of full masks")
struct ScribblesTests {
  private let size = Size(height: 24, width: 40)
  /// Two objects of class 1 that do not touch, and one of class 2 across the image.
  private var labels: [Label] {
    (0..<size.area).map { place in
      let (y, x) = (place / 40, place % 40)
      if y > 18 { return 2 }
      let first = (y - 8) * (y - 8) + (x - 8) * (x - 8) <= 36
      return first || ((4..<12).contains(y) && (24..<34).contains(x)) ? 1 : 0
    }
  }

  @Test("objects are sets of pixels that hang together, or what ids tell apart")
  func objects() {
    let mask = ObjectsOfMask(labels, size: size)
    #expect(mask.objects.map(\.label).sorted() == [0, 1, 1, 2])
    #expect(mask.boxes.count == 3)
    #expect(mask.boxes.contains(LabelBox(label: 1, left: 24, top: 4, right: 34, bottom: 12)))
    // One object of two parts that touch nothing.
    let ids = labels.map { $0 == 1 ? 7 : $0 == 2 ? 9 : 0 as Label }
    let told = ObjectsOfMask(labels, ids: ids, size: size)
    #expect(told.objects.map(\.label).sorted() == [0, 1, 2])
    #expect(told.boxes.contains(LabelBox(label: 1, left: 2, top: 2, right: 34, bottom: 15)))
  }

  @Test(
    "what is drawn is of its object, every object has something, and most is ignored",
    arguments: [1, 3])
  func drawn(width: Int) {
    let mask = ObjectsOfMask(labels, size: size)
    for kind in [Scribbles.Kind.strokes(share: 0.5), .points] {
      let drawn = Scribbles(kind, width: width, seed: 1).labels(of: mask, sample: 0)
      let known = zip(drawn, labels).filter { $0.0 != Labels.ignoreIndex }
      #expect(known.allSatisfy { $0.0 == $0.1 })
      #expect(known.count < size.area / 4)
      for object in mask.objects {
        #expect(object.places.contains { drawn[$0] == object.label })
      }
    }
  }

  @Test("points are as wide as asked for, one an object and as many in the background")
  func points() {
    let mask = ObjectsOfMask(labels, size: size)
    let drawn = Scribbles(.points, width: 1, seed: 3).labels(of: mask, sample: 0)
    #expect((0..<3).map { label in drawn.count { $0 == Label(label) } } == [3, 2, 1])
  }

  @Test("a seed and the number of the image decide what is drawn")
  func seeds() {
    let mask = ObjectsOfMask(labels, size: size)
    func draw(_ seed: UInt64, _ sample: Int) -> [Label] {
      Scribbles(.strokes(share: 0.5), width: 3, seed: seed).labels(of: mask, sample: sample)
    }
    #expect(draw(1, 0) == draw(1, 0))
    #expect(Set([draw(1, 0), draw(2, 0), draw(1, 1)]).count > 1)
  }

  @Test("ignored pixels are of no object and get nothing")
  func ignored() {
    let unknown = labels.map { $0 == 2 ? Labels.ignoreIndex : $0 }
    let mask = ObjectsOfMask(unknown, size: size)
    #expect(mask.objects.allSatisfy { $0.label != 2 && $0.label != Labels.ignoreIndex })
    let drawn = Scribbles(.points, width: 9, seed: 1).labels(of: mask, sample: 0)
    #expect(zip(drawn, unknown).allSatisfy { $1 != Labels.ignoreIndex || $0 == Labels.ignoreIndex })
  }

  @Test("the longest way through a bar goes from one end to the other")
  func way() {
    var walk = ObjectWalk(Size(height: 3, width: 9))
    let bar = Array(10..<17)
    #expect(Set(walk.longestWay(in: bar, from: 13)) == Set(bar))
    #expect(walk.longestWay(in: [5], from: 5) == [5])
  }
}
