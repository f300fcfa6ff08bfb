package import Groundwork

extension Dataset {
  /// The boxes around the objects of a sample, in its own pixels as the network sees it; `nil` where its line names
  /// none.
  ///
  /// - Throws: ``DataError`` where the file cannot be read or is not the same any more.
  package func boxes(of index: Int) throws(DataError) -> [LabelBox]? {
    let sample = samples[index]
    guard let file = sample.boxes else { return nil }
    let boxes: [LabelBox]
    do throws(ImageError) {
      boxes = try BoxFile.read(file, unchangedSince: digests[index].boxes).boxes.boxes
    } catch {
      throw DataError(sample.problem("boxes", file, error))
    }
    switch reader.geometry {
    case .original: return boxes
    case .resize(let target):
      let size = try fileSize(of: sample)
      return boxes.map { $0.resized(from: size, to: target) }
    case .crop(let target):
      let size = try fileSize(of: sample)
      return boxes.map {
        $0.seen(
          fromLeft: (size.width - target.width) / 2, top: (size.height - target.height) / 2)
      }
    case .patches:
      return boxes.map { $0.seen(fromLeft: sample.patch?.left ?? 0, top: sample.patch?.top ?? 0) }
    }
  }

  private func fileSize(of sample: ListedSample) throws(DataError) -> Size {
    var buffers = SampleBuffers()
    return try reader.inspect(sample, &buffers)
  }

  /// The same samples with other labels.
  ///
  /// - Parameter labels: `[samples]`: `[P, H, W]` of each, as they are read.
  package func labelled(_ labels: [StoredLabels]) -> Dataset {
    precondition(labels.count == count)
    var dataset = self
    dataset.relabelled = labels
    return dataset
  }
}
