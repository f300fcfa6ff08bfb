internal import CKernels
internal import Groundwork

extension Sample {
  /// Lends a partner beside the sample that it changes.
  ///
  /// - Precondition: the partner is there and has the sample's size, and the sample is not mixed.
  mutating func withPartner(_ index: Int, _ body: (inout Sample, Sample) -> Void) {
    precondition(
      lambda == 1, "a mixed sample is not mixed again: its other labels would stay behind")
    var lent: [Sample] = []
    swap(&lent, &partners)
    precondition(lent[index].size == size, "a partner of another size")
    body(&self, lent[index])
    swap(&lent, &partners)
  }

  /// Becomes a mixed sample, of whose values the sample's own count λ, 0…1, and a partner's the rest.
  mutating func mix(partner: Int, lambda: Float) {
    withPartner(partner) { sample, partner in
      ck_mix_values(&sample.image, partner.image, sample.image.count, lambda)
      sample.otherLabels.resize(to: sample.labels.count)
      sample.otherLabels.withUnsafeMutableBufferPointer { target in
        _ = target.update(fromContentsOf: partner.labels)
      }
      sample.lambda = lambda
    }
  }

  /// Copies a rectangle of a partner, image and labels.
  mutating func paste(
    partner: Int, from origin: (row: Int, column: Int), rows: Range<Int>, columns: Range<Int>
  ) {
    guard !rows.isEmpty, !columns.isEmpty else { return }
    withPartner(partner) { sample, partner in
      let (channels, planes, size) = (sample.channels, sample.planes, sample.size)
      sample.image.withUnsafeMutableBufferPointer { image in
        sample.labels.withUnsafeMutableBufferPointer { labels in
          ck_paste_rectangle(
            partner.image, partner.labels,
            ck_sample(
              image: image.baseAddress, labels: labels.baseAddress, channels: Int32(channels),
              planes: Int32(planes), h: Int32(size.height), w: Int32(size.width)),
            Int32(origin.row), Int32(origin.column), Int32(rows.lowerBound),
            Int32(columns.lowerBound), Int32(rows.count), Int32(columns.count))
        }
      }
    }
  }
}
