internal import Groundwork

/// MRC and CCP4 maps (MRC2014, Cheng et al., 2015) of modes 0, 1, 2, 6 and 12.
struct MRC: VolumeFormat {
  let name = "MRC"
  let endings = [".mrc", ".mrcs", ".map", ".rec", ".st", ".mrc.gz", ".map.gz"]
  let naming = VolumeNaming.volume

  func open(
    _ path: String, dataset: String, axes: VolumeAxes?
  ) throws(ImageError) -> any Volume {
    let (source, _) = try VolumeFile.source(path)
    var fields = HeaderBytes(bytes: try source.bytes(at: 0, 1024), isBigEndian: false)
    guard fields.text(208, 3) == "MAP" else {
      throw ImageError("is no MRC map: put one of MRC2014 in its place")
    }
    // A stamp that says nothing is overruled by the mode.
    fields.isBigEndian =
      fields.bytes[212] == 0x11
      || (fields.bytes[212] != 0x44 && !(0...200).contains(fields.int32(12)))
    let numbers: [Int: StoredNumber] = [
      0: .int8, 1: .int16, 2: .float32, 6: .uint16, 12: .float16,
    ]
    let mode = fields.int32(12)
    guard let number = numbers[mode] else {
      throw ImageError(
        "is of mode \(mode), which holds no real numbers of whole bytes: save it in mode 0, 1, 2 or 6"
      )
    }
    var layout = try SliceLayout(
      slices: fields.int32(8), height: fields.int32(4), width: fields.int32(0), channels: 1,
      number: number)
    layout.isBigEndian = fields.isBigEndian
    let extra = fields.int32(92)
    guard extra >= 0 else {
      throw ImageError(
        "has a header of no length: the file is damaged, put a sound copy in its place")
    }
    let array = try PlainArray(layout, in: source, at: 1024 + extra, .together(stored: 1))
    return ArrayVolume(array, facts(fields))
  }

  private func facts(_ fields: HeaderBytes) -> VolumeFacts {
    var facts = VolumeFacts()
    let voxel = (0..<3).map { fields.float(40 + 4 * $0) / Double(fields.int32(28 + 4 * $0)) }
    facts.spacing = VolumeFacts.Spacing(
      slices: voxel[2], height: voxel[1], width: voxel[0], unit: "Å")
    return facts
  }
}
