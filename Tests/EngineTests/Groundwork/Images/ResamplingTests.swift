@testable import Datasets
@testable import Groundwork
import Testing

@Suite struct ResamplingTests {
  private func row(_ values: [UInt8]) -> Raster {
    Raster(size: Size(height: 1, width: values.count), channels: 1, pixels: values)
  }

  // PyTorch's interpolate(mode='linear', align_corners=False), rounded to 8 bits.
  @Test func `bilinear agrees with PyTorch`() {
    let source = row([0, 10, 20, 30])
    #expect(
      source.resized(to: Size(height: 1, width: 6)).pixels == [0, 5, 12, 18, 25, 30])
    #expect(
      source.resized(to: Size(height: 1, width: 3), antialias: false).pixels == [2, 15, 28])
  }

  @Test func `rows are resized as columns are, channels apart`() {
    let column = Raster(
      size: Size(height: 4, width: 1), channels: 3,
      pixels: [0, 100, 30, 10, 100, 20, 20, 100, 10, 30, 100, 0])
    let resized = column.resized(to: Size(height: 6, width: 1)).pixels
    #expect(
      resized == [0, 100, 30, 5, 100, 25, 12, 100, 18, 18, 100, 12, 25, 100, 5, 30, 100, 0])
  }

  @Test func `shrinking far counts every source pixel`() {
    // A line of one white pixel in eight: without antialiasing most of them would be skipped.
    let source = row((0..<64).map { $0 % 8 == 0 ? 255 : 0 })
    let shrunk = source.resized(to: Size(height: 1, width: 8)).pixels
    #expect(shrunk[1...6].allSatisfy { (30...34).contains($0) })
    let skipped = source.resized(to: Size(height: 1, width: 8), antialias: false).pixels
    #expect(skipped.allSatisfy { $0 == 0 })
  }

  @Test func `memory that held another image gives the same pixels`() {
    let (small, large) = (row([0, 10, 20, 30]), row((0..<90).map { UInt8($0) }))
    var (resized, scratch) = (Raster(), [Float]())
    for source in [small, large, small] {
      let target = Size(height: 2, width: source.size.width / 2)
      source.resize(DecodedExtent(fileSize: source.size), to: target, into: &resized, &scratch)
      #expect(resized == source.resized(to: target))
    }
  }

  @Test func `what reaches beyond the image is not shown`() {
    // Five pixels of a ramp at 4/8: the third shows the fifth and one that is not there.
    let extent = DecodedExtent(fileSize: Size(height: 1, width: 5), eighths: 4)
    #expect(extent.size == Size(height: 1, width: 3))
    let ramp = row([50, 150, 250])
    // Pixel centres of the target lie at 0.5, 1.5 … 4.5 of the file, of the source at 1, 3 and 5.
    let shown = ramp.resized(extent, to: Size(height: 1, width: 5)).pixels
    #expect(shown == [50, 75, 125, 175, 225])
  }

  @Test func `the same size changes nothing and constant stays constant`() {
    let source = row([3, 200, 7])
    #expect(source.resized(to: source.size) == source)
    let constant = Raster(
      size: Size(height: 7, width: 5), channels: 1, pixels: Array(repeating: 255, count: 35))
    for size in [Size(height: 3, width: 9), Size(height: 20, width: 2)] {
      #expect(constant.resized(to: size).pixels.allSatisfy { $0 == 255 })
    }
  }

  @Test func `masks take the nearest id`() {
    let four = LabelPlanes(Size(height: 1, width: 4), [0, 1, 2, 3])
    #expect(four.resized(to: Size(height: 1, width: 6)).labels == [0, 1, 1, 2, 3, 3])
    let five = LabelPlanes(Size(height: 5, width: 1), [0, 1, 2, 3, 4])
    #expect(five.resized(to: Size(height: 3, width: 1)).labels == [0, 2, 4])
    let both = LabelPlanes(Size(height: 1, width: 4), [0, 1, 2, 3, 300, 301, 302, 303], planes: 2)
    #expect(
      both.resized(to: Size(height: 1, width: 6)).labels == [
        0, 1, 1, 2, 3, 3, 300, 301, 301, 302, 303, 303,
      ])
  }

  @Test func `image and mask are cropped to the same centre`() {
    let values = (0..<30).map { UInt8($0) }
    let size = Size(height: 5, width: 6)
    let target = Size(height: 3, width: 3)
    let expected: [UInt8] = [7, 8, 9, 13, 14, 15, 19, 20, 21]
    let labels = LabelPlanes(
      size, values.map { Label($0) } + values.map { Label($0) + 1000 }, planes: 2)
    #expect(
      labels.croppedToCentre(target).labels
        == expected.map { Label($0) } + expected.map { Label($0) + 1000 })
    let raster = Raster(size: size, channels: 3, pixels: values.flatMap { [$0, 0, $0] })
    #expect(raster.croppedToCentre(target).pixels == expected.flatMap { [$0, 0, $0] })
  }

  @Test func `grey is that of BT.601`() {
    let colours = Raster(
      size: Size(height: 1, width: 3), channels: 3,
      pixels: [200, 100, 50, 255, 255, 255, 0, 0, 0])
    #expect(colours.converted(toChannels: 1).pixels == [124, 255, 0])
    #expect(row([7, 9]).converted(toChannels: 3).pixels == [7, 7, 7, 9, 9, 9])
  }

  /// Of OpenCV 5.0.0: cv2.resize(…, interpolation=cv2.INTER_LINEAR).
  @Test(
    "without antialiasing an image is resized as OpenCV's INTER_LINEAR does it",
    arguments: [
      (Size(height: 4, width: 3), [70, 181, 36, 192, 79, 158, 122, 233, 88, 116, 131, 82]),
      (
        Size(height: 5, width: 16),
        [
          18, 30, 51, 72, 93, 114, 134, 155, 161, 154, 166, 187, 99, 24, 45, 57, 141, 153, 174, 195,
          211, 145, 104, 125, 117, 80, 85, 106, 126, 147, 168, 181, 8, 21, 42, 62, 83, 104, 125,
          146, 166, 187, 208, 229, 114, 14, 35, 48, 131, 144, 164, 137, 104, 125, 145, 166, 144, 78,
          75, 96, 117, 137, 158, 171, 50, 62, 83, 80, 73, 94, 115, 136, 157, 177, 198, 219, 131, 56,
          77, 90,
        ]
      ),
      (Size(height: 3, width: 4), [82, 165, 77, 75, 31, 114, 198, 25, 151, 64, 147, 145]),
      (Size(height: 2, width: 2), [175, 85, 83, 137]),
    ] as [(Size, [Int])])
  func openCV(target: Size, expected: [Int]) {
    let source = Raster(
      size: Size(height: 7, width: 9), channels: 1,
      pixels: (0..<63).map { (pixel: Int) -> UInt8 in UInt8((37 * pixel + 11 * (pixel / 9)) % 256) }
    )
    let resized = source.resized(to: target, antialias: false).pixels
    #expect(resized.count == expected.count)
    // OpenCV's weights are fixed-point numbers of eleven bits.
    for (value, reference) in zip(resized, expected) { #expect(abs(Int(value) - reference) <= 1) }
  }
}

extension Raster {
  func resized(to target: Size, antialias: Bool = true) -> Raster {
    resized(DecodedExtent(fileSize: size), to: target, antialias: antialias)
  }

  func resized(_ extent: DecodedExtent, to target: Size, antialias: Bool = true) -> Raster {
    var (resized, scratch) = (Raster(), [Float]())
    resize(extent, to: target, antialias: antialias, into: &resized, &scratch)
    return resized
  }

  fileprivate func croppedToCentre(_ target: Size) -> Raster {
    var cropped = Raster()
    cropToCentre(target, into: &cropped)
    return cropped
  }
}

extension LabelPlanes {
  init(_ size: Size, _ labels: [Label], planes: Int = 1) {
    self.init()
    reshape(size, planes: planes)
    self.labels = labels
  }

  fileprivate func resized(to target: Size) -> LabelPlanes {
    var resized = LabelPlanes()
    resize(to: target, into: &resized)
    return resized
  }

  fileprivate func croppedToCentre(_ target: Size) -> LabelPlanes {
    var cropped = LabelPlanes()
    cropToCentre(target, into: &cropped)
    return cropped
  }
}
