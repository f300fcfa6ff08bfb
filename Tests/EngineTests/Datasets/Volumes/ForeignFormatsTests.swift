@testable import Datasets
import Foundation
@testable import Groundwork
import HDF5
import Testing

/// Volumes that other programs wrote, in the folder of `EXPERIMENTS_VOLUME_FOLDER`, as `make_volumes.py`
/// leaves them.
@Suite struct ForeignFormatsTests {
  private static let folder = ProcessInfo.processInfo.environment["EXPERIMENTS_VOLUME_FOLDER"]
  private static let truths: [String] = {
    let names = folder.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) } ?? []
    return names.filter { $0.hasSuffix(".truth.h5") }.sorted()
  }()

  @Test(
    "every sample is what was written, to the last bit",
    .enabled(if: folder != nil, "EXPERIMENTS_VOLUME_FOLDER names a folder of volumes"))
  func samples() throws {
    #expect(Self.truths.count >= 200)
    for name in Self.truths { try compare(name) }
  }

  private func compare(_ name: String) throws {
    let folder = try #require(Self.folder)
    let truth = try HDF5File(
      image: Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)"))
    ).root
    let pixels = try truth.dataset("pixels")
    let axes =
      try truth.hasAttribute("axes") ? VolumeAxes(truth.textAttribute("axes")) : nil
    let entry = try truth.textAttribute("entry")
    let files: [ListedFile]
    do {
      files = try ListedFile.files(entry, in: folder, axes: axes)
    } catch {
      Issue.record("\(name): \(error)")
      return
    }
    #expect(files.count == pixels.shape[0], "\(name)")
    var reader = VolumeReader()
    var raster = Raster()
    var found: [Float] = []
    // Backwards, so that compressed files are not read in their order.
    for file in files.reversed() {
      do {
        _ = try reader.read(#require(file.slice), into: &raster)
      } catch {
        Issue.record("\(name): \(error)")
        return
      }
      let shape = [raster.size.height, raster.size.width, raster.channels]
      #expect(shape == Array(pixels.shape.dropFirst()), "\(name)")
      let values =
        switch raster.depth {
        case .bits8: raster.pixels.map(Float.init)
        case .bits16: raster.words.map(Float.init)
        case .real: raster.reals
        }
      found.append(contentsOf: values)
    }
    let expected: [Float] = try pixels.read()
    let slice = pixels.shape.dropFirst().reduce(1, *)
    let ordered = stride(from: expected.count - slice, through: 0, by: -slice)
      .flatMap { expected[$0..<$0 + slice] }
    #expect(
      ordered.elementsEqual(found) { $0.bitPattern == $1.bitPattern || $0.isNaN && $1.isNaN },
      "\(name)")
    try compareFacts(name, entry, axes, truth)
  }

  private func compareFacts(
    _ name: String, _ entry: String, _ axes: VolumeAxes?, _ truth: HDF5Group
  ) throws {
    let parts = try #require(try VolumeEntry(entry))
    let facts = try VolumeFormats.open(
      "\(Self.folder ?? "")/\(parts.file)", dataset: parts.dataset, axes: axes
    ).facts
    func agree(_ found: [Double], _ member: String) throws {
      let expected: [Double] = try truth.dataset(member).read()
      #expect(
        found.count == expected.count
          && zip(found, expected).allSatisfy { abs($0 - $1) <= 1e-5 * max(1, abs($1)) },
        "\(name) \(member): \(found), not \(expected)")
    }
    if try truth.contains("spacing") {
      try agree(facts.spacing.map { [$0.slices, $0.height, $0.width] } ?? [], "spacing")
    }
    if try truth.contains("affine") { try agree(facts.orientation ?? [], "affine") }
  }
}
