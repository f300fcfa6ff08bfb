@testable import Datasets
import Foundation
@testable import Groundwork
import Testing

@Suite struct PerceptualHashTests {
  /// A scene of soft blobs of different sizes, as no two seeds have it.
  static func scene(_ seed: UInt64, size: Size = Size(height: 120, width: 160)) -> Raster {
    var state = seed &* 0x9E37_79B9_7F4A_7C15 | 1
    func draw() -> Double {
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return Double(state >> 11) / Double(1 << 53)
    }
    let blobs = (0..<24).map { _ in
      (x: draw(), y: draw(), radius: 0.03 + 0.15 * draw(), light: 160 * draw() - 80)
    }
    let pixels = (0..<size.area).map { pixel -> UInt8 in
      let x = (Double(pixel % size.width) + 0.5) / Double(size.width)
      let y = (Double(pixel / size.width) + 0.5) / Double(size.height)
      let light = blobs.reduce(120.0) { sum, blob in
        let distance = (x - blob.x) * (x - blob.x) + (y - blob.y) * (y - blob.y)
        return sum + blob.light * exp(-distance / (blob.radius * blob.radius))
      }
      return UInt8(max(0, min(255, light)))
    }
    return Raster(size: size, channels: 1, pixels: pixels)
  }

  private func distance(_ one: Raster, _ other: Raster) throws -> Int {
    try #require(PerceptualHash(one)).distance(to: #require(PerceptualHash(other)))
  }

  private func changed(_ image: Raster, _ body: (Int) -> Int) -> Raster {
    Raster(
      size: image.size, channels: 1,
      pixels: image.pixels.map { UInt8(max(0, min(255, body(Int($0))))) })
  }

  @Test("brightness, contrast, size and compression change few bits", arguments: [1, 2, 3, 4, 5])
  func alike(_ seed: UInt64) throws {
    let image = Self.scene(seed)
    let limit = PerceptualHash.threshold
    #expect(try distance(image, image) == 0)
    #expect(try distance(image, changed(image) { $0 + 20 }) <= limit)
    #expect(try distance(image, changed(image) { $0 * 3 / 4 + 10 }) <= limit)
    #expect(try distance(image, image.resized(to: Size(height: 60, width: 80))) <= limit)
    #expect(try distance(image, image.resized(to: Size(height: 211, width: 307))) <= limit)
    #expect(try distance(image, Self.scene(seed, size: Size(height: 60, width: 80))) <= limit)
    for quality in [30, 75] {
      let copy = try ImageFile.image(try ImageFile.jpeg(image, quality: quality))
      #expect(try distance(image, copy) <= limit)
    }
    #expect(try distance(image, image.converted(toChannels: 3)) <= 2)
  }

  @Test("mirrored, turned and other images are far away", arguments: [1, 2, 3, 4, 5])
  func different(_ seed: UInt64) throws {
    let image = Self.scene(seed)
    let (height, width) = (image.size.height, image.size.width)
    func moved(_ place: (Int, Int) -> Int) -> Raster {
      Raster(
        size: image.size, channels: 1,
        pixels: (0..<image.size.area).map { image.pixels[place($0 / width, $0 % width)] })
    }
    let mirrored = moved { row, column in row * width + width - 1 - column }
    let upsideDown = moved { row, column in (height - 1 - row) * width + column }
    for other in [mirrored, upsideDown, Self.scene(seed + 100)] {
      #expect(try distance(image, other) > 2 * PerceptualHash.threshold)
    }
  }

  @Test func `an image is averaged by the share of its pixels in each cell`() throws {
    // 3 × 3 pixels in 64 × 64 cells: the same as each pixel repeated 64 times both ways.
    let small = Raster(
      size: Size(square: 3), channels: 1, pixels: [9, 200, 30, 70, 5, 90, 255, 0, 60])
    let large = Raster(
      size: Size(square: 192), channels: 1,
      pixels: (0..<192 * 192).map { small.pixels[$0 / 192 / 64 * 3 + $0 % 192 / 64] })
    #expect(PerceptualHash(small) == PerceptualHash(large))
  }
}
