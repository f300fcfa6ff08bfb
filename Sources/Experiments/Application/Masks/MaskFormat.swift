/// The files that predicted masks are written as.
enum MaskFormat: String, CaseIterable, Codable {
  /// As the image: TIFF of TIFFs, NIfTI of volumes that lie in space, else PNG.
  case auto
  case png
  case tiff
  case nifti
}
