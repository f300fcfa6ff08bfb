import CKernels
@testable import Datasets
import Foundation
@testable import Groundwork
@testable import Learning
import Testing

// Numbers of the formulas in double precision: NumPy and PyTorch (interpolate, pad, grid_sample).
@Suite struct AugmentationGoldenTests {
  @Test func `borders show what they mirror`() {
    let expected: [(ck_border, [Int32])] = [
      (ck_border_replicate, [0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 4, 4, 4, 4, 4, 4]),
      (ck_border_reflect101, [2, 3, 4, 3, 2, 1, 0, 1, 2, 3, 4, 3, 2, 1, 0, 1, 2]),
      (ck_border_reflect, [4, 4, 3, 2, 1, 0, 0, 1, 2, 3, 4, 4, 3, 2, 1, 0, 0]),
      (ck_border_wrap, [4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0, 1, 2, 3, 4, 0]),
    ]
    for (border, indices) in expected {
      #expect((-6...10).map { ck_border_index($0, 5, border) } == indices)
    }
    #expect(ck_border_index(-1, 5, ck_border_constant) == -1)
    #expect(ck_border_index(-3, 1, ck_border_reflect101) == 0)
  }

  @Test func `cubic weights are Keys' with a = -3/4`() {
    var weights = [Double](repeating: 0, count: 4)
    ck_cubic_weights(0.25, &weights)
    #expect(weights == [-0.10546875, 0.87890625, 0.26171875, -0.03515625])
  }

  // torch.nn.functional.interpolate(mode='bicubic', align_corners=True)
  @Test func `a coarse grid becomes a field`() {
    var field = [Float](repeating: 0, count: 25)
    var scratch = [Float](repeating: 0, count: 3 * 6)
    ck_grid_field([0, 3, -2, 5, -4, 1, 2, 0, 6], 3, 3, &field, 5, 5, &scratch)
    let expected: [Float] = [
      0, 1.96875, 3, 0.78125, -2, 2.78125, 0.961914062, -0.875, -1.264648438, -0.96875, 5, 0.03125,
      -4, -2.34375, 1, 3.96875, 0.052734375, -2.65625, -0.05859375, 3.78125, 2, 0.4375, 0, 2.8125,
      6,
    ]
    #expect(zip(field, expected).allSatisfy { abs($0 - $1) < 2e-6 })
  }

  private func scaled(_ values: [Float], by scale: Float, plus offset: Float) -> [Float] {
    var values = values
    ck_scale_values(&values, values.count, scale, offset, 1)
    return values
  }

  @Test func `contrast and brightness round halves to even and saturate`() {
    #expect(
      scaled([0, 99, 100, 101, 170, 200], by: 1.5, plus: 0) == [0, 148, 150, 152, 255, 255])
    #expect(scaled([0, 1, 2, 230], by: 1, plus: 31.5) == [32, 32, 34, 255])
  }

  @Test func `posterising leaves four levels`() {
    var values: [Float] = [0, 63, 64, 127, 128, 191, 192, 255]
    ck_posterize(&values, 8)
    #expect(values == [32, 32, 96, 96, 160, 160, 224, 224])
  }

  private func pixel(_ change: (inout Sample) -> Void) -> [Float] {
    var sample = Sample(
      size: Size(height: 1, width: 1), channels: 3, image: [200, 100, 50], labels: [0],
      fill: [0, 0, 0])
    change(&sample)
    return sample.image
  }

  private func near(_ values: [Float], _ expected: [Float]) -> Bool {
    zip(values, expected).allSatisfy { abs($0 - $1) < 2e-4 }
  }

  @Test func `grey is BT.601's`() {
    #expect(near(pixel { $0.saturate(by: 0) }, [124.2, 124.2, 124.2]))
  }

  @Test func `hue and saturation change in 8-bit HSV`() {
    #expect(
      near(pixel { $0.changeHSV(hue: 36, rounds: true) }, [120.104575, 200, 50.1960784]))
    #expect(
      near(pixel { $0.changeHSV(hue: -20, rounds: true) }, [200, 50.1960784, 100.130719]))
    #expect(
      near(
        pixel { $0.changeHSV(saturation: (1.4, 0), rounds: true) }, [200, 66.6666667, 0]))
    #expect(pixel { ck_false_hsv(&$0.image, 1) } == [200, 191, 10])
    // OpenCV's cvtColor of (200, 100, 50) / 255 is (53.52, 36.38, 45.31), cut to whole numbers.
    #expect(pixel { ck_false_lab(&$0.image, 1) } == [45, 36, 53])
  }

  @Test func `without rounding a change there and back is none`() {
    let result = pixel {
      $0.changeHSV(hue: 33)
      $0.changeHSV(hue: -33)
    }
    #expect(zip(result, [200, 100, 50]).allSatisfy { abs($0 - $1) < 1e-3 })
  }

  @Test func `the blur's kernel is OpenCV's`() {
    var kernel = [Float](repeating: 0, count: 7)
    ck_gaussian(&kernel, 3, 1.5)
    let half: [Float] = [0.0366328454, 0.111280758, 0.216745321, 0.270682149]
    let expected = half + half[..<3].reversed()
    #expect(zip(kernel, expected).allSatisfy { abs($0 - $1) < 1e-7 })
  }

  @Test func `equalising a histogram is OpenCV's`() {
    let values: [Float] = [52, 55, 61, 59, 79, 61, 76, 61]
    var sample = Sample(
      size: Size(height: 2, width: 4), channels: 1, image: values,
      labels: Array(repeating: 0, count: 8), fill: [0])
    sample.equalizeHistogram()
    #expect(sample.image == [0, 36, 182, 73, 255, 182, 219, 182])
  }

  struct EqualizedParts: Decodable {
    var height: Int32
    var width: Int32
    var tiles: Int32
    var clip: Double
    var source: [UInt8]
    var target: [UInt8]
  }

  @Test func `equalising histograms of parts is OpenCV's to the bit`() throws {
    let cases = try Fixture.decode([EqualizedParts].self, from: "golden-clahe.json")
    #expect(cases.count == 7)
    for golden in cases {
      var target = [UInt8](repeating: 0, count: golden.source.count)
      var tables = [UInt8](repeating: 0, count: Int(golden.tiles * golden.tiles) * 256)
      ck_clahe(
        golden.source, &target, golden.height, golden.width, golden.tiles, golden.clip, &tables)
      #expect(target == golden.target, "\(golden.height)×\(golden.width), \(golden.tiles) tiles")
    }
  }

  @Test func `a cutout has the area and the aspect that were drawn`() {
    let extent = Cutout.extent(Size(height: 100, width: 100), area: 0.1, aspect: 2)
    #expect(extent == (height: 44, width: 22))
  }

  @Test func `normal numbers are Box and Muller's`() {
    var random = RandomStream(seed: 42, purpose: .init(code: 1), epoch: 3, sample: 17)
    let drawn = [random.normals(), random.normals()].flatMap { [$0.0, $0.1] }
    let expected = [
      -0.9145643225391384, -0.6594736062301912, -1.574064905873288, -2.288442057202866,
    ]
    #expect(zip(drawn, expected).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test func `in single precision they are the same to a millionth`() {
    let stream = ck_stream(seed: 42, block: 0, purpose: 1, sample: 17, epoch: 3)
    var drawn = [Float](repeating: 0, count: 4)
    ck_stream_normal(stream, &drawn, 4)
    let expected: [Float] = [-0.91456432, -0.65947361, -1.57406491, -2.28844206]
    #expect(zip(drawn, expected).allSatisfy { abs($0 - $1) < 2e-6 })
    ck_stream_uniform(stream, &drawn, 4)
    #expect(drawn == [0.529582262, 0.599429429, 0.0211244226, 0.654107034])
  }

  @Test func `parts of a purpose are named after it`() {
    #expect(RandomStream.Purpose("noise#0").part("gauss_blur").code == 0x253e_de7d)
    #expect(RandomStream.Purpose("distort#0").part("hue").code == 0xd923_6733)
    #expect(
      RandomStream.Purpose("noise#12").part("clahe") == RandomStream.Purpose("noise.clahe#12"))
    #expect(RandomStream.Purpose("rotate90#0").code == 0x8d43_8aa8)
    #expect(RandomStream.Purpose("shift_scale_rotate#0").code == 0x89db_6d67)
  }

  @Test func `blocks of a stream begin behind what was drawn, and are drawn once`() {
    var random = RandomStream(seed: 42, purpose: .init(code: 1), epoch: 3, sample: 17)
    _ = random.word()
    #expect(random.blocks(2).block == 1)
    var other = RandomStream(seed: 42, purpose: .init(code: 1), epoch: 3, sample: 17)
    for _ in 0..<12 { _ = other.word() }
    #expect(random.word() == other.word())
  }

  // Projective maps against the four corners that they were made of.
  @Test func `a projective map shows the rectangle in the quadrilateral`() {
    let map = ProjectiveMap(
      from: (1, 2), to: (9, 6), shownIn: ((0, 0), (10, 1), (8, 7), (-1, 5)))
    let corners: [(ProjectiveMap.Point, ProjectiveMap.Point)] = [
      ((0, 0), (1, 2)), ((10, 1), (9, 2)), ((8, 7), (9, 6)), ((-1, 5), (1, 6)),
    ]
    for (target, source) in corners {
      let found = map.source(of: target)
      #expect(abs(found.x - source.x) < 1e-9 && abs(found.y - source.y) < 1e-9)
    }
  }

  @Test func `DeepDetect's zoom shows the rectangle of the padded image`() {
    var draw = Geometry.Draw()
    draw.inset = (x: 0.1, y: -0.2)
    let map = draw.map(for: Size(height: 100, width: 200))
    let (first, last) = (map.source(of: (-0.5, -0.5)), map.source(of: (199.5, 99.5)))
    #expect(abs(first.x - 19.5) < 1e-9 && abs(first.y + 20.5) < 1e-9)
    #expect(abs(last.x - 179.5) < 1e-9 && abs(last.y - 119.5) < 1e-9)
  }

  @Test func `quarter turns are those of the affine map`() {
    let scene = coordinateScene(size: Size(height: 7, width: 7))
    for quarters in 1...3 {
      var turned = scene
      turned.redraw { old, image, labels in
        ck_quarter_floats(old.image, &image, 3, 7, 7, Int32(quarters))
        ck_quarter_labels(old.labels, &labels, 1, 7, 7, Int32(quarters))
      }
      var warped = scene
      warped.warp(by: AffineMap(rotation: 90 * Double(quarters), about: scene.size))
      #expect(turned.labels == warped.labels)
      #expect(zip(turned.image, warped.image).allSatisfy { abs($0 - $1) < 1e-4 })
    }
  }
}
