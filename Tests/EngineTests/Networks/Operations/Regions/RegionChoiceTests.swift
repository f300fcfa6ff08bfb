@testable import Execution
@testable import Groundwork
@testable import Networks
import Testing

/// What networks that find objects choose by; whole networks are compared in ``MaskRCNNParityTests``.
@Suite("The choice of regions")
struct RegionChoiceTests {
  @Test("anchors are torchvision's, level by level, row by row")
  func anchors() {
    let grid = AnchorGrid(
      levels: [
        .init(extent: Size(height: 2, width: 3), stride: Size(square: 4), scale: 32),
        .init(extent: Size(square: 1), stride: Size(square: 8), scale: 64),
      ], ratios: [0.5, 1, 2], isRounded: true)
    let boxes = grid.boxes
    #expect(boxes.count == grid.rows && boxes.count == 21)
    #expect(boxes[0..<3] == [[-23, -11, 23, 11], [-16, -16, 16, 16], [-11, -23, 11, 23]])
    #expect(boxes[3 * 5 + 1] == [-8, -12, 24, 20])
    #expect(boxes[19] == [-32, -32, 32, 32])
  }

  @Test("a mosaic has the extent that its levels need, and zeros between them")
  func mosaic() {
    let mosaic = LevelMosaic(levels: [8, 4, 2, 1, 1].map(Size.init(square:)))
    #expect(mosaic.extent == Size(height: 13, width: 11))
    #expect(mosaic.corners.map(\.top) == [0, 9, 9, 9, 9])
    #expect(mosaic.corners.map(\.left) == [0, 0, 5, 8, 10])
  }

  @Test("mask_rcnn on ResNet-50 has torchvision's parameters")
  func parameters() throws {
    let network = try templateNetwork("mask_rcnn", classes: 91)
    #expect(network.parameterCount == 44_401_393 + 53_120)
    #expect(network.parameterCount(of: "backbone.fpn.") == 3_344_384)
    #expect(network.parameterCount(of: "rpn.head.") == 593_935)
    #expect(network.parameterCount(of: "roi_heads.mask_") == 2_360_320 + 262_400 + 257 * 91)
  }

  @Test("a box that is coded and decoded is the same", arguments: [1, 10] as [Float])
  func coding(weight: Float) {
    let coding = BoxCoding(weights: [weight, weight, weight / 2, weight / 2])
    let (anchor, box): (Box, Box) = ([10, 20, 50, 40], [13, 7, 31, 90])
    let difference = coding.decode(coding.encode(box, at: anchor), at: anchor) - box
    #expect((0..<4).allSatisfy { abs(difference[$0]) < 1e-4 })
  }

  @Test("a box is of the object that it overlaps most, and the best of each object is of one")
  func matching() {
    let sampling = ExampleSampling(
      count: 4, positiveFraction: 0.5, foregroundOverlap: 0.7, backgroundOverlap: 0.3)
    let truth: [Box] = [[0, 0, 10, 10], [100, 100, 120, 120]]
    let boxes: [Box] = [
      [0, 0, 10, 9], [0, 0, 10, 5], [50, 50, 60, 60], [100, 100, 110, 108], [0, 0, 2, 2],
    ]
    let all = BoxMatching(boxes, truth, sampling, keepsBest: true)
    #expect(all.labels == [1, -1, 0, 1, 0])
    #expect(all.matches[0] == 0 && all.matches[3] == 1)
    #expect(BoxMatching(boxes, truth, sampling, keepsBest: false).labels == [1, -1, 0, 0, 0])
    #expect(BoxMatching(boxes, [], sampling, keepsBest: true).labels == [0, 0, 0, 0, 0])
  }

  @Test("examples are sampled by the stream alone, objects up to their part")
  func sampling() {
    let sampling = ExampleSampling(
      count: 20, positiveFraction: 0.25, foregroundOverlap: 0.5, backgroundOverlap: 0.5)
    let labels = (0..<200).map { [1, 0, -1, 0][$0 % 4] }
    func draw(_ step: Int) -> (positives: [Int], negatives: [Int]) {
      var stream = RandomStream(seed: 3, purpose: .init("regions"), epoch: step, sample: 1)
      return sampling.sample(labels, &stream)
    }
    let (first, again, next) = (draw(4), draw(4), draw(5))
    #expect(first.positives.count == 5 && first.negatives.count == 15)
    #expect(first.positives.allSatisfy { labels[$0] == 1 })
    #expect(first.negatives.allSatisfy { labels[$0] == 0 })
    #expect(first == again)
    #expect(first.negatives != next.negatives)
    var stream = RandomStream(seed: 3, purpose: .init("regions"))
    let few = sampling.sample([1, 0, -1], &stream)
    #expect(few.positives == [0] && few.negatives == [1])
  }

  @Test("suppression keeps the surest of each group that overlaps")
  func suppression() {
    var boxes = ScoredBoxes()
    boxes.append([0, 0, 10, 10], score: 0.5, group: 1)
    boxes.append([0, 0, 10, 9], score: 0.9, group: 1)
    boxes.append([0, 0, 10, 10], score: 0.4, group: 2)
    boxes.append([20, 0, 30, 10], score: 0.5, group: 1)
    boxes.sort()
    boxes.suppress(overlap: 0.5)
    #expect(boxes.scores == [0.9, 0.5, 0.4])
    #expect(boxes.boxes == [[0, 0, 10, 9], [20, 0, 30, 10], [0, 0, 10, 10]])
  }

  @Test("true boxes reach from the first to behind the last pixel of an object")
  func truth() {
    let size = Size(height: 3, width: 4)
    var planes = [Label](repeating: 0, count: 3 * size.area)
    for pixel in [5, 6, 9] { (planes[pixel], planes[size.area + pixel]) = (2, 7) }
    planes[size.area + 3] = Labels.ignoreIndex
    let truth = TrueObjects(planes, size)
    #expect(truth.boxes == [[1, 1, 3, 3]] && truth.classes == [2] && truth.ids == [7])
  }
}
