internal import CKernels
package import Datasets
package import Groundwork
package import Tasks

/// What a training would be shown: a sample as it is, and as it is in several epochs.
package struct AugmentationPreview {
  private let data: SegmentationData
  private let task: any SegmentationTask
  private let pipeline: AugmentationPipeline
  /// The size of samples after augmentation.
  private let size: Size
  private let palette: ClassPalette

  /// - Parameter palette: the colours of the classes; the program's own where not given.
  /// - Throws: ``ComponentError`` where an augmentation cannot be applied to images of this size or where
  ///   it stands.
  package init(
    _ data: SegmentationData, augmentations: [any Augmentation], seed: UInt64,
    task: any SegmentationTask = SemanticTask(), palette: ClassPalette? = nil
  ) throws(ComponentError) {
    self.data = data
    self.task = task
    pipeline = try AugmentationPipeline(augmentations, seed: seed, reading: task.reading)
    size = try pipeline.outputExtent(for: data.train.extent).stackedSize
    self.palette = palette ?? ClassPalette(classes: data.classes)
  }

  /// Samples to train on, and the paths of their images.
  package var names: [String] { data.train.names }

  /// A column for the sample itself, the image above its mask in the classes' colours, and one for
  /// each epoch, the image above the same tinted by its labels, those of the greater part where it is
  /// a mixed sample. Ignored pixels are dark.
  ///
  /// - Parameter epochs: from 0 on; each draws anew.
  /// - Throws: ``DataError`` where a file had to be read again and has changed.
  package func sheet(sample index: Int, epochs: Range<Int>) throws(DataError) -> Raster {
    let original = data.train.size
    let cell = Size(
      height: max(size.height, original.height), width: max(size.width, original.width))
    var sheet = ContactSheet(rows: 2, columns: epochs.count + 1, cell: cell)
    var samples = DatasetSamples(data.train)
    var sample = data.train.emptySample
    try samples.read(index, into: &sample)
    sheet.place(sample.raster, row: 0, column: 0)
    sheet.place(
      task.drawing(of: derived(sample.labels, original), original, palette), row: 1, column: 0)
    for (column, epoch) in epochs.enumerated() {
      try samples.read(index, into: &sample)
      try pipeline.apply(
        to: &sample, epoch: epoch, number: samples.number(of: index), others: &samples)
      let augmented = sample.raster
      sheet.place(augmented, row: 0, column: column + 1)
      let labels = derived(sample.strongerLabels, augmented.size)
      sheet.place(
        task.drawing(of: labels, augmented.size, palette, over: augmented), row: 1,
        column: column + 1)
    }
    return sheet.raster
  }

  /// What a training would be shown of labels that were read and augmented.
  private func derived(_ labels: [Label], _ size: Size) -> [Label] {
    task.reading.derived(labels, size: size, classes: data.classes.count)
  }
}

/// Images in the cells of a table, on white.
package struct ContactSheet {
  private let cell: Size
  private let size: Size
  private var pixels: [UInt8]

  package init(rows: Int, columns: Int, cell: Size) {
    self.cell = cell
    size = Size(
      height: rows * (cell.height + Overlay.gap) - Overlay.gap,
      width: columns * (cell.width + Overlay.gap) - Overlay.gap)
    pixels = Array(repeating: 255, count: size.area * 3)
  }

  /// - Precondition: the image is RGB and no larger than a cell.
  package mutating func place(_ image: Raster, row: Int, column: Int) {
    precondition(
      image.channels == 3 && image.size.height <= cell.height
        && image.size.width <= cell.width)
    let top = row * (cell.height + Overlay.gap)
    let left = column * (cell.width + Overlay.gap)
    let bytes = image.size.width * 3
    pixels.withUnsafeMutableBufferPointer { target in
      image.pixels.withUnsafeBufferPointer { source in
        guard let to = target.baseAddress, let from = source.baseAddress else { return }
        for line in 0..<image.size.height {
          (to + ((top + line) * size.width + left) * 3).update(
            from: from + line * bytes, count: bytes)
        }
      }
    }
  }

  package var raster: Raster { Raster(size: size, channels: 3, pixels: pixels) }
}

extension Sample {
  /// The labels of the greater part of the image.
  var strongerLabels: [Label] { lambda < 0.5 ? otherLabels : labels }

  /// What people are shown of it: RGB, rounded.
  var raster: Raster {
    let bytes = [UInt8].filled(count: image.count) {
      ck_pixels_from_planes(image, $0, size.area, Int32(channels))
    }
    return Raster(size: size, channels: channels, pixels: bytes)
      .channels(stack.shownImage.range).converted(toChannels: 3)
  }
}
