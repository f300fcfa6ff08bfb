@testable import Datasets
@testable import Groundwork
@testable import Learning
@testable import Tasks
import Testing

@Suite("The truth of objects")
struct InstanceReadingTests {
  @Test("boundaries are those of scikit-image, and distances those of SciPy")
  func targets() throws {
    let golden = try GoldenInstances.load().targets
    let size = Size(height: golden.height, width: golden.width)
    let ones = golden.ids.map { min($0, 1) }
    var labels = [Label](repeating: 0, count: size.area)
    WatershedTarget.boundary(width: 1).write(
      ids: golden.ids, classes: ones, size: size, boundary: 2, to: &labels)
    #expect(labels.map { $0 == 2 ? 1 : 0 } == golden.boundary)
    let boxes = ObjectBoxes(golden.ids, size).boxes
    #expect(boxes.map(\.id) == [2, 3, 7, 9, 12])
    for box in boxes {
      let distances = InstanceDistances(golden.ids, size, box)
      for pixel in 0..<size.area where golden.ids[pixel] == box.id {
        let (row, column) = pixel.quotientAndRemainder(dividingBy: size.width)
        #expect(
          abs(distances.distance(row: row, column: column) - golden.distances[pixel]) < 1e-12)
      }
    }
  }

  @Test("levels of distance rise from the border inwards to the highest")
  func levels() {
    let size = Size(height: 7, width: 7)
    let ids = (0..<49).map { pixel -> Label in
      (1..<6).contains(pixel / 7) && (1..<6).contains(pixel % 7) ? 4 : 0
    }
    var labels = [Label](repeating: 0, count: 49)
    WatershedTarget.distance(levels: 3).write(
      ids: ids, classes: ids, size: size, boundary: 0, to: &labels)
    #expect(Array(labels[21..<28]) == [0, 1, 2, 3, 2, 1, 0])
  }

  private func derived(_ classes: [Label], _ ids: [Label], minimumArea: Int = 1) -> [[Label]] {
    let reading = InstanceReading(
      task: "instances", decoder: WatershedDecoder(target: .boundary(width: 1)),
      minimumArea: minimumArea)
    let planes = reading.derived(
      classes + ids, size: Size(height: 1, width: classes.count), classes: 3)
    return (0..<3).map { Array(planes[$0 * classes.count..<($0 + 1) * classes.count]) }
  }

  @Test("an object is of the class of most of its pixels, which the background is not")
  func majority() {
    let planes = derived([0, 0, 0, 2, 0, 1, 1, 2], [4, 4, 4, 4, 0, 6, 6, 6])
    #expect(planes[0] == [2, 2, 2, 2, 0, 1, 1, 1])
    #expect(planes[1] == [4, 4, 4, 4, 0, 6, 6, 6])
    #expect(planes[2] == [2, 2, 2, 3, 0, 3, 1, 1])
  }

  @Test("crowds, objects without a class and what is left of objects are ignored")
  func ignored() {
    let void = Labels.ignoreIndex
    let planes = derived(
      [1, 1, 0, 0, 2, 0, 1, 1, void], [0, 0, 0, 8, 9, 0, 3, 3, 3], minimumArea: 2)
    #expect(planes[0] == [1, 1, 0, void, void, 0, 1, 1, void])
    #expect(planes[1] == [void, void, 0, void, void, 0, 3, 3, void])
    #expect(planes[2] == [void, void, 0, void, void, 0, 3, 1, void])
  }

  @Test("what is trained on is the target alone, of so many labels as the network has channels")
  func trained() throws {
    let task = try #require(
      Registry.tasks.makeDefault("instances", ["target": .name("distance"), "levels": .integer(5)])
        as? InstancesTask)
    #expect(task.logitsChannels(classes: 2) == 6)
    #expect(task.truth(classes: 2).planes == 3)
    let trained = task.reading.trainedTruth(classes: 2)
    #expect((trained.planes, trained.classes) == (1, 6))
    #expect(trained.form == .classes && task.reading.trainedPlane(classes: 2) == 2)
    #expect(throws: ComponentError.self) { try task.check(classes: ["none", "a", "b"]) }
    let boundaries = try #require(Registry.tasks.makeDefault("instances") as? InstancesTask)
    try boundaries.check(classes: ["none", "a", "b"])
    #expect(throws: ComponentError.self) { try boundaries.check(classes: ["none", "boundary"]) }
  }

  @Test("decoders with losses of their own are trained on ids, and settings of others are refused")
  func decoders() throws {
    for (decode, channels) in [("stardist", 33), ("flows", 3)] {
      let task = try #require(
        Registry.tasks.makeDefault("instances", ["decode": .name(decode)]) as? InstancesTask)
      #expect(task.logitsChannels(classes: 2) == channels)
      #expect(task.decodesNumbers && !task.allowsTestTimeAugmentation)
      let trained = task.reading.trainedTruth(classes: 2)
      #expect((trained.planes, trained.classes) == (1, channels))
      #expect(task.reading.trainedPlane(classes: 2) == InstancePlanes.ids)
      try task.check(classes: ["none", "a"])
      #expect(throws: ComponentError.self) { try task.check(classes: ["none", "a", "b"]) }
      let planes = task.reading.derived(
        [0, 1, 1, 0, 1, 0, 7, 7, 0, 0], size: Size(height: 1, width: 5), classes: 2)
      #expect(planes[5..<10] == [0, 7, 7, 0, Labels.ignoreIndex])
    }
    let error = #expect(throws: ComponentError.self) {
      try Registry.tasks.makeDefault(
        "instances", ["decode": .name("stardist"), "levels": .integer(9)])
    }
    #expect(error?.field == "levels")
    #expect(error?.message == "is for decode: watershed, but decode is stardist: leave it out")
  }
}
