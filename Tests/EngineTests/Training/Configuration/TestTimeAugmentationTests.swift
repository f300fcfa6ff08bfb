@testable import Datasets
@testable import Groundwork
@testable import Networks
import Testing
@testable import Training

@Suite("Test-time augmentation")
struct TestTimeAugmentationTests {
  @Test(
    "flips and quarter turns make each transform once, the image as it is first",
    arguments: [
      (TestTimeAugmentation.Mirror.none, false, 1), (.horizontal, false, 2), (.vertical, false, 2),
      (.both, false, 4), (.none, true, 4), (.horizontal, true, 8), (.vertical, true, 8),
      (.both, true, 8),
    ])
  func symmetries(mirror: TestTimeAugmentation.Mirror, rotates: Bool, count: Int) {
    let augmentation = TestTimeAugmentation(mirror: mirror, rotates: rotates)
    let symmetries = augmentation.symmetries
    #expect(symmetries.count == count && augmentation.transforms == count)
    #expect(symmetries.first == SquareSymmetry())
    let scene = NaivePlanes(1, Size(square: 3)) { _, y, x in Double(3 * y + x) }
    let images = symmetries.map { scene.transformed(by: $0).values }
    #expect(Set(images).count == count)
    // Transforms of transforms are among the transforms.
    for symmetry in symmetries {
      #expect(
        Set(images.map { NaivePlanes(1, scene.size, $0).transformed(by: symmetry).values })
          == Set(images))
    }
    let mirrored: [Double] = [2, 1, 0, 5, 4, 3, 8, 7, 6]
    #expect(images.contains(mirrored) == (mirror == .horizontal || mirror == .both || count == 8))
    let turned: [Double] = [2, 5, 8, 1, 4, 7, 0, 3, 6]
    #expect(images.contains(turned) == rotates)
  }

  private func template(_ name: String) throws -> any Template {
    try #require(try Registry.templates.makeDefault(name, [:]) as? any Template)
  }

  @Test("scales are rounded up to what the template accepts")
  func sizes() throws {
    let scaled = TestTimeAugmentation(scales: [0.75, 1, 1.25])
    #expect(scaled.transforms == 3)
    #expect(
      try scaled.sizes(of: Size(height: 360, width: 480), for: template("enet"))
        == [
          Size(height: 272, width: 360), Size(height: 360, width: 480),
          Size(height: 456, width: 600),
        ])
  }

  @Test("the image as it is has its own size, whatever the template says of it")
  func unfitting() throws {
    let size = Size(height: 33, width: 35)
    #expect(try TestTimeAugmentation.none.sizes(of: size, for: template("unet")) == [size])
  }

  @Test("what images of a size cannot have is refused, with what to do")
  func refusals() throws {
    let unet = try template("unet")
    func complaint(_ augmentation: TestTimeAugmentation, _ size: Size) -> String {
      do throws(ComponentError) {
        _ = try augmentation.sizes(of: size, for: unet)
        return ""
      } catch {
        return "\(error.field ?? ""): \(error)"
      }
    }
    #expect(complaint(TestTimeAugmentation(rotates: true), Size(square: 32)).isEmpty)
    #expect(
      complaint(TestTimeAugmentation(rotates: true), Size(height: 32, width: 48)) == """
        rotate90: rotate90 needs square images, but those to validate are 32×48: make them square \
        with data.size or data.crop, or leave rotate90 out
        """)
    #expect(
      complaint(TestTimeAugmentation(scales: [1, 1.1, 1.2]), Size(square: 64)) == """
        scales: scales 1.1 and 1.2 of 64×64 are both 80×80, as the template needs multiples of 16: \
        leave one of them out
        """)
  }
}
