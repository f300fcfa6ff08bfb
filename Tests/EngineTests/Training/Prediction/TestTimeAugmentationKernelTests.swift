import CKernels
@testable import Datasets
@testable import Groundwork
import Testing
@testable import Training

@Suite("The kernels of test-time augmentation")
struct TestTimeAugmentationKernelTests {
  static let sizes = [
    Size(square: 1), Size(square: 6), Size(square: 70), Size(height: 3, width: 5),
    Size(height: 9, width: 64), Size(height: 2, width: 131),
  ]

  private func symmetries(of size: Size) -> [SquareSymmetry] {
    SquareSymmetry.all.filter { size.height == size.width || !$0.transposes }
  }

  /// Every pixel of every plane has a value of its own.
  private func coordinates(_ planes: Int, _ size: Size) -> NaivePlanes {
    NaivePlanes(planes, size) { plane, y, x in
      Double((plane * size.height + y) * size.width + x + 1)
    }
  }

  private func transformed(_ image: NaivePlanes, _ symmetry: SquareSymmetry, threads: Int32)
    -> [Float]
  {
    var transformed = [Float](repeating: .nan, count: image.values.count)
    ck_tta_transform(
      image.floats, Int32(image.count), Int32(image.size.height), Int32(image.size.width),
      symmetry.kernel, &transformed, threads)
    return transformed
  }

  /// What is added to sums that begin at `start`.
  private func sums(
    _ transformed: [Float], _ layout: TensorLayout, _ symmetry: SquareSymmetry,
    softmax: Bool = false,
    isFirst: Bool = true, start: Float = .nan, threads: Int32 = 1
  ) -> [Float] {
    var stored = [Float](repeating: .nan, count: layout.elements)
    for (value, place) in zip(transformed, layout.places) { stored[place] = value }
    var sums = [Float](repeating: start, count: layout.shape.count)
    ck_tta_add(
      layout.kernel, stored, symmetry.kernel, softmax ? 1 : 0, isFirst ? 1 : 0, &sums, threads)
    return sums
  }

  @Test("each transform shows the pixels that its definition says", arguments: sizes, [1, 3])
  func definition(size: Size, threads: Int32) {
    let image = coordinates(4, size)
    for symmetry in symmetries(of: size) {
      #expect(
        transformed(image, symmetry, threads: threads) == image.transformed(by: symmetry).floats)
    }
  }

  @Test("brought back it is the image, exactly", arguments: sizes, [1, 8, 16])
  func inverse(size: Size, block: Int) {
    let shape = Shape(2, 5, size.height, size.width)
    let layout = TensorLayout(shape, block: block)
    let image = coordinates(shape.batch * shape.channels, size)
    for symmetry in symmetries(of: size) {
      let transformed = transformed(image, symmetry, threads: 1)
      #expect(transformed == image.floats || symmetry != SquareSymmetry())
      #expect(sums(transformed, layout, symmetry) == image.floats)
      let twice = sums(transformed, layout, symmetry, isFirst: false, start: 1, threads: 3)
      #expect(twice == image.floats.map { $0 + 1 })
    }
  }

  @Test("its probabilities are the softmax over the classes", arguments: [1, 8], [2, 5, 255])
  func probabilities(block: Int, classes: Int) {
    let bench = LossBench(Shape(2, classes, 5, 70))
    let layout = TensorLayout(bench.shape, block: block)
    let logits = NaivePlanes(2 * classes, bench.shape.size, bench.logits.map(Double.init))
    let symmetry = SquareSymmetry(reversesColumns: true)
    let expected = logits.softmax(classes: classes).broughtBack(from: symmetry).floats
    let actual = sums(bench.logits, layout, symmetry, softmax: true)
    #expect(zip(actual, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    #expect(sums(bench.logits, layout, symmetry, softmax: true, threads: 3) == actual)
  }

  @Test("the logarithm of a mean is finite, also of nothing, and NaN of NaN")
  func logarithms() {
    var values: [Float] = [0, .leastNonzeroMagnitude, 0.5, 4, .nan]
    ck_tta_mean(&values, values.count, 0.25, 1, 1)
    #expect(values[0].isFinite && values[0] < -87 && values[1] == values[0])
    #expect(abs(values[2] - -2.0794415) < 1e-6 && values[3] == 0 && values[4].isNaN)
    var many = (0..<40_000).map { Float($0) }
    let expected = many.map { $0 * 0.25 }
    ck_tta_mean(&many, many.count, 0.25, 0, 3)
    #expect(many == expected)
  }

  @Test(
    "resized it is what the formula says, whatever the threads",
    arguments: [
      (Size(height: 8, width: 12), Size(height: 6, width: 9)),
      (Size(height: 6, width: 9), Size(height: 8, width: 12)),
      (Size(height: 16, width: 5), Size(height: 5, width: 16)),
      (Size(height: 4, width: 4), Size(height: 16, width: 16)),
      (Size(height: 7, width: 3), Size(height: 7, width: 3)),
      (Size(height: 1, width: 9), Size(height: 2, width: 1)),
    ])
  func resizing(from: Size, to: Size) {
    var random = RandomStream(seed: 1, purpose: .init("planes"))
    let image = NaivePlanes(5, from) { _, _, _ in Double(random.uniform(-2, 2)) }
    func resized(_ first: Bool, threads: Int32) -> [Float] {
      var target = [Float](repeating: first ? .nan : 1, count: 5 * to.height * to.width)
      var scratch = [Float](
        repeating: .nan,
        count: ck_resize_planes_scratch(
          Int32(from.height), Int32(from.width), Int32(to.height), Int32(to.width), threads))
      ck_resize_planes(
        image.floats, 5, Int32(from.height), Int32(from.width), &target, Int32(to.height),
        Int32(to.width), first ? 1 : 0, &scratch, threads)
      return target
    }
    let actual = resized(true, threads: 1)
    let expected = image.resized(to: to).values
    #expect(zip(actual, expected).allSatisfy { abs(Double($0) - $1) < 2e-6 })
    if from == to { #expect(actual == image.floats) }
    #expect(resized(true, threads: 3) == actual)
    #expect(resized(false, threads: 2) == actual.map { $0 + 1 })
  }
}
